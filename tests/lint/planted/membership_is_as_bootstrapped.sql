-- finds: qb_planted, qb_admin
-- finds: planted_reader, pg_read_all_data
-- finds: planted_reader, qb_admin
reset role;
insert into security.database_login (login, user_id)
values ('planted_reader', '00000000-0000-0000-0000-000000000000');
create role qb_planted in role qb_admin;
create role planted_team in role qb_admin;
create role planted_reader login in role qb_viewer, pg_read_all_data, planted_team;
