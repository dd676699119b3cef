-- The version of a user, which is the ETag, is that of all there is about the user: it moves with
-- the name, the address, the funds, companies and investors too. Once a statement, however many.
create or replace function security.touch_user()
returns trigger
language plpgsql
volatile
-- Definer: whoever deletes a company has no rights on users.
security definer
set search_path = ''
as $$
begin
    update security.app_user as u
    set row_version = u.row_version
    where
        u.user_id in (select t.user_id from touched_rows as t)
        -- Nobody has seen a user of this very transaction.
        and u.created_at <> now();
    return null;
end
$$;

comment on function security.touch_user() is
'Triggers _600_touch on tables about a user, whose transition table is touched_rows: the next '
'row_version of security.app_user.';
