-- A login has rights as long as it stands here with an active, reading user.
create or replace trigger _600_align
after insert or delete or update of login, user_id on security.database_login
for each row execute function security.follow_login_change();

-- Connections are closed last, when nothing can refuse the change any more. Any update asks for it:
-- security.end_sessions_at_commit makes one that changes nothing.
create constraint trigger _900_end_sessions
after update or delete on security.database_login
deferrable initially deferred
for each row execute function security.end_sessions_of_changed();
