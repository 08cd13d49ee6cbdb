-- What readers say of the help pages. Who said it is kept nowhere.
create table help_count (
    task text not null,
    language text not null,
    useful bigint not null,
    not_useful bigint not null,
    primary key (task, language)
);

create table help_comment (
    id uuid not null primary key,
    task text not null,
    language text not null,
    is_useful boolean not null,
    comment text not null,
    created_at bigint not null
);
create index help_comment_task on help_comment (task, id);
