-- Computes every kept total again, in one statement over all companies: for whoever changed derived
-- rows by hand, and as the measure of what refreshes keep.
create or replace function fund.rebuild_portfolio()
returns bigint
language plpgsql
volatile
-- Definer: totals and notes are nobody's to write but these functions'.
security definer
set search_path = ''
as $$
declare
    v_written bigint;
begin
    -- Its lock: one refresh at a time.
    update fund.portfolio_refresh set refreshed_at = clock_timestamp();
    perform fund._mark_after_deployment();
    -- What is committed up to here is computed below; what comes later notes itself again.
    delete from fund.portfolio_change;
    delete from fund.portfolio_quarter_total;
    insert into fund.portfolio_quarter_total
    select d.*
    from fund.derived_portfolio_quarter as d;
    get diagnostics v_written = row_count;
    update fund.portfolio_refresh set refreshed_at = clock_timestamp();
    return v_written;
end
$$;

comment on function fund.rebuild_portfolio() is
'Computes all totals of fund.portfolio_quarter again; returns how many rows they are.';
grant execute on function fund.rebuild_portfolio() to qb_admin;
