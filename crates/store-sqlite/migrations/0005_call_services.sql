-- What users have decided about their calls and about themselves (S6). Who has no row has decided nothing.

create table call_services (
    user_id blob not null primary key references "user" (id) on delete cascade,
    do_not_disturb integer not null,
    do_not_disturb_until integer,
    withholds_number integer not null,
    barring text not null,
    version integer not null
) strict, without rowid;

-- A forward to a user ends with that user (D3).
create table call_forward (
    user_id blob not null references "user" (id) on delete cascade,
    kind text not null,
    target_user_id blob references "user" (id) on delete cascade,
    target_number text,
    from_at integer,
    until_at integer,
    rings integer,
    primary key (user_id, kind)
) strict, without rowid;
create index call_forward_target on call_forward (target_user_id) where target_user_id is not null;

create table profile (
    user_id blob not null primary key references "user" (id) on delete cascade,
    time_zone text,
    is_unlisted integer not null,
    hides_phone_state integer not null,
    version integer not null
) strict, without rowid;

-- The user whose view the administrator has taken (R3).
alter table session add column view_user_id blob references "user" (id) on delete set null;
create index session_view on session (view_user_id) where view_user_id is not null;

-- Who took the call: after a forward it is not who was called.
alter table call_record add column answered_by_user_id blob references "user" (id) on delete set null;
alter table call_record add column answered_by_name text;
create index call_record_answered_by on call_record (answered_by_user_id) where answered_by_user_id is not null;
-- Who withholds the number is nobody for readers of another enterprise.
alter table call_record add column caller_is_withheld integer not null default false;
