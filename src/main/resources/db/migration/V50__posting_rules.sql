-- What more rules go by. The release before this one does not ask them.
alter table mailing_list add column bounce_matching_headers varchar(500000) default '' not null; -- a line each: field: pattern
alter table mailing_list add column hold_digest boolean default false not null;
alter table mailing_list add column member_verbosity_threshold int default 0 not null; -- posts; 0: as many as they like
alter table mailing_list add column member_verbosity_interval int default 300 not null; -- seconds
alter table mailing_list add column new_member_days int default 0 not null; -- 0: nobody is new

-- The last number that a subject prefix with %d gave away. Apart from post_id, which counts when all copies are in the queue.
alter table list_counter add column subject_number bigint default 0 not null;
