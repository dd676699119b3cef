-- Stamps: who changed a user's role or ended a user, and when.
create or replace trigger _100_stamp
before update on security.app_user
for each row execute function ops.stamp_update();

-- There always is an administrator.
create or replace trigger _300_keep_admin
before update on security.app_user
for each row
when (
    old.group_role = 'qb_admin' and old.is_active
    and (new.group_role <> 'qb_admin' or not new.is_active)
)
execute function security.keep_last_admin();

-- Logins, tokens and scopes follow at once.
create or replace trigger _600_follow
after update on security.app_user
for each row
when (
    old.group_role is distinct from new.group_role or old.is_active is distinct from new.is_active
)
execute function security.follow_user_change();
