-- Pickup groups (G1) and park groups (G2), together: teams. They have neither number nor state.
create table team (
    id blob not null primary key,
    enterprise_id blob not null references enterprise (id) on delete cascade,
    site_id blob not null references site (id) on delete cascade,
    department_id blob references department (id) on delete set null,
    kind text not null,
    name text not null,
    -- The name without case and accents: unique in the site, and what lists are sorted by.
    sort_name text not null,
    version integer not null,
    created_at integer not null,
    unique (site_id, kind, sort_name)
) strict, without rowid;
create index team_department on team (department_id) where department_id is not null;

-- What is set for a park group.
create table park_group (
    team_id blob not null primary key references team (id) on delete cascade,
    recall_after_s integer not null,
    recall_to text not null,
    alternate_virtual_user_id blob references virtual_user (id) on delete set null,
    alternate_after_s integer not null,
    display_s integer not null,
    announces integer not null
) strict, without rowid;

create index park_group_alternate on park_group (alternate_virtual_user_id) where alternate_virtual_user_id is not null;

-- A user is in at most one team of a kind. A seat goes with its user (D3).
create table team_member (
    user_id blob not null references "user" (id) on delete cascade,
    kind text not null,
    team_id blob not null references team (id) on delete cascade,
    place integer not null,
    primary key (user_id, kind)
) strict, without rowid;
create unique index team_member_place on team_member (team_id, place);
