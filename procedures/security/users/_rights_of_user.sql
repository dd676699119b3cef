-- What a user may see and do, in one value: another role, fund, company or investor
-- makes it another one.
create or replace function security._rights_of_user(
    p_user_id uuid
)
returns text
language sql
stable
security invoker
set search_path = ''
as $$
    select
        concat_ws(
            ' ',
            u.group_role,
            md5(array(
                select s.fund_id::text
                from security.user_fund as s
                where s.user_id = u.user_id
                order by s.fund_id
            )::text
            || array(
                select s.company_id
                from security.user_company as s
                where s.user_id = u.user_id
                order by s.company_id
            )::text
            || array(
                select s.investor_id::text
                from security.user_investor as s
                where s.user_id = u.user_id
                order by s.investor_id
            )::text)
        )
    from security.app_user as u
    where u.user_id = p_user_id
$$;

comment on function security._rights_of_user(uuid) is
'Group role, and a digest of the funds, companies and investors, of a user. For owners.';
