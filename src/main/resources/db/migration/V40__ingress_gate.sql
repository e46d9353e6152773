-- Whether new mail is turned away, where all nodes have to say the same: between the limit and nine tenths of it, what was decided last stands.
create table ingress_gate (
    reason varchar(16) primary key,
    closed boolean not null
);
