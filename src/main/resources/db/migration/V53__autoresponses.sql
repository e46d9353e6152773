-- Who was answered automatically, and when: no second answer within the list's autoresponse_grace_period.
create table autoresponse (
    id bigint primary key,
    list_id bigint not null references mailing_list (id) on delete cascade,
    email varchar(320) not null, -- in lower case
    kind varchar(12) not null, -- OWNER, POSTINGS, REQUESTS: what they wrote to
    responded_at timestamp(6) with time zone not null,
    forget_at timestamp(6) with time zone not null,
    constraint autoresponse_once unique (list_id, email, kind)
);
create index autoresponse_forget on autoresponse (forget_at);
