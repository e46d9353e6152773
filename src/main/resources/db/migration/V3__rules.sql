-- What a list does with posts by their header fields. Their order is that of place, then id: position 0 is the first.
create table header_match (
    id bigint primary key,
    list_id bigint not null,
    place int not null,
    header varchar(200) not null, -- a field's name, in lower case
    pattern varchar(1000) not null,
    action varchar(24), -- null: the site's
    tag varchar(200),
    version bigint not null
);
create index header_match_list on header_match (list_id, place, id);
alter table header_match add constraint header_match_list_id_fk foreign key (list_id) references mailing_list (id) on delete cascade;
