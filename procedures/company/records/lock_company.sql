-- A company's row, locked for a change of it or of what belongs to it, in the order that everybody
-- keeps: the derivation lock, the company, then its rows.
create or replace function company.lock_company(
    p_company_id text
)
returns company.company
language plpgsql
volatile
security invoker
set search_path = ''
as $$
declare
    v_company company.company;
begin
    perform fx.lock_derivation(false);
    -- Seen before it is locked, and read again once it is: nobody holds a company hidden from him.
    if exists (select from company.company as c where c.company_id = p_company_id) then
        perform company.hold_company(p_company_id);
    end if;
    select c.*
    into v_company
    from company.company as c
    where c.company_id = p_company_id;
    if not found then
        raise exception using
            errcode = 'QB404',
            constraint = 'company_not_found',
            column = 'company_id',
            message = 'There is no company with this company_id.',
            hint = 'GET /v1/company/ lists the companies you may see.';
    end if;
    return v_company;
end
$$;

comment on function company.lock_company(text) is
'Takes the derivation lock and the company''s row until commit; returns the row. Raises QB404 '
'company_not_found.';
grant execute on function company.lock_company(text) to
qb_admin, qb_editor, qb_submitter, qb_editor_scoped;
