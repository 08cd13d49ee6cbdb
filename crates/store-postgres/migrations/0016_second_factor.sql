-- What an administrator shows besides the password, or instead of it.

-- The secret that an authenticator app shares; without `confirmed_at` it waits for its first code.
create table account_totp (
    account_id uuid not null primary key references account (id) on delete cascade,
    sealed bytea not null,
    confirmed_at bigint,
    -- A code is good once, and none that is older than the last one.
    last_step bigint not null
);

create table recovery_code (
    account_id uuid not null references account (id) on delete cascade,
    code_hash bytea not null,
    primary key (account_id, code_hash)
);

-- Whoever has shown the right password and owes a code.
create table pending_login (
    token_hash bytea not null primary key,
    account_id uuid not null unique references account (id) on delete cascade,
    tries bigint not null,
    expires_at bigint not null
);
create index pending_login_expiry on pending_login (expires_at);

create table passkey (
    id uuid not null primary key,
    account_id uuid not null references account (id) on delete cascade,
    credential_id bytea not null unique,
    name text not null,
    credential text not null,
    created_at bigint not null,
    last_used_at bigint
);
create index passkey_account on passkey (account_id, id);

-- What a browser was asked to sign; without an account it is somebody who wants to log in.
create table passkey_challenge (
    token_hash bytea not null primary key,
    account_id uuid references account (id) on delete cascade,
    state text not null,
    expires_at bigint not null
);
create index passkey_challenge_account on passkey_challenge (account_id) where account_id is not null;
create index passkey_challenge_expiry on passkey_challenge (expires_at);
