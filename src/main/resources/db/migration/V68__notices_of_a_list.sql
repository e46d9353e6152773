-- How many notices a list has written of late, whoever caused them.
create index author_notice_list on author_notice (list_id, kind, sent_at);
