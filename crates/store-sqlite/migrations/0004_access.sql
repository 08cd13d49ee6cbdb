-- Access to accounts: lock-out, sessions that can be recognised, rules for passwords, what was forgotten.

-- Mail is looked for without regard to case (A1).
alter table account add column email_folded text not null default '';
update account set email_folded = lower(email);
create index account_email on account (email_folded) where email_folded <> '';
-- Wrong passwords since the last right one, and since when the account is locked (A2).
alter table account add column wrong_passwords integer not null default 0;
alter table account add column locked_at integer;
alter table account add column password_set_at integer;
update account set password_set_at = created_at where password_hash is not null;

-- Wrong passwords for names that nobody has: counted so that they take as long as the others.
create table stranger (
    id integer not null primary key,
    wrong_passwords integer not null
) strict, without rowid;
insert into stranger (id, wrong_passwords) values (1, 0);

-- Where a session was begun, and with which browser.
drop index session_account;
create index session_account on session (account_id, created_at desc, token_hash);
alter table session add column source text not null default '';
alter table session add column browser text not null default '';

-- One link of each purpose per account: a reset that somebody else asks for ends no registration.
create index password_link_expiry on password_link (expires_at);
alter table password_link add column purpose text not null default 'handed-over';

-- What an enterprise asks of passwords (A5); without a row, the defaults.
create table password_rules (
    enterprise_id blob not null primary key references enterprise (id) on delete cascade,
    min_length integer not null,
    min_classes integer not null,
    max_repeats integer not null,
    history integer not null,
    expires_after_days integer,
    lock_after integer not null
) strict, without rowid;

-- The last passwords of an account, the newest with the highest place.
create table password_history (
    account_id blob not null references account (id) on delete cascade,
    place integer not null,
    password_hash text not null,
    primary key (account_id, place)
) strict, without rowid;
insert into password_history (account_id, place, password_hash)
    select id, 1, password_hash from account where password_hash is not null;

-- Somebody says that they have forgotten password or username; whether anybody has that name, the job finds out.
create table forgotten (
    id blob not null primary key,
    what text not null,
    typed text not null,
    language text not null,
    requested_at integer not null
) strict, without rowid;
