-- New login details for many users at once (L2). The passwords lie apart from the rows, so that they go with the user, when they
-- are fetched, and after a day.
create table renewal (
    id uuid not null primary key,
    enterprise_id uuid not null references enterprise (id) on delete cascade,
    -- Account or API token.
    owner_id uuid not null,
    account_id uuid,
    actor_name text not null,
    state text not null,
    -- One password for all, sealed, until everybody has it.
    chosen bytea,
    is_chosen boolean not null,
    total bigint not null,
    done bigint not null,
    failed bigint not null,
    next_position bigint not null,
    created_at bigint not null,
    expires_at bigint not null,
    finished_at bigint,
    fetched_at bigint
);
create index renewal_enterprise on renewal (enterprise_id);
create index renewal_expiry on renewal (expires_at);

create table renewal_row (
    renewal_id uuid not null references renewal (id) on delete cascade,
    position bigint not null,
    asked_id uuid not null,
    user_id uuid references "user" (id) on delete set null,
    name text not null,
    outcome text not null,
    -- 0 for those that were skipped, who are looked at first.
    rank bigint not null,
    primary key (renewal_id, position)
);
create index renewal_row_by_rank on renewal_row (renewal_id, rank, position);
create index renewal_row_user on renewal_row (user_id) where user_id is not null;

create table renewal_password (
    renewal_id uuid not null references renewal (id) on delete cascade,
    user_id uuid not null references "user" (id) on delete cascade,
    sealed bytea not null,
    -- In force as long as the login was issued at this moment.
    issued_at bigint not null,
    primary key (renewal_id, user_id)
);
create index renewal_password_user on renewal_password (user_id);
