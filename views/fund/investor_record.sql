-- An investor as the API answers it, with those of its funds that the reader sees. To an investor
-- the people who keep it are the firm.
create or replace view fund.investor_record
with (security_invoker = true)
as
select
    i.investor_id,
    i.investor_code,
    i.name,
    i.investor_type,
    i.country,
    (
        select
            coalesce(
                jsonb_agg(
                    jsonb_build_object('fund_id', f.fund_id, 'name', f.name)
                    order by f.name
                ),
                '[]'
            )
        from fund.commitment as c
        inner join fund.fund as f on c.fund_id = f.fund_id
        where c.investor_id = i.investor_id
    ) as funds,
    i.created_date,
    coalesce(
        cu.display_name,
        case when current_user = 'qb_investor' then 'The firm' else 'Former user' end
    ) as created_by,
    i.last_update_date,
    case
        when i.last_updated_by is null then null
        when lu.display_name is not null then lu.display_name
        when current_user = 'qb_investor' then 'The firm'
        else 'Former user'
    end as last_updated_by,
    i.row_version
from fund.investor as i
left join security.person as cu on i.created_by = cu.user_id
left join security.person as lu on i.last_updated_by = lu.user_id;

comment on view fund.investor_record is
'One row per investor, in the keys of GET /v1/investors.';
grant select on fund.investor_record to
qb_admin, qb_editor, qb_viewer, qb_auditor, qb_editor_scoped, qb_viewer_scoped, qb_investor;
