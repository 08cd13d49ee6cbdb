-- Hunt groups and call centres: what has a number, an extension and a state as a user has, but no person (S1-S5).
create table virtual_user (
    id blob not null primary key,
    enterprise_id blob not null references enterprise (id) on delete cascade,
    site_id blob not null references site (id) on delete cascade,
    department_id blob references department (id) on delete set null,
    kind text not null,
    name text not null,
    -- The name without case and accents: unique in the site, and what lists are sorted by.
    sort_name text not null,
    search_text text not null,
    extension text not null,
    state text not null,
    state_reason text,
    activated_at integer,
    version integer not null,
    created_at integer not null,
    unique (site_id, sort_name)
) strict, without rowid;
create index virtual_user_of_enterprise_by_name on virtual_user (enterprise_id, sort_name, id);
create index virtual_user_not_active on virtual_user (created_at, id) where state <> 'activated';
create index virtual_user_department on virtual_user (department_id) where department_id is not null;

-- Who has an extension: users and virtual users share one range, and two tables cannot have one unique index. Whoever takes an
-- extension writes its row here in the same transaction, so that of two at once the primary key lets one wait and lose.
create table extension_claim (
    enterprise_id blob not null references enterprise (id) on delete cascade,
    extension text not null,
    user_id blob references "user" (id) on delete cascade,
    virtual_user_id blob references virtual_user (id) on delete cascade,
    primary key (enterprise_id, extension)
) strict, without rowid;
create unique index extension_claim_user on extension_claim (user_id) where user_id is not null;
create unique index extension_claim_virtual_user on extension_claim (virtual_user_id) where virtual_user_id is not null;
insert into extension_claim (enterprise_id, extension, user_id) select enterprise_id, extension, id from "user";

-- A number is free when it names neither a user nor a virtual user and is not kept back.
alter table number add column virtual_user_id blob references virtual_user (id) on delete set null;
create unique index number_virtual_user on number (virtual_user_id) where virtual_user_id is not null;
drop index number_available;
create index number_available on number (site_id, e164) where user_id is null and virtual_user_id is null and not reserved;

-- How a hunt group hunts (G3).
create table hunt_group (
    virtual_user_id blob not null primary key references virtual_user (id) on delete cascade,
    policy text not null,
    skip_after_rings integer,
    is_busy integer not null,
    shows_name integer not null,
    allows_call_waiting integer not null
) strict, without rowid;

-- Where its calls go; a forward to a user ends with that user (D3).
create table hunt_forward (
    virtual_user_id blob not null references hunt_group (virtual_user_id) on delete cascade,
    kind text not null,
    target_user_id blob references "user" (id) on delete cascade,
    target_number text,
    after_s integer,
    primary key (virtual_user_id, kind)
) strict, without rowid;
create index hunt_forward_target on hunt_forward (target_user_id) where target_user_id is not null;
create index hunt_forward_number on hunt_forward (target_number) where target_number is not null;
create index call_forward_number on call_forward (target_number) where target_number is not null;

-- A seat goes with its user (D3). Whether it is live follows from the user's state (S7).
create table hunt_group_member (
    virtual_user_id blob not null references hunt_group (virtual_user_id) on delete cascade,
    user_id blob not null references "user" (id) on delete cascade,
    place integer not null,
    weight integer not null,
    primary key (virtual_user_id, user_id)
) strict, without rowid;
create unique index hunt_group_member_place on hunt_group_member (virtual_user_id, place);
create index hunt_group_member_user on hunt_group_member (user_id);
