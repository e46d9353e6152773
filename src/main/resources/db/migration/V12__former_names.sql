-- A renamed list keeps what it was called: mail to it, its list-id in filters and links, its place in other systems.
alter table mailing_list add column header_list_id varchar(320); -- what List-Id says; null: the list was never renamed

create table list_former_name (
    former_list_id varchar(320) primary key, -- name.domain, as list_id; no other list may have it while it is here
    list_id bigint not null references mailing_list (id) on delete cascade,
    list_name varchar(64) not null,
    mail_host varchar(253) not null,
    renamed_at timestamp with time zone not null
);
create index list_former_name_list on list_former_name (list_id);
create index list_former_name_address on list_former_name (mail_host, list_name);
