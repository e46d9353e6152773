-- What people are searched by, as members are (V7): how a name or a later word of it begins. Cut, since an index takes no
-- more than some 2,700 octets in a row, and a name may have 1,000 characters.
alter table subscriber add column name_key varchar(200)${binary} generated always as (substring(lower(display_name) from 1 for 200))${stored};
alter table subscriber add column later_name_key varchar(200)${binary} generated always as (substring(lower(display_name) from position(' ' in display_name) + 1 for 200))${stored};
create index subscriber_name_key on subscriber (name_key);
create index subscriber_later_name_key on subscriber (later_name_key);

-- Those of members were not cut: PostgreSQL refused a member whose name was of a thousand odd characters.
drop index member_name_key;
drop index member_later_name_key;
alter table member drop column name_key;
alter table member drop column later_name_key;
alter table member add column name_key varchar(200)${binary} generated always as (substring(lower(display_name) from 1 for 200))${stored};
alter table member add column later_name_key varchar(200)${binary} generated always as (substring(lower(display_name) from position(' ' in display_name) + 1 for 200))${stored};
create index member_name_key on member (list_id, name_key);
create index member_later_name_key on member (list_id, later_name_key);
