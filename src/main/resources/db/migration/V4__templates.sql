-- Texts for mail and posts that a site has elsewhere: where they are, and the last copy of each.
create table template_uri (
    id bigint primary key,
    context varchar(40) not null, -- site, domain:id or list:id
    domain_id bigint references domain (id) on delete cascade,
    list_id bigint references mailing_list (id) on delete cascade,
    name varchar(64) not null,
    uri varchar(2000) not null,
    username varchar(320),
    password varchar(1000),
    content ${text}, -- null: there is no copy
    fetched_at timestamp with time zone,
    tried_at timestamp with time zone, -- null: to be fetched now
    problem varchar(1000), -- why the last try failed
    constraint template_uri_once unique (context, name)
);
create index template_uri_domain on template_uri (domain_id);
create index template_uri_list on template_uri (list_id);
create index template_uri_tried on template_uri (tried_at);
