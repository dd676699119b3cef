drop table security.database_login;
drop table security.credential;
drop table security.person;
drop table security.app_user;
drop schema security;
