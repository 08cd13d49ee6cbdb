-- The activity log is read by time, and by who and what; what users use is counted from an index alone.

-- The actor's name as it is looked for: without case and accents.
alter table journal add column actor_folded text not null default '';
update journal set actor_folded = lower(actor_name);
drop index journal_of_entity;
drop index journal_of_site;
drop index journal_of_enterprise;
create index journal_by_time on journal (at, seq);
create index journal_of_entity on journal (entity_id, enterprise_id, at, seq);
create index journal_of_entity_by_time on journal (entity_id, at, seq);
create index journal_of_site on journal (site_id, at, seq);
create index journal_of_enterprise on journal (enterprise_id, at, seq);
create index journal_of_actor on journal (enterprise_id, actor_folded, at, seq);
create index journal_of_action on journal (enterprise_id, action, at, seq);

create index user_by_use on "user" (enterprise_id, site_id, state, package, services);
