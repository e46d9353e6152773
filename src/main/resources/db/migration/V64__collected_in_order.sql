-- Posts come into digests in the order in which they were collected; nodes draw ids from blocks of their own. The size is
-- summed up from the index alone. The constraint goes for a moment, as it may rest on the index.
alter table collected_post drop constraint collected_post_list_fk;
drop index collected_post_of_list;
create index collected_post_in_order on collected_post (list_id, digest_id, collected_at, id, size_bytes);
alter table collected_post add constraint collected_post_list_fk foreign key (list_id) references mailing_list (id) on delete cascade;
