-- Lists whose members get this one's posts, too, and lists whose members don't where a post names both. The release
-- before this one sends to the list's own members.
alter table mailing_list add column regular_include_lists varchar(20000) default '' not null; -- a line each: id address
alter table mailing_list add column regular_exclude_lists varchar(20000) default '' not null; -- the same
