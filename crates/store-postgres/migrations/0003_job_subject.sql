-- What a job is about, whatever kind of thing that is. Only jobs about a user go with the user; others find nothing and end.
alter table job add column subject_id uuid;
update job set subject_id = user_id;
