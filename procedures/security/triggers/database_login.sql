-- A login has rights as long as it stands here with an active, reading user.
create or replace trigger _600_align
after insert or update or delete on security.database_login
for each row execute function security.follow_login_change();

-- Logins of an older deployment, which their group role let in.
select security.align_database_logins();
