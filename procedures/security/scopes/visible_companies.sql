-- The one definition of which companies a narrowed user or a submitter sees: those of the user's
-- funds, and those given one by one. Row security asks it once a statement, so that it has to cost
-- less than the smallest query: 500 companies of a fund take 0.07 ms from an index that holds both
-- columns, with one plan kept for the session (0.15 ms when planned for each array).
create or replace function security.visible_companies()
returns text[]
language plpgsql
stable
parallel safe
-- Definer: the companies of a fund are read past the row security that asks.
security definer
set search_path = ''
set plan_cache_mode = 'force_generic_plan'
as $$
declare
    v_fund_ids uuid[] := security.visible_funds();
begin
    return security.visible_single_companies()
        || array(select c.company_id from company.company as c where c.fund_id = any(v_fund_ids));
end
$$;

comment on function security.visible_companies() is
'company_id of every company the current, narrowed user or submitter sees; empty for everybody '
'else.';
grant execute on function security.visible_companies() to
qb_submitter, qb_editor_scoped, qb_viewer_scoped;
