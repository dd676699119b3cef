-- A user as the API answers it. The platform itself is no user that anybody looks after.
create or replace view security.user_record
with (security_invoker = true)
as
select
    u.user_id,
    p.email,
    p.display_name,
    substr(u.group_role, 4) as role,
    coalesce(
        (
            select
                jsonb_agg(
                    jsonb_build_object('fund_id', f.fund_id, 'name', f.name)
                    order by f.name
                )
            from security.user_fund as s
            inner join fund.fund as f on s.fund_id = f.fund_id
            where s.user_id = u.user_id
        ),
        '[]'
    ) as funds,
    array(
        select s.company_id
        from security.user_company as s
        where s.user_id = u.user_id
        order by s.company_id
    ) as companies,
    coalesce(
        (
            select
                jsonb_agg(
                    jsonb_build_object(
                        'investor_id', i.investor_id,
                        'investor_code', i.investor_code,
                        'name', i.name
                    )
                    order by i.investor_code
                )
            from security.user_investor as s
            inner join fund.investor as i on s.investor_id = i.investor_id
            where s.user_id = u.user_id
        ),
        '[]'
    ) as investors,
    u.is_active as active,
    (
        select min(l.login)
        from security.database_login as l
        where l.user_id = u.user_id
    ) as database_login,
    u.created_at,
    u.last_update_date,
    u.row_version
from security.app_user as u
inner join security.person as p on u.user_id = p.user_id
where u.user_id <> '00000000-0000-0000-0000-000000000000';

comment on view security.user_record is
'One row per user, in the keys of GET /v1/users.';
grant select on security.user_record to qb_admin, qb_auditor;
