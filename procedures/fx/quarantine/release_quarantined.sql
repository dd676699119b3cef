-- POST /v1/fx/quarantine/{id}/release: a person says that a refused fixing is right. It becomes the
-- fixing of its day, whatever was there, and no later load changes it.
create or replace function fx.release_quarantined(
    p_quarantine_id bigint,
    p_if_match text default null
)
returns table (status integer, etag text, body text)
language plpgsql
volatile
-- Definer: rates and quarantine are nobody's to write but the functions of this room.
security definer
set search_path = ''
as $$
declare
    v_fixing fx.quarantine;
begin
    -- Locks in the order a load takes them: the derivation, then the row.
    perform fx.lock_derivation(true);
    v_fixing := fx._lock_quarantined(p_quarantine_id, p_if_match);
    if v_fixing.status = 'released' then
        raise exception using
            errcode = 'QB409',
            constraint = 'quarantine_released_once',
            message = 'This fixing has been released already.',
            hint = 'Nothing is left to do: it is the fixing of its day.';
    end if;
    if
        v_fixing.rate_on is null
        or v_fixing.rate_on > ops.today()
        or v_fixing.rate is null
        or v_fixing.rate < 1e-8
        or v_fixing.rate > 1e8
        or not exists (
            select
            from fx.source as s
            inner join fx.currency as c on c.currency <> s.base_currency
            where s.source_id = v_fixing.source_id and c.currency = v_fixing.currency
        )
    then
        raise exception using
            errcode = 'QB409',
            constraint = 'quarantined_fixing_is_usable',
            message = 'This is no fixing that could be used: its day, currency or rate is wrong.',
            detail = format('Reason: %s.', v_fixing.reason),
            hint = 'Record the right rate under the source "manual" with fx.record_rates.';
    end if;

    insert into fx.rate as r (currency, rate_on, source_id, rate, is_corrected)
    values (v_fixing.currency, v_fixing.rate_on, v_fixing.source_id, v_fixing.rate, true)
    on conflict on constraint rate_pkey do update
    set rate = excluded.rate, is_corrected = true, recorded_at = excluded.recorded_at;

    -- There is one fixing a day: what contradicts the chosen one is settled with it.
    update fx.quarantine as q
    set status = case when q.quarantine_id = p_quarantine_id then 'released' else 'superseded' end
    where
        q.source_id = v_fixing.source_id
        and q.currency = v_fixing.currency
        and q.rate_on = v_fixing.rate_on
        and (q.quarantine_id = p_quarantine_id or q.status in ('open', 'released'));

    return query
    select d.status, d.etag, d.body
    from fx._quarantined_body(p_quarantine_id, 'The fixing is released.') as d;
end
$$;

comment on function fx.release_quarantined(bigint, text) is
'Makes a quarantined fixing the fixing of its day, marked is_corrected, and re-derives what it '
'reaches. p_if_match: header If-Match. Raises QB404 quarantine_not_found; QB412 stale_version; '
'QB409 quarantine_released_once, quarantined_fixing_is_usable.';
grant execute on function fx.release_quarantined(bigint, text) to qb_admin, qb_editor;
