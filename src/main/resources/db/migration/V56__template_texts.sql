-- Texts for mail and posts that were written here. The release before this one goes on by addresses alone.
create table template_text (
    id bigint primary key,
    context varchar(40) not null, -- site, domain:id or list:id
    domain_id bigint references domain (id) on delete cascade,
    list_id bigint references mailing_list (id) on delete cascade,
    name varchar(64) not null,
    language varchar(20) not null, -- empty: whatever the language
    content ${text} not null,
    version int not null,
    changed_at timestamp(6) with time zone not null,
    constraint template_text_once unique (context, name, language)
);
create index template_text_domain on template_text (domain_id);
create index template_text_list on template_text (list_id);
