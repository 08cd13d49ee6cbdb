-- The administration spine. Times are UTC milliseconds, ids are UUIDv7; both schemas are compared by `cargo xtask db parity`.

create table enterprise (
    id uuid not null primary key,
    name text not null,
    domain text collate "C" not null unique,
    country text not null,
    extension_min bigint not null,
    extension_max bigint not null,
    extension_default bigint not null,
    created_at bigint not null
);

create table site (
    id uuid not null primary key,
    enterprise_id uuid not null references enterprise (id) on delete cascade,
    name text not null,
    country text not null,
    created_at bigint not null,
    unique (enterprise_id, name)
);

create table department (
    id uuid not null primary key,
    site_id uuid not null references site (id) on delete cascade,
    parent_id uuid references department (id) on delete cascade,
    name text not null
);
create index department_site on department (site_id, name);
create index department_parent on department (parent_id);

create table "user" (
    id uuid not null primary key,
    enterprise_id uuid not null references enterprise (id) on delete cascade,
    site_id uuid not null references site (id) on delete cascade,
    department_id uuid references department (id) on delete set null,
    first_name text not null,
    last_name text not null,
    sort_name text collate "C" not null,
    search_text text not null,
    email text not null,
    extension text collate "C" not null,
    package text not null,
    services text not null,
    desk_phone_type text,
    mobile_number text,
    contract_number text,
    state text not null,
    state_reason text,
    activated_at bigint,
    version bigint not null,
    created_at bigint not null,
    unique (enterprise_id, extension)
);
create index user_by_name on "user" (sort_name, id);
create index user_of_enterprise_by_name on "user" (enterprise_id, sort_name, id);
create index user_of_site_by_name on "user" (site_id, sort_name, id);
create index user_by_extension on "user" (extension, id);
create index user_of_site_by_extension on "user" (site_id, extension, id);
create index user_not_active on "user" (created_at, id) where state <> 'activated';
create index user_department on "user" (department_id) where department_id is not null;

-- A number is assigned when it names a user: deleting the user frees it in the same moment (D2).
create table number (
    e164 text collate "C" not null primary key,
    enterprise_id uuid not null references enterprise (id) on delete cascade,
    site_id uuid not null references site (id) on delete cascade,
    user_id uuid references "user" (id) on delete set null,
    reserved boolean not null
);
-- Only assigned numbers: who looks for free ones would otherwise find those of the whole installation here.
create unique index number_user on number (user_id) where user_id is not null;
create index number_of_enterprise on number (enterprise_id, e164);
create index number_of_site on number (site_id, e164);
create index number_available on number (site_id, e164) where user_id is null and not reserved;

create table licence (
    enterprise_id uuid not null references enterprise (id) on delete cascade,
    product text collate "C" not null,
    total bigint not null check (total >= 0),
    used bigint not null check (used between 0 and total),
    primary key (enterprise_id, product)
);

-- Digests of the desk phone's password, sealed with a key that is not in the database.
create table phone_login (
    user_id uuid not null primary key references "user" (id) on delete cascade,
    login text collate "C" not null unique,
    sealed bytea not null,
    issued_at bigint not null
);

-- Who can log in to the portal. Users have one, administrators have one, the operator has one.
create table account (
    id uuid not null primary key,
    enterprise_id uuid references enterprise (id) on delete cascade,
    user_id uuid references "user" (id) on delete cascade,
    role text not null,
    username text not null,
    username_folded text collate "C" not null,
    email text not null,
    language text not null,
    password_hash text,
    created_at bigint not null,
    unique (enterprise_id, username_folded)
);
create unique index account_user on account (user_id) where user_id is not null;
-- An enterprise has few administrators among many users.
create index account_administrator on account (enterprise_id, username_folded) where user_id is null;
create unique index account_operator on account (username_folded) where enterprise_id is null;

create table account_site (
    account_id uuid not null references account (id) on delete cascade,
    site_id uuid not null references site (id) on delete cascade,
    primary key (account_id, site_id)
);
create index account_site_site on account_site (site_id);

create table password_link (
    token_hash bytea not null primary key,
    account_id uuid not null references account (id) on delete cascade,
    expires_at bigint not null
);
create index password_link_account on password_link (account_id);

create table session (
    token_hash bytea not null primary key,
    account_id uuid not null references account (id) on delete cascade,
    created_at bigint not null,
    expires_at bigint not null
);
create index session_account on session (account_id);
create index session_expiry on session (expires_at);

create table api_token (
    id uuid not null primary key,
    token_hash bytea not null unique,
    role text not null,
    enterprise_id uuid references enterprise (id) on delete cascade,
    site_id uuid references site (id) on delete cascade,
    created_at bigint not null
);
create index api_token_enterprise on api_token (enterprise_id);
create index api_token_site on api_token (site_id);

-- Append only; names nothing by reference, so that it outlives what it tells of.
create table journal (
    seq bigint generated always as identity primary key,
    at bigint not null,
    actor_id uuid,
    actor_name text not null,
    on_behalf_of text,
    enterprise_id uuid,
    site_id uuid,
    action text not null,
    entity_id uuid not null,
    entity_name text not null,
    changes text not null,
    -- Entries become visible in the order of commits, not of `seq`: followers read up to the oldest open transaction.
    transaction_id bigint not null default cast(cast(pg_current_xact_id() as text) as bigint)
);
create index journal_of_entity on journal (entity_id, enterprise_id, seq);
create index journal_of_site on journal (site_id, seq);
create index journal_of_enterprise on journal (enterprise_id, seq);
create index journal_by_transaction on journal (transaction_id, seq);

create table job (
    id uuid not null primary key,
    kind text not null,
    user_id uuid references "user" (id) on delete cascade,
    run_at bigint not null,
    attempts bigint not null,
    last_error text
);
create index job_due on job (run_at, id);
create index job_user on job (user_id);

create table idempotency (
    owner_id uuid not null,
    idempotency_key text collate "C" not null,
    request_hash bytea not null,
    user_id uuid,
    created_at bigint not null,
    primary key (owner_id, idempotency_key)
);
create index idempotency_age on idempotency (created_at);
