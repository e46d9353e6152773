-- The spine's state. The same statements run on H2 and PostgreSQL; ${bytes} is the type for octets, ${sha256} for 32 of them.
-- A busy table's foreign keys come after its indexes: H2 then uses these, where it would make others of its own.
-- Ids come in blocks of 1000 from one sequence (the block ends at the value drawn, as EclipseLink has it).
create sequence posthorn_id start with 1000 increment by 1000;

-- Lists and people -------------------------------------------------------------------------------------------------

create table domain (
    id bigint primary key,
    mail_host varchar(253) not null unique,
    description varchar(4000),
    base_url varchar(2000),
    version bigint not null
);

create table domain_alias (
    alias varchar(253) primary key,
    domain_id bigint not null references domain (id) on delete cascade
);
create index domain_alias_domain on domain_alias (domain_id);

create table subscriber (
    id bigint primary key,
    display_name varchar(1000),
    password_hash varchar(1000),
    login_name varchar(320) unique, -- to sign in with, beside the addresses; only the first server owner has one
    server_owner boolean not null,
    created_at timestamp with time zone not null,
    preferred_address_id bigint,
    acknowledge_posts boolean,
    delivery_mode varchar(20),
    delivery_status varchar(20),
    hide_address boolean,
    preferred_language varchar(35),
    receive_list_copy boolean,
    receive_own_postings boolean,
    version bigint not null
);

create table domain_owner (
    domain_id bigint not null references domain (id) on delete cascade,
    subscriber_id bigint not null references subscriber (id) on delete cascade,
    primary key (domain_id, subscriber_id)
);
create index domain_owner_subscriber on domain_owner (subscriber_id);

create table address (
    id bigint primary key,
    email varchar(320) not null unique, -- in lower case: the key
    original_email varchar(320) not null,
    display_name varchar(1000),
    registered_at timestamp with time zone not null,
    verified_at timestamp with time zone,
    subscriber_id bigint,
    acknowledge_posts boolean,
    delivery_mode varchar(20),
    delivery_status varchar(20),
    hide_address boolean,
    preferred_language varchar(35),
    receive_list_copy boolean,
    receive_own_postings boolean,
    version bigint not null
);
create index address_subscriber on address (subscriber_id);
alter table address add constraint address_subscriber_id_fk foreign key (subscriber_id) references subscriber (id);
create index subscriber_preferred on subscriber (preferred_address_id);
alter table subscriber add constraint subscriber_preferred_address foreign key (preferred_address_id) references address (id);

create table mailing_list (
    id bigint primary key,
    list_id varchar(320) not null unique, -- RFC 2919: list.domain, in lower case
    list_name varchar(64) not null,
    domain_id bigint not null references domain (id),
    created_at timestamp with time zone not null,
    version bigint not null,
    display_name varchar(1000) not null,
    description varchar(4000) not null,
    info varchar(100000) not null,
    advertised boolean not null,
    preferred_language varchar(35) not null,
    acceptable_aliases varchar(500000) not null,
    accept_these_nonmembers varchar(500000) not null,
    hold_these_nonmembers varchar(500000) not null,
    reject_these_nonmembers varchar(500000) not null,
    discard_these_nonmembers varchar(500000) not null,
    default_member_action varchar(24) not null,
    default_nonmember_action varchar(24) not null,
    administrivia boolean not null,
    emergency boolean not null,
    allow_list_posts boolean not null,
    max_message_size int not null,
    max_num_recipients int not null,
    max_days_to_hold int not null,
    require_explicit_destination boolean not null,
    moderator_password varchar(1000) not null,
    admin_immed_notify boolean not null,
    respond_to_post_requests boolean not null,
    posting_pipeline varchar(100) not null,
    posting_chain varchar(100) not null,
    owner_chain varchar(100) not null,
    owner_pipeline varchar(100) not null,
    subscription_policy varchar(24) not null,
    unsubscription_policy varchar(24) not null,
    send_welcome_message boolean not null,
    send_goodbye_message boolean not null,
    admin_notify_mchanges boolean not null,
    member_roster_visibility varchar(24) not null,
    subject_prefix varchar(1000) not null,
    anonymous_list boolean not null,
    include_rfc2369_headers boolean not null,
    reply_goes_to_list varchar(24) not null,
    reply_to_address varchar(1000) not null,
    first_strip_reply_to boolean not null,
    personalize varchar(24) not null,
    filter_content boolean not null,
    filter_action varchar(24) not null,
    filter_types varchar(500000) not null,
    pass_types varchar(500000) not null,
    filter_extensions varchar(500000) not null,
    pass_extensions varchar(500000) not null,
    collapse_alternatives boolean not null,
    convert_html_to_plaintext boolean not null,
    digests_enabled boolean not null,
    digest_send_periodic boolean not null,
    digest_size_threshold double precision not null,
    digest_volume_frequency varchar(24) not null,
    process_bounces boolean not null,
    bounce_score_threshold int not null,
    bounce_info_stale_after varchar(40) not null,
    bounce_you_are_disabled_warnings int not null,
    bounce_you_are_disabled_warnings_interval varchar(40) not null,
    bounce_notify_owner_on_bounce_increment boolean not null,
    bounce_notify_owner_on_disable boolean not null,
    bounce_notify_owner_on_removal boolean not null,
    forward_unrecognized_bounces_to varchar(24) not null,
    autorespond_owner varchar(24) not null,
    autoresponse_owner_text varchar(100000) not null,
    autorespond_postings varchar(24) not null,
    autoresponse_postings_text varchar(100000) not null,
    autorespond_requests varchar(24) not null,
    autoresponse_request_text varchar(100000) not null,
    autoresponse_grace_period varchar(40) not null,
    dmarc_mitigate_action varchar(24) not null,
    dmarc_mitigate_unconditionally boolean not null,
    dmarc_addresses varchar(500000) not null,
    dmarc_moderation_notice varchar(100000) not null,
    dmarc_wrapped_message_text varchar(100000) not null,
    archive_policy varchar(24) not null,
    archive_rendering_mode varchar(24) not null,
    gateway_to_mail boolean not null,
    gateway_to_news boolean not null,
    linked_newsgroup varchar(1000) not null,
    newsgroup_moderation varchar(24) not null,
    nntp_prefix_subject_too boolean not null
);
create index mailing_list_domain on mailing_list (domain_id, list_name);

-- The addresses among acceptable_aliases (not the patterns), in lower case: what recipients are looked up by.
create table acceptable_alias (
    list_id bigint not null references mailing_list (id) on delete cascade,
    alias varchar(320) not null,
    primary key (list_id, alias)
);
create index acceptable_alias_alias on acceptable_alias (alias);

-- Changes with each post, so apart from the settings.
create table list_counter (
    list_id bigint primary key references mailing_list (id) on delete cascade,
    post_id bigint not null,
    last_post_at timestamp with time zone,
    volume int not null,
    next_digest_number int not null,
    digest_last_sent_at timestamp with time zone
);

create table member (
    id bigint primary key,
    list_id bigint not null,
    address_id bigint not null,
    subscriber_id bigint,
    subscription_mode varchar(12) not null, -- AS_ADDRESS, AS_USER
    role varchar(12) not null, -- MEMBER, OWNER, MODERATOR, NONMEMBER
    moderation_action varchar(12),
    display_name varchar(1000),
    attributes varchar(10000), -- JSON
    joined_at timestamp with time zone not null,
    acknowledge_posts boolean,
    delivery_mode varchar(20),
    delivery_status varchar(20),
    hide_address boolean,
    preferred_language varchar(35),
    receive_list_copy boolean,
    receive_own_postings boolean,
    version bigint not null,
    constraint member_once unique (list_id, role, address_id)
);
create index member_roster on member (list_id, role, id);
create index member_address on member (address_id);
create index member_subscriber on member (subscriber_id);
alter table member add constraint member_list_id_fk foreign key (list_id) references mailing_list (id) on delete cascade;
alter table member add constraint member_address_id_fk foreign key (address_id) references address (id);
alter table member add constraint member_subscriber_id_fk foreign key (subscriber_id) references subscriber (id);

create table ban (
    id bigint primary key,
    list_id bigint references mailing_list (id) on delete cascade, -- null: the whole site
    email varchar(1000) not null, -- an address in lower case, or a pattern that begins with ^
    version bigint not null
);
create index ban_list on ban (list_id, email);
create index ban_email on ban (email);

-- Messages and their way -------------------------------------------------------------------------------------------

create table message (
    id bigint primary key,
    sha256 ${sha256} not null,
    size_bytes bigint not null,
    stored_at timestamp with time zone not null,
    unreferenced_since timestamp with time zone
);

create table message_part (
    message_id bigint not null references message (id) on delete cascade,
    part_no int not null,
    octets ${bytes}${part_size} not null,
    primary key (message_id, part_no)
);

-- One arrival of a message at one list: what a trace hangs on.
create table posting (
    id bigint primary key,
    list_id bigint,
    recipient varchar(320) not null, -- the address it came for
    first_queue varchar(16) not null,
    message_id varchar(998) not null, -- the header field's, with its angle brackets; '' without one
    message_id_hash bigint not null,
    sender varchar(320) not null,
    subject varchar(998) not null,
    size_bytes bigint not null,
    received_at timestamp with time zone not null,
    outcome varchar(12), -- REJECTED, DISCARDED, EXPIRED or DONE; null: under way
    fanned_out boolean not null
);
create index posting_message_id on posting (message_id_hash);
create index posting_received on posting (received_at);
create index posting_list on posting (list_id);
alter table posting add constraint posting_list_id_fk foreign key (list_id) references mailing_list (id) on delete set null;

-- The same message for the same list goes out once within the time that these rows are kept.
create table arrival (
    content_key ${sha256} primary key, -- SHA-256 over the list, the purpose, the Message-ID and the content
    list_id bigint not null references mailing_list (id) on delete cascade,
    posting_id bigint not null, -- the first one; it may be gone before this row
    arrived_at timestamp with time zone not null
);
create index arrival_list on arrival (list_id);
create index arrival_arrived on arrival (arrived_at);

create table delivery_chunk (
    id bigint primary key,
    posting_id bigint not null,
    recipient_count int not null,
    recipients ${text} not null, -- a line each: member id (0: none), tab, address
    made_at timestamp with time zone not null
);
create index delivery_chunk_posting on delivery_chunk (posting_id);
alter table delivery_chunk add constraint delivery_chunk_posting_id_fk foreign key (posting_id) references posting (id) on delete cascade;

-- The fates of runs of a chunk's recipients, recorded in groups.
create table delivery_record (
    chunk_id bigint not null references delivery_chunk (id) on delete cascade,
    first_index int not null,
    last_index int not null,
    outcome varchar(10) not null, -- DELIVERED, FAILED, or DEFERRED: moved to a later chunk
    smarthost varchar(64),
    reply_code int not null, -- 0: none
    enhanced_status varchar(16),
    replies ${text} not null, -- one for all of the run, or a line each
    recorded_at timestamp with time zone not null,
    primary key (chunk_id, first_index)
);

create table queue_entry (
    id bigint primary key,
    queue varchar(16) not null,
    hash bigint not null, -- 0 to 2^63-1
    list_id bigint,
    posting_id bigint,
    message_id bigint,
    chunk_id bigint,
    attributes varchar(10000) not null, -- JSON
    received timestamp with time zone not null,
    turn bigint not null, -- milliseconds since 1970: the order in which entries are taken; later chunks of a big post stand further back
    due timestamp with time zone not null,
    progress bigint not null, -- how far a resumable step has come
    begun int not null, -- times work began without recorded progress since: crashes
    tries int not null, -- failures and deferrals
    origin varchar(16), -- in shunt and bad: the queue it came from
    last_error varchar(4000)
);
create index queue_entry_turn on queue_entry (queue, turn, id);
create index queue_entry_posting on queue_entry (posting_id);
create index queue_entry_message on queue_entry (message_id);
create index queue_entry_chunk on queue_entry (chunk_id);
create index queue_entry_list on queue_entry (list_id);
alter table queue_entry add constraint queue_entry_list_id_fk foreign key (list_id) references mailing_list (id) on delete set null;
alter table queue_entry add constraint queue_entry_posting_id_fk foreign key (posting_id) references posting (id);
alter table queue_entry add constraint queue_entry_message_id_fk foreign key (message_id) references message (id);
alter table queue_entry add constraint queue_entry_chunk_id_fk foreign key (chunk_id) references delivery_chunk (id);

create table held_message (
    request_id bigint generated by default as identity primary key,
    list_id bigint not null,
    posting_id bigint not null,
    message_id bigint not null,
    sender varchar(320) not null,
    subject varchar(998) not null,
    message_id_header varchar(998) not null,
    reason varchar(1000) not null,
    rules varchar(1000) not null, -- those that hit, comma-separated
    held_at timestamp with time zone not null,
    version bigint not null
);
create index held_message_list on held_message (list_id, request_id);
create index held_message_posting on held_message (posting_id);
create index held_message_message on held_message (message_id);
alter table held_message add constraint held_message_list_id_fk foreign key (list_id) references mailing_list (id) on delete cascade;
alter table held_message add constraint held_message_posting_id_fk foreign key (posting_id) references posting (id);
alter table held_message add constraint held_message_message_id_fk foreign key (message_id) references message (id);

create table trace_event (
    id bigint primary key,
    posting_id bigint not null,
    at timestamp with time zone not null,
    node varchar(64) not null,
    queue varchar(16) not null,
    event varchar(32) not null,
    detail varchar(2000) not null
);
create index trace_event_posting on trace_event (posting_id, at, id);
alter table trace_event add constraint trace_event_posting_id_fk foreign key (posting_id) references posting (id) on delete cascade;

-- Nodes, slices, leases and fences ---------------------------------------------------------------------------------

create table node (
    name varchar(64) primary key,
    incarnation varchar(36) not null,
    weight int not null,
    draining boolean not null,
    beats bigint not null, -- grows with each renewal
    started_at timestamp with time zone not null,
    expires_at timestamp with time zone not null -- the leases that it holds are good until then
);

create table queue_plan (
    queue varchar(16) primary key,
    generation bigint not null,
    slices int not null,
    next_slices int, -- not null: the generation is closing, and the next one will have so many
    threads int not null, -- of each node at once
    priority int not null -- 1 first to 9 last
);

create table slice_lease (
    queue varchar(16) not null references queue_plan (queue) on delete cascade,
    slice int not null,
    generation bigint not null,
    epoch bigint not null,
    node varchar(64), -- null: free
    incarnation varchar(36),
    pinned_node varchar(64),
    primary key (queue, slice)
);

-- Apart from the lease, so that a runner's lock on it never waits for a renewal.
create table slice_fence (
    queue varchar(16) not null references queue_plan (queue) on delete cascade,
    slice int not null,
    generation bigint not null,
    epoch bigint not null,
    primary key (queue, slice)
);

-- Work that is done once per site and period, by whichever node gets to it.
create table site_task (
    name varchar(64) primary key,
    due_at timestamp with time zone not null,
    epoch bigint not null,
    node varchar(64), -- null: nobody is at it
    incarnation varchar(36)
);

create table node_execution (
    execution_id bigint primary key,
    incarnation varchar(36) not null,
    started_at timestamp with time zone not null
);
create index node_execution_incarnation on node_execution (incarnation);

-- Smarthosts -------------------------------------------------------------------------------------------------------

create table smarthost (
    id bigint primary key,
    name varchar(64) not null unique,
    host varchar(253) not null,
    port int not null,
    tls varchar(16) not null, -- OFF, OPPORTUNISTIC, REQUIRED, IMPLICIT
    username varchar(320),
    password varchar(1000),
    weight int not null,
    connections int not null, -- per node; 0: auto
    rate int not null, -- recipients a second; 0: no limit
    messages_per_connection int not null, -- 0: no limit
    recipients_per_message int not null,
    role varchar(10) not null, -- NORMAL, FALLBACK
    domains varchar(4000) not null, -- comma-separated
    enabled boolean not null,
    jndi varchar(200),
    version bigint not null
);

create table site_setting (
    name varchar(64) primary key,
    content varchar(10000) not null
);
