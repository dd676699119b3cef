alter table security.credential
add column failed_count integer not null default 0,
add column locked_until timestamptz;
comment on table security.credential is
'One row per user with a password: argon2id hash, failed attempts since the last success, lock.';
drop table security.login_attempt;
drop table security.claim_role;
drop table security.external_identity;
drop table security.refresh_token;
