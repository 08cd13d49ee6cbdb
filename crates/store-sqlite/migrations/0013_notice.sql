-- Letters to those who are told of a change (D4). A row goes when its letter has been sent, and with whom it is for; whom it is
-- about is gone already, and stands in it by name only.
create table notice (
    id blob not null primary key,
    user_id blob not null references "user" (id) on delete cascade,
    leaver text not null,
    changes text not null,
    message text,
    created_at integer not null
) strict, without rowid;
create index notice_user on notice (user_id);
