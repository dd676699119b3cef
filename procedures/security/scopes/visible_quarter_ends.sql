-- Fiscal quarter ends that the companies have reported which a narrowed user or a submitter sees.
-- Rates of a quarter are kept for what is in use: all of them would tell what hidden companies use.
create or replace function security.visible_quarter_ends()
returns date[]
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
        select distinct i.fiscal_reporting_date
        from company.metrics_input as i
        where i.company_id = any(v_company_ids)
    );
end
$$;

comment on function security.visible_quarter_ends() is
'Last days of the fiscal quarters reported by companies that the current, narrowed user or '
'submitter sees; empty for everybody else.';
grant execute on function security.visible_quarter_ends() to
qb_submitter, qb_editor_scoped, qb_viewer_scoped;
