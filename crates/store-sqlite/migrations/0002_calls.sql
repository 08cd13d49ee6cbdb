-- What the call engine keeps: phones that are logged in, and calls that are over.

alter table enterprise add column refuses_md5 integer not null default false;
alter table enterprise add column max_calls integer not null default 500;
-- The number that emergency services see and call back.
alter table site add column main_number text references number (e164) on delete set null;
create index site_main_number on site (main_number) where main_number is not null;

-- Written behind, again and again, so it has no index besides; what a restart begins with. Those made with older login details are passed over (L1).
create table registration (
    user_id blob not null references "user" (id) on delete cascade,
    contact text not null,
    instance text,
    path text not null,
    transport text not null,
    local_address text not null,
    peer_address text not null,
    expires_at integer not null,
    call_id text not null,
    cseq integer not null,
    user_agent text not null,
    since integer not null,
    generation integer not null,
    primary key (user_id, contact)
) strict, without rowid;

-- One line for each call; keeps the names when those who called are gone.
create table call_record (
    id blob not null primary key,
    caller_user_id blob references "user" (id) on delete set null,
    caller_site_id blob references site (id) on delete set null,
    caller_enterprise_id blob references enterprise (id) on delete set null,
    caller_name text not null,
    caller_number text not null,
    called_user_id blob references "user" (id) on delete set null,
    called_site_id blob references site (id) on delete set null,
    called_enterprise_id blob references enterprise (id) on delete set null,
    called_name text not null,
    called_number text not null,
    started_at integer not null,
    answered_at integer,
    ended_at integer not null,
    outcome text not null
) strict, without rowid;
create index call_record_caller on call_record (caller_user_id, id) where caller_user_id is not null;
create index call_record_called on call_record (called_user_id, id) where called_user_id is not null;
create index call_record_caller_site on call_record (caller_site_id, id);
create index call_record_called_site on call_record (called_site_id, id);
create index call_record_caller_enterprise on call_record (caller_enterprise_id, id);
create index call_record_called_enterprise on call_record (called_enterprise_id, id);
