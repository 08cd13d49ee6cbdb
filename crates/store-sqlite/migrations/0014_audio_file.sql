-- Music and announcements of a site or of a call centre: exactly one of the two owns each, and it goes with its owner. Another
-- upload is another row with another id. The sound is G.711 A-law at 8 kHz, 600 s at most; it stands last, so that lists do not read it.
create table audio_file (
    id blob not null primary key,
    enterprise_id blob not null references enterprise (id) on delete cascade,
    site_id blob references site (id) on delete cascade,
    virtual_user_id blob references virtual_user (id) on delete cascade,
    kind text not null,
    name text not null,
    duration_ms integer not null,
    uploaded_at integer not null,
    alaw blob not null
) strict;
create unique index audio_file_site on audio_file (site_id, kind) where site_id is not null;
create unique index audio_file_virtual_user on audio_file (virtual_user_id, kind) where virtual_user_id is not null;
create index audio_file_enterprise on audio_file (enterprise_id);
