-- finds: qb_planted, bypassrls
-- finds: planted_reader, superuser, createrole
reset role;
insert into security.database_login (login, user_id)
values ('planted_reader', '00000000-0000-0000-0000-000000000000');
create role qb_planted bypassrls;
create role planted_reader login superuser createrole;
