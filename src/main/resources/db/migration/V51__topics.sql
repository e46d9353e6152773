-- Posts sorted by topic, and who wants which. The release before this one sends every post to every member.
alter table mailing_list add column topics varchar(500000) default '' not null; -- a line each: name: pattern
alter table mailing_list add column topics_enabled boolean default false not null;
alter table mailing_list add column topics_bodylines_limit int default 5 not null; -- 0: the header alone

alter table member add column topics varchar(10000) default '' not null; -- |name|name|, lower case; empty: every post
alter table member add column receive_untagged boolean default false not null;
