-- What moderators answer to decide about a held post by mail: the token is in the address that they answer to.
create table held_reply (
    posting_id bigint primary key references posting (id) on delete cascade,
    list_id bigint not null references mailing_list (id) on delete cascade,
    token_sha256 ${sha256} not null unique,
    readers int not null, -- how many were owners or moderators when it was mailed
    issued_at timestamp(6) with time zone not null
);
create index held_reply_list on held_reply (list_id);

-- Those. When one of them is no more, the token that they know is worth nothing.
create table held_reply_reader (
    posting_id bigint not null references held_reply (posting_id) on delete cascade,
    member_id bigint not null references member (id) on delete cascade,
    primary key (posting_id, member_id)
);
create index held_reply_reader_member on held_reply_reader (member_id);
