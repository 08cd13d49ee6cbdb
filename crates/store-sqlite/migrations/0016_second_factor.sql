-- What an administrator shows besides the password, or instead of it.

-- The secret that an authenticator app shares; without `confirmed_at` it waits for its first code.
create table account_totp (
    account_id blob not null primary key references account (id) on delete cascade,
    sealed blob not null,
    confirmed_at integer,
    -- A code is good once, and none that is older than the last one.
    last_step integer not null
) strict, without rowid;

create table recovery_code (
    account_id blob not null references account (id) on delete cascade,
    code_hash blob not null,
    primary key (account_id, code_hash)
) strict, without rowid;

-- Whoever has shown the right password and owes a code.
create table pending_login (
    token_hash blob not null primary key,
    account_id blob not null unique references account (id) on delete cascade,
    tries integer not null,
    expires_at integer not null
) strict, without rowid;
create index pending_login_expiry on pending_login (expires_at);

create table passkey (
    id blob not null primary key,
    account_id blob not null references account (id) on delete cascade,
    credential_id blob not null unique,
    name text not null,
    credential text not null,
    created_at integer not null,
    last_used_at integer
) strict, without rowid;
create index passkey_account on passkey (account_id, id);

-- What a browser was asked to sign; without an account it is somebody who wants to log in.
create table passkey_challenge (
    token_hash blob not null primary key,
    account_id blob references account (id) on delete cascade,
    state text not null,
    expires_at integer not null
) strict, without rowid;
create index passkey_challenge_account on passkey_challenge (account_id) where account_id is not null;
create index passkey_challenge_expiry on passkey_challenge (expires_at);
