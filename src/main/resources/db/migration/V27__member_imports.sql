-- An import of members that somebody began in the console. It runs apart from their request, on whichever node takes it
-- up; when that node goes away, another goes on behind the last rows that were told of.
create table member_import (
    id bigint primary key,
    list_id bigint not null,
    actor varchar(320) not null, -- who began it, and as whom it runs
    actor_id bigint,
    file_name varchar(255) not null,
    file_bytes bigint not null,
    welcome boolean not null,
    state varchar(12) not null, -- WAITING, RUNNING, DONE, ENDED (before the file's end)
    problem varchar(12), -- why it ENDED: DENIED, BROKEN
    node varchar(64), -- who works at it, as in node
    incarnation varchar(36),
    epoch bigint not null, -- grows with each time that it is taken up; who has an older one writes nothing any more
    attempts int not null, -- how often it was taken up since it last told of rows
    read_bytes bigint not null,
    read_rows bigint not null, -- all of these are stored, or counted as failed
    added bigint not null,
    updated bigint not null,
    skipped bigint not null,
    failed bigint not null,
    begun_at timestamp with time zone not null,
    started_at timestamp with time zone,
    ended_at timestamp with time zone
);
create index member_import_of_list on member_import (list_id, id);
create index member_import_state on member_import (state, id);
create index member_import_ended on member_import (ended_at);
alter table member_import add constraint member_import_list_id_fk foreign key (list_id) references mailing_list (id) on delete cascade;

-- Its file, until it has ended.
create table member_import_part (
    import_id bigint not null references member_import (id) on delete cascade,
    part_no int not null,
    octets ${bytes}${part_size} not null,
    primary key (import_id, part_no)
);

-- The first hundred rows that were not taken.
create table member_import_error (
    import_id bigint not null references member_import (id) on delete cascade,
    error_no int not null,
    line_no bigint not null,
    value_text varchar(1000) not null,
    reason varchar(2000) not null,
    primary key (import_id, error_no)
);
