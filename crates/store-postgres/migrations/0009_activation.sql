-- What a user that is not active waits for; what is tried next is the user's job.
create table activation (
    user_id uuid not null primary key references "user" (id) on delete cascade,
    waiting_since bigint,
    reminded_at bigint,
    asked_at bigint,
    asked_by text,
    asked_message text
);

-- Orders at the carrier; at most one of a user is open. They stay, so that a late report is told that it is late.
create table activation_order (
    id uuid not null primary key,
    user_id uuid not null references "user" (id) on delete cascade,
    ordered_at bigint not null,
    accepted_at bigint,
    closed_at bigint
);
create index activation_order_user on activation_order (user_id);
create unique index activation_order_open on activation_order (user_id) where closed_at is null;

-- Reports of the carrier by their message id, and what was answered: one that is sent again is answered the same.
create table activation_report (
    message_id text not null primary key,
    answer text not null,
    received_at bigint not null
);
create index activation_report_age on activation_report (received_at);
