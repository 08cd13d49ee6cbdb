-- What somebody has answered so far while adding a user; it outlives the session.
create table user_draft (
    account_id uuid not null references account (id) on delete cascade,
    site_id uuid not null references site (id) on delete cascade,
    request text not null,
    answers text not null,
    updated_at bigint not null,
    primary key (account_id, site_id)
);
create index user_draft_site on user_draft (site_id);
create index user_draft_age on user_draft (updated_at);
