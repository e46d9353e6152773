-- What bounces say of a member, and people who wait to join or leave. Only additions: the release before works on it.
alter table member add column bounce_score int default 0 not null;
alter table member add column last_bounce_received timestamp with time zone;
alter table member add column last_warning_sent timestamp with time zone;
alter table member add column total_warnings_sent int default 0 not null;

-- A request to join or leave that waits for the subscriber's word or a moderator's.
create table subscription_request (
    id bigint primary key,
    token varchar(40) not null unique, -- names the request to moderators and REST; confirms nothing by itself
    secret_sha256 ${sha256} unique, -- of what the subscriber was mailed; null: nobody was
    list_id bigint not null,
    request_type varchar(16) not null, -- SUBSCRIPTION, UNSUBSCRIPTION
    token_owner varchar(12) not null, -- SUBSCRIBER, MODERATOR
    email varchar(320) not null, -- in lower case
    original_email varchar(320) not null,
    subscriber_id bigint, -- joins as this user; null: as an address
    display_name varchar(1000),
    delivery_mode varchar(20),
    delivery_status varchar(20),
    verified boolean not null, -- the address is known to be read by its owner
    confirmed boolean not null,
    approved boolean not null,
    invitation boolean not null,
    welcome boolean, -- null: as the list has it
    made_address boolean not null, -- address and user were made for it, and go with it
    requested_at timestamp with time zone not null,
    expires_at timestamp with time zone not null,
    constraint subscription_request_once unique (list_id, request_type, email)
);
create index subscription_request_of_list on subscription_request (list_id, token_owner, id);
create index subscription_request_subscriber on subscription_request (subscriber_id);
create index subscription_request_expiry on subscription_request (expires_at);
alter table subscription_request add constraint subscription_request_list_fk foreign key (list_id) references mailing_list (id) on delete cascade;
alter table subscription_request add constraint subscription_request_subscriber_fk foreign key (subscriber_id) references subscriber (id) on delete cascade;
