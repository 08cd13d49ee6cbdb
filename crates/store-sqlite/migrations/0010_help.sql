-- What readers say of the help pages. Who said it is kept nowhere.
create table help_count (
    task text not null,
    language text not null,
    useful integer not null,
    not_useful integer not null,
    primary key (task, language)
) strict, without rowid;

create table help_comment (
    id blob not null primary key,
    task text not null,
    language text not null,
    is_useful integer not null,
    comment text not null,
    created_at integer not null
) strict;
create index help_comment_task on help_comment (task, id);
