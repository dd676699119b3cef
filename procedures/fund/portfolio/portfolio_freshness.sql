-- How old the kept totals are. A change counts from when it was made: the note of a long
-- transaction is older than its commit. A deployment of another formula is one, too.
create or replace function fund.portfolio_freshness()
returns table (refreshed_at timestamptz, stale_since timestamptz)
language sql
stable
-- Definer: notes are granted to nobody, their age to every reader.
security definer
set search_path = ''
as $$
    select
        r.refreshed_at,
        least(
            (select min(m.changed_at) from fund.portfolio_change as m), fund._outdated_since()
        ) as stale_since
    from fund.portfolio_refresh as r
$$;

comment on function fund.portfolio_freshness() is
'When the totals of fund.portfolio_quarter last changed, and since when a change has been waiting '
'to be in them; null: they are what companies'' numbers add up to now.';
grant execute on function fund.portfolio_freshness() to
qb_admin, qb_editor, qb_viewer, qb_auditor, qb_editor_scoped, qb_viewer_scoped;
