-- How a call centre queues (G4).
create table call_centre (
    virtual_user_id blob not null primary key references virtual_user (id) on delete cascade,
    policy text not null,
    queue_length integer not null,
    bounce_after_rings integer not null,
    unavailable_after_bounces integer,
    wrap_up_s integer,
    guard_s integer,
    overflow_after_s integer,
    overflow text not null,
    stranded text not null,
    out_of_hours text not null,
    -- Whether agents say why they are unavailable; with 'default', the code of who says nothing.
    code_use text not null,
    default_code text,
    service_level_s integer not null,
    personal_calls_are_busy integer not null,
    tells_position integer not null,
    comfort_every_s integer,
    follows_hours integer not null
) strict, without rowid;

-- Where its calls go; a target that is a user ends with that user, and callers hear "busy" then (D3).
create table call_centre_forward (
    virtual_user_id blob not null references call_centre (virtual_user_id) on delete cascade,
    kind text not null,
    target_user_id blob references "user" (id) on delete cascade,
    target_number text,
    primary key (virtual_user_id, kind)
) strict, without rowid;
create index call_centre_forward_target on call_centre_forward (target_user_id) where target_user_id is not null;

-- Why agents are unavailable, in the order in which it is offered.
create table call_centre_code (
    virtual_user_id blob not null references call_centre (virtual_user_id) on delete cascade,
    place integer not null,
    code text not null,
    primary key (virtual_user_id, place)
) strict, without rowid;

-- An agent's seat goes with its user (D3). What the agent says to be doing survives a restart.
create table call_centre_agent (
    virtual_user_id blob not null references call_centre (virtual_user_id) on delete cascade,
    user_id blob not null references "user" (id) on delete cascade,
    place integer not null,
    weight integer not null,
    state text not null,
    code text,
    until integer,
    since integer not null,
    primary key (virtual_user_id, user_id)
) strict, without rowid;
create index call_centre_agent_user on call_centre_agent (user_id);

-- A supervisor's seat goes with its user as well (D3); it needs no service (U8).
create table call_centre_supervisor (
    virtual_user_id blob not null references call_centre (virtual_user_id) on delete cascade,
    user_id blob not null references "user" (id) on delete cascade,
    primary key (virtual_user_id, user_id)
) strict, without rowid;
create index call_centre_supervisor_user on call_centre_supervisor (user_id);

-- When a site is open: minutes of days of the week, and days on which it is closed all the same.
create table opening (
    site_id blob not null references site (id) on delete cascade,
    place integer not null,
    weekday text not null,
    from_minute integer not null,
    until_minute integer not null,
    primary key (site_id, place)
) strict, without rowid;
create table holiday (
    site_id blob not null references site (id) on delete cascade,
    place integer not null,
    name text not null,
    from_date integer not null,
    until_date integer not null,
    primary key (site_id, place)
) strict, without rowid;

-- Calls that have left. The agent's name stays when the agent is deleted, as in call records.
create table call_centre_call (
    id blob not null primary key,
    virtual_user_id blob not null references virtual_user (id) on delete cascade,
    caller text not null,
    entered_at integer not null,
    answered_by_user_id blob references "user" (id) on delete set null,
    answered_by_name text,
    answered_at integer,
    left_at integer not null,
    departure text not null,
    cause text,
    offers integer not null,
    bounces integer not null
) strict, without rowid;
create index call_centre_call_by_time on call_centre_call (virtual_user_id, entered_at, id);
create index call_centre_call_agent on call_centre_call (answered_by_user_id) where answered_by_user_id is not null;

-- The way of a call: to whom it was offered, and what came of it.
create table call_centre_step (
    call_id blob not null references call_centre_call (id) on delete cascade,
    place integer not null,
    at integer not null,
    kind text not null,
    user_id blob references "user" (id) on delete set null,
    name text not null,
    why text,
    primary key (call_id, place)
) strict, without rowid;
create index call_centre_step_user on call_centre_step (user_id, at) where user_id is not null;
