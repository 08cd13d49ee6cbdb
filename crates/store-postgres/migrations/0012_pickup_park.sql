-- Pickup groups (G1) and park groups (G2), together: teams. They have neither number nor state.
create table team (
    id uuid not null primary key,
    enterprise_id uuid not null references enterprise (id) on delete cascade,
    site_id uuid not null references site (id) on delete cascade,
    department_id uuid references department (id) on delete set null,
    kind text not null,
    name text not null,
    -- The name without case and accents: unique in the site, and what lists are sorted by.
    sort_name text collate "C" not null,
    version bigint not null,
    created_at bigint not null,
    unique (site_id, kind, sort_name)
);
create index team_department on team (department_id) where department_id is not null;

-- What is set for a park group.
create table park_group (
    team_id uuid not null primary key references team (id) on delete cascade,
    recall_after_s bigint not null,
    recall_to text not null,
    alternate_virtual_user_id uuid references virtual_user (id) on delete set null,
    alternate_after_s bigint not null,
    display_s bigint not null,
    announces boolean not null
);

create index park_group_alternate on park_group (alternate_virtual_user_id) where alternate_virtual_user_id is not null;

-- A user is in at most one team of a kind. A seat goes with its user (D3).
create table team_member (
    user_id uuid not null references "user" (id) on delete cascade,
    kind text not null,
    team_id uuid not null references team (id) on delete cascade,
    place bigint not null,
    primary key (user_id, kind)
);
create unique index team_member_place on team_member (team_id, place);
