-- Calls of groups that have left: hunt groups and call centres (virtual users), pickup and park groups (teams). They were kept for
-- call centres only. Names stay when their user is deleted, as in call records.
create table group_call (
    id blob not null primary key,
    virtual_user_id blob references virtual_user (id) on delete cascade,
    team_id blob references team (id) on delete cascade,
    caller text not null,
    entered_at integer not null,
    answered_by_user_id blob references "user" (id) on delete set null,
    answered_by_name text,
    answered_at integer,
    left_at integer not null,
    departure text not null,
    cause text,
    offers integer not null,
    bounces integer not null,
    check ((virtual_user_id is null) <> (team_id is null))
) strict, without rowid;
create index group_call_by_time on group_call (coalesce(virtual_user_id, team_id), entered_at, id);
create index group_call_virtual_user on group_call (virtual_user_id) where virtual_user_id is not null;
create index group_call_team on group_call (team_id) where team_id is not null;
create index group_call_agent on group_call (answered_by_user_id) where answered_by_user_id is not null;

-- The way of a call: to whom it was offered, and what came of it.
create table group_call_step (
    call_id blob not null references group_call (id) on delete cascade,
    place integer not null,
    at integer not null,
    kind text not null,
    user_id blob references "user" (id) on delete set null,
    name text not null,
    why text,
    primary key (call_id, place)
) strict, without rowid;
create index group_call_step_user on group_call_step (user_id, at) where user_id is not null;

insert into group_call (id, virtual_user_id, caller, entered_at, answered_by_user_id, answered_by_name, answered_at, left_at,
    departure, cause, offers, bounces)
select id, virtual_user_id, caller, entered_at, answered_by_user_id, answered_by_name, answered_at, left_at, departure, cause, offers,
    bounces
from call_centre_call;
insert into group_call_step (call_id, place, at, kind, user_id, name, why)
select call_id, place, at, kind, user_id, name, why from call_centre_step;
drop table call_centre_step;
drop table call_centre_call;
