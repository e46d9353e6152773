-- Which state of an address somebody has seen: its password is shown to nobody, and yet tells two states apart.
alter table template_uri add column version bigint default 1 not null;
