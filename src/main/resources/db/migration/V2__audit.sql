-- Who changed what. Entries outlive what they are about, so nothing here is a foreign key.
create table audit_entry (
    id bigint primary key,
    at timestamp with time zone not null,
    actor varchar(320) not null,
    actor_id bigint, -- the person's; null: it was none
    via varchar(12) not null, -- SYSTEM, CONSOLE, REST, MAIL
    action varchar(40) not null,
    subject_kind varchar(40) not null,
    subject_name varchar(320) not null,
    list_id bigint,
    list_name varchar(320), -- its list-id at that time
    field varchar(100),
    old_value varchar(4000),
    new_value varchar(4000),
    details varchar(4000)
);
create index audit_entry_at on audit_entry (at, id);
create index audit_entry_list on audit_entry (list_id, at, id);
create index audit_entry_list_field on audit_entry (list_id, subject_kind, field, at, id);
create index audit_entry_list_name on audit_entry (list_name, at, id);
create index audit_entry_actor on audit_entry (actor, at, id);
create index audit_entry_subject on audit_entry (subject_name, at, id);
