-- What the leading clock looks after, every few seconds: runs that lost their node, rates that grew
-- too old.
create or replace function ops.keep_watch()
returns void
language plpgsql
volatile
-- Definer: runs and alerts are recorded by these functions only.
security definer
set search_path = ''
as $$
begin
    perform ops._close_lost_runs(null);
    perform ops._watch_exchange_rates();
end
$$;

comment on function ops.keep_watch() is
'Records runs that lost their node as failed, raises and resolves the alert fx_stale.';
grant execute on function ops.keep_watch() to qb_jobs;
