-- Programs that use REST: each has a password or a token, and scopes that hold for the whole site.
create table service_account (
    id bigint primary key,
    name varchar(64) not null unique,
    scopes varchar(200) not null, -- comma-separated
    password_hash varchar(1000), -- null: it has a token
    token_sha256 ${sha256} unique, -- null: it has a password
    from_setting boolean not null, -- POSTHORN_API_USERS rules it, not the console
    created_at timestamp with time zone not null,
    created_by varchar(320) not null,
    expires_at timestamp with time zone, -- null: never
    last_used_at timestamp with time zone
);
