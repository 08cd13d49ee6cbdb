-- New login details for many users at once (L2). The passwords lie apart from the rows, so that they go with the user, when they
-- are fetched, and after a day.
create table renewal (
    id blob not null primary key,
    enterprise_id blob not null references enterprise (id) on delete cascade,
    -- Account or API token.
    owner_id blob not null,
    account_id blob,
    actor_name text not null,
    state text not null,
    -- One password for all, sealed, until everybody has it.
    chosen blob,
    is_chosen integer not null,
    total integer not null,
    done integer not null,
    failed integer not null,
    next_position integer not null,
    created_at integer not null,
    expires_at integer not null,
    finished_at integer,
    fetched_at integer
) strict, without rowid;
create index renewal_enterprise on renewal (enterprise_id);
create index renewal_expiry on renewal (expires_at);

create table renewal_row (
    renewal_id blob not null references renewal (id) on delete cascade,
    position integer not null,
    asked_id blob not null,
    user_id blob references "user" (id) on delete set null,
    name text not null,
    outcome text not null,
    -- 0 for those that were skipped, who are looked at first.
    rank integer not null,
    primary key (renewal_id, position)
) strict, without rowid;
create index renewal_row_by_rank on renewal_row (renewal_id, rank, position);
create index renewal_row_user on renewal_row (user_id) where user_id is not null;

create table renewal_password (
    renewal_id blob not null references renewal (id) on delete cascade,
    user_id blob not null references "user" (id) on delete cascade,
    sealed blob not null,
    -- In force as long as the login was issued at this moment.
    issued_at integer not null,
    primary key (renewal_id, user_id)
) strict, without rowid;
create index renewal_password_user on renewal_password (user_id);
