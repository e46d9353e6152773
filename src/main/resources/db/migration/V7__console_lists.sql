-- What the console's members page is searched and filtered by, so that no page reads a whole roster. The columns are
-- worked out by the database itself: whoever writes a row, this release or the one before, keeps them right.
-- ${binary}: compared octet by octet, so that an index serves "begins with" in any locale.
alter table address add column email_key varchar(320)${binary} generated always as (email)${stored};
create index address_by_email_key on address (email_key);
alter table address add column domain_key varchar(320)${binary} generated always as (substring(email from position('@' in email) + 1))${stored};
create index address_by_domain_key on address (domain_key);
alter table member add column name_key varchar(1000)${binary} generated always as (lower(display_name))${stored};
alter table member add column later_name_key varchar(1000)${binary} generated always as (substring(lower(display_name) from position(' ' in display_name) + 1))${stored};
create index member_name_key on member (list_id, name_key);
create index member_later_name_key on member (list_id, later_name_key);
-- Downwards, since H2 reads an index in one direction only.
create index member_latest on member (list_id, role, id desc);
create index member_delivery_status on member (list_id, role, delivery_status, id desc);
create index member_delivery_mode on member (list_id, role, delivery_mode, id desc);
create index address_delivery_status on address (delivery_status);
create index address_delivery_mode on address (delivery_mode);
create index subscriber_delivery_status on subscriber (delivery_status);
create index subscriber_delivery_mode on subscriber (delivery_mode);
