-- Brings the kept totals up to date: takes the notes of what changed and computes those quarters of
-- those funds again, for as long as it may; what is left is noted again. Each quarter is computed
-- from what is committed by then, which is at least what the notes it took are about. Whoever is
-- killed in the middle leaves notes and totals as they were.
create or replace function fund.refresh_portfolio(
    p_seconds double precision default 1.5
)
returns table (quarters_refreshed integer, quarters_left integer)
language plpgsql
volatile
-- Definer: totals and notes are nobody's to write but these functions'.
security definer
set search_path = ''
as $$
declare
    v_until timestamptz := clock_timestamp() + make_interval(secs => p_seconds);
    v_changes record;
    v_count integer;
begin
    quarters_refreshed := 0;
    quarters_left := 0;
    perform fund._mark_after_deployment();
    -- As a rule: nothing is locked, nothing written.
    if not exists (select from fund.portfolio_change) then
        return next;
        return;
    end if;

    -- One at a time: of two, the one that read earlier could write last.
    perform from fund.portfolio_refresh for update;
    select c.* into v_changes from fund._take_changes() as c;
    v_count := coalesce(cardinality(v_changes.ordinals), 0);
    while
        quarters_refreshed < v_count
        and (quarters_refreshed = 0 or clock_timestamp() < v_until)
    loop
        quarters_refreshed := quarters_refreshed + 1;
        perform fund._refresh_quarter(
            v_changes.fund_ids[quarters_refreshed], v_changes.ordinals[quarters_refreshed]
        );
    end loop;

    quarters_left := v_count - quarters_refreshed;
    if quarters_left > 0 then
        perform fund._put_changes_back(
            v_changes.fund_ids[quarters_refreshed + 1:],
            v_changes.ordinals[quarters_refreshed + 1:],
            v_changes.changed_at[quarters_refreshed + 1:]
        );
    end if;
    if quarters_refreshed > 0 then
        update fund.portfolio_refresh set refreshed_at = clock_timestamp();
    end if;
    return next;
end
$$;

comment on function fund.refresh_portfolio(double precision) is
'Computes the totals of fund.portfolio_quarter again where something changed, what has waited '
'longest and the newest quarters by turns, for about p_seconds; returns how many quarters of funds '
'were computed and how many are left.';
grant execute on function fund.refresh_portfolio(double precision) to qb_jobs, qb_admin;
