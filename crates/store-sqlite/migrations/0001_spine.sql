-- The administration spine. Times are UTC milliseconds, ids are UUIDv7; both schemas are compared by `cargo xtask db parity`.

create table enterprise (
    id blob not null primary key,
    name text not null,
    domain text not null unique,
    country text not null,
    extension_min integer not null,
    extension_max integer not null,
    extension_default integer not null,
    created_at integer not null
) strict, without rowid;

create table site (
    id blob not null primary key,
    enterprise_id blob not null references enterprise (id) on delete cascade,
    name text not null,
    country text not null,
    created_at integer not null,
    unique (enterprise_id, name)
) strict, without rowid;

create table department (
    id blob not null primary key,
    site_id blob not null references site (id) on delete cascade,
    parent_id blob references department (id) on delete cascade,
    name text not null
) strict, without rowid;
create index department_site on department (site_id, name);
create index department_parent on department (parent_id);

create table "user" (
    id blob not null primary key,
    enterprise_id blob not null references enterprise (id) on delete cascade,
    site_id blob not null references site (id) on delete cascade,
    department_id blob references department (id) on delete set null,
    first_name text not null,
    last_name text not null,
    sort_name text not null,
    search_text text not null,
    email text not null,
    extension text not null,
    package text not null,
    services text not null,
    desk_phone_type text,
    mobile_number text,
    contract_number text,
    state text not null,
    state_reason text,
    activated_at integer,
    version integer not null,
    created_at integer not null,
    unique (enterprise_id, extension)
) strict, without rowid;
create index user_by_name on "user" (sort_name, id);
create index user_of_enterprise_by_name on "user" (enterprise_id, sort_name, id);
create index user_of_site_by_name on "user" (site_id, sort_name, id);
create index user_by_extension on "user" (extension, id);
create index user_of_site_by_extension on "user" (site_id, extension, id);
create index user_not_active on "user" (created_at, id) where state <> 'activated';
create index user_department on "user" (department_id) where department_id is not null;

-- A number is assigned when it names a user: deleting the user frees it in the same moment (D2).
create table number (
    e164 text not null primary key,
    enterprise_id blob not null references enterprise (id) on delete cascade,
    site_id blob not null references site (id) on delete cascade,
    user_id blob references "user" (id) on delete set null,
    reserved integer not null
) strict, without rowid;
-- Only assigned numbers: who looks for free ones would otherwise find those of the whole installation here.
create unique index number_user on number (user_id) where user_id is not null;
create index number_of_enterprise on number (enterprise_id, e164);
create index number_of_site on number (site_id, e164);
create index number_available on number (site_id, e164) where user_id is null and not reserved;

create table licence (
    enterprise_id blob not null references enterprise (id) on delete cascade,
    product text not null,
    total integer not null check (total >= 0),
    used integer not null check (used between 0 and total),
    primary key (enterprise_id, product)
) strict, without rowid;

-- Digests of the desk phone's password, sealed with a key that is not in the database.
create table phone_login (
    user_id blob not null primary key references "user" (id) on delete cascade,
    login text not null unique,
    sealed blob not null,
    issued_at integer not null
) strict, without rowid;

-- Who can log in to the portal. Users have one, administrators have one, the operator has one.
create table account (
    id blob not null primary key,
    enterprise_id blob references enterprise (id) on delete cascade,
    user_id blob references "user" (id) on delete cascade,
    role text not null,
    username text not null,
    username_folded text not null,
    email text not null,
    language text not null,
    password_hash text,
    created_at integer not null,
    unique (enterprise_id, username_folded)
) strict, without rowid;
create unique index account_user on account (user_id) where user_id is not null;
-- An enterprise has few administrators among many users.
create index account_administrator on account (enterprise_id, username_folded) where user_id is null;
create unique index account_operator on account (username_folded) where enterprise_id is null;

create table account_site (
    account_id blob not null references account (id) on delete cascade,
    site_id blob not null references site (id) on delete cascade,
    primary key (account_id, site_id)
) strict, without rowid;
create index account_site_site on account_site (site_id);

create table password_link (
    token_hash blob not null primary key,
    account_id blob not null references account (id) on delete cascade,
    expires_at integer not null
) strict, without rowid;
create index password_link_account on password_link (account_id);

create table session (
    token_hash blob not null primary key,
    account_id blob not null references account (id) on delete cascade,
    created_at integer not null,
    expires_at integer not null
) strict, without rowid;
create index session_account on session (account_id);
create index session_expiry on session (expires_at);

create table api_token (
    id blob not null primary key,
    token_hash blob not null unique,
    role text not null,
    enterprise_id blob references enterprise (id) on delete cascade,
    site_id blob references site (id) on delete cascade,
    created_at integer not null
) strict, without rowid;
create index api_token_enterprise on api_token (enterprise_id);
create index api_token_site on api_token (site_id);

-- Append only; names nothing by reference, so that it outlives what it tells of.
create table journal (
    seq integer primary key,
    at integer not null,
    actor_id blob,
    actor_name text not null,
    on_behalf_of text,
    enterprise_id blob,
    site_id blob,
    action text not null,
    entity_id blob not null,
    entity_name text not null,
    changes text not null,
    -- There is one writer: entries become visible in the order of `seq`.
    transaction_id integer not null default 0
) strict;
create index journal_of_entity on journal (entity_id, enterprise_id, seq);
create index journal_of_site on journal (site_id, seq);
create index journal_of_enterprise on journal (enterprise_id, seq);

create table job (
    id blob not null primary key,
    kind text not null,
    user_id blob references "user" (id) on delete cascade,
    run_at integer not null,
    attempts integer not null,
    last_error text
) strict, without rowid;
create index job_due on job (run_at, id);
create index job_user on job (user_id);

create table idempotency (
    owner_id blob not null,
    idempotency_key text not null,
    request_hash blob not null,
    user_id blob,
    created_at integer not null,
    primary key (owner_id, idempotency_key)
) strict, without rowid;
create index idempotency_age on idempotency (created_at);
