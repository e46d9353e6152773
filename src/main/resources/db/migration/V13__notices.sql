-- A held post's reasons as keys with values (JSON), to be told in other languages than English; null: only the English text is there.
alter table held_message add column reasons varchar(8000);
-- The names of the rules that were asked and did not hit, comma-separated.
alter table held_message add column misses varchar(1000);

-- What was sent to an author, or because of one, within the last day: it is bounded.
create table author_notice (
    id bigint primary key,
    list_id bigint not null,
    email varchar(320) not null, -- in lower case
    kind varchar(12) not null, -- AUTHOR: to them; MODERATORS: about them
    sent_at timestamp with time zone not null
);
create index author_notice_author on author_notice (list_id, email, kind, sent_at);
create index author_notice_sent on author_notice (sent_at);
alter table author_notice add constraint author_notice_list_id_fk foreign key (list_id) references mailing_list (id) on delete cascade;
