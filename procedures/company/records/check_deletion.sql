-- A company goes after its quarters: together in one statement they would go unseen by the
-- derivation, which finds no company to lock, and what was derived of them would stay.
create or replace function company.check_deletion()
returns trigger
language plpgsql
volatile
-- Definer: row security hides what was derived of a company that is gone.
security definer
set search_path = ''
as $$
declare
    v_company_id text;
begin
    select o.company_id
    into v_company_id
    from old_rows as o
    where
        exists (select from company.quarter_count as q where q.company_id = o.company_id)
        or exists (
            select
            from company.quarterly_reporting_metrics as m
            where m.company_id = o.company_id
        )
    order by o.company_id
    limit 1;

    if found then
        raise exception using
            errcode = 'QB409',
            constraint = 'company_has_inputs',
            column = 'company_id',
            message = 'The company has reported quarters and cannot be deleted.',
            detail = v_company_id,
            hint = 'Delete its quarters first, by a statement of their own, or archive it.';
    end if;
    return null;
end
$$;

comment on function company.check_deletion() is
'Trigger _300_check_delete on company.company. Raises QB409 company_has_inputs.';
