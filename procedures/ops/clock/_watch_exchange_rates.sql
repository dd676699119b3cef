-- Keeps the alert fx_stale: open while the newest fixing of the preferred source is too old.
create or replace function ops._watch_exchange_rates()
returns void
language plpgsql
volatile
security invoker
set search_path = ''
as $$
declare
    v_source record;
begin
    select f.* into v_source from ops.source_freshness as f where f.is_preferred and f.is_stale;
    if found then
        perform ops._raise_alert(
            'fx_stale',
            null,
            null,
            jsonb_build_object(
                'source_id', v_source.source_id,
                'newest_on', v_source.newest_on,
                'stale_after_days', v_source.stale_after_days
            )
        );
    else
        update ops.alert as a
        set resolved_at = ops.now()
        where a.kind = 'fx_stale' and a.resolved_at is null;
    end if;
end
$$;

comment on function ops._watch_exchange_rates() is
'Raises the alert fx_stale while ops.source_freshness says so, and resolves it afterwards.';
