-- POST /v1/fx/quarantine/{id}/reject: a person says that a refused fixing is wrong. No rate
-- changes; the same fixing, received again, does not wait a second time.
create or replace function fx.reject_quarantined(
    p_quarantine_id bigint,
    p_if_match text default null
)
returns table (status integer, etag text, body text)
language plpgsql
volatile
-- Definer: the quarantine is nobody's to write but the functions of this room.
security definer
set search_path = ''
as $$
declare
    v_fixing fx.quarantine;
begin
    v_fixing := fx._lock_quarantined(p_quarantine_id, p_if_match);
    if v_fixing.status <> 'open' then
        raise exception using
            errcode = 'QB409',
            constraint = 'quarantine_decided_once',
            message = 'This fixing does not wait any more.',
            detail = format('It is %s.', v_fixing.status),
            hint = 'Release another fixing of that day, or record one under the source "manual".';
    end if;

    update fx.quarantine as q
    set status = 'rejected'
    where q.quarantine_id = p_quarantine_id;

    return query
    select d.status, d.etag, d.body
    from fx._quarantined_body(p_quarantine_id, 'The fixing is rejected.') as d;
end
$$;

comment on function fx.reject_quarantined(bigint, text) is
'Marks an open quarantined fixing as rejected; no rate changes. p_if_match: header If-Match. '
'Raises QB404 quarantine_not_found; QB412 stale_version; QB409 quarantine_decided_once.';
grant execute on function fx.reject_quarantined(bigint, text) to qb_admin, qb_editor;
