-- Parts of posts that are kept here, with a link in their place, instead of going to each member. The release before this
-- one leaves large parts in the posts.
alter table mailing_list add column attachment_link_threshold int default 0 not null; -- KiB; 0: none is taken out
alter table mailing_list add column attachment_link_days int default 30 not null; -- 0: as long as the list is there

create table attachment (
    id bigint primary key,
    token varchar(64) not null unique, -- the end of its address: who knows it may fetch it, of a list that anybody may read
    list_id bigint, -- null: the list is gone, and so is this soon
    posting_id bigint not null, -- that it came with, which may be forgotten before it
    part_no int not null,
    sender varchar(320) not null, -- the post's reverse-path, lower case; empty for the null path
    name varchar(200) not null, -- one line; empty: it had none
    type varchar(200) not null,
    size_bytes bigint not null,
    stored_at timestamp(6) with time zone not null,
    expires_at timestamp(6) with time zone -- null: as long as the list is there
);
create unique index attachment_of_posting on attachment (posting_id, part_no);
create index attachment_of_list on attachment (list_id);
create index attachment_expires on attachment (expires_at);
create index attachment_sender on attachment (sender);
alter table attachment add constraint attachment_list_id_fk foreign key (list_id) references mailing_list (id) on delete set null;

create table attachment_part (
    attachment_id bigint not null references attachment (id) on delete cascade,
    part_no int not null,
    octets ${bytes}${part_size} not null,
    primary key (attachment_id, part_no)
);
