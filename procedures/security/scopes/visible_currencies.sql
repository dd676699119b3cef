-- Currencies in which the companies that a narrowed user or a submitter sees have reported or were
-- valued. Rates of a quarter are kept for what is in use: all of them would tell what hidden
-- companies use.
create or replace function security.visible_currencies()
returns text[]
-- Plans that are kept for the session: as in security.current_user_id.
language plpgsql
stable
parallel safe
-- Definer: rows of visible companies are read once, past the row security that would ask again.
security definer
set search_path = ''
as $$
declare
    v_company_ids text[] := security.visible_companies();
begin
    return array(
        select i.currency
        from company.metrics_input as i
        where i.company_id = any(v_company_ids)
        union
        select u.currency
        from company.company as c
        cross join lateral (values (c.reporting_currency), (c.valuation_currency)) as u (currency)
        where c.company_id = any(v_company_ids) and u.currency is not null
        union
        select v.currency
        from company.valuation_round as v
        where v.company_id = any(v_company_ids)
    );
end
$$;

comment on function security.visible_currencies() is
'ISO 4217 codes of amounts of companies that the current, narrowed user or submitter sees; empty '
'for everybody else.';
grant execute on function security.visible_currencies() to
qb_submitter, qb_editor_scoped, qb_viewer_scoped;
