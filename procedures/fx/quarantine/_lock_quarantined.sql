-- A quarantined fixing, locked for the decision about it.
create or replace function fx._lock_quarantined(
    p_quarantine_id bigint,
    p_if_match text
)
returns fx.quarantine
language plpgsql
volatile
security invoker
set search_path = ''
as $$
declare
    v_fixing fx.quarantine;
begin
    select q.* into v_fixing
    from fx.quarantine as q
    where q.quarantine_id = p_quarantine_id
    for update;
    if v_fixing.quarantine_id is null then
        raise exception using
            errcode = 'QB404',
            constraint = 'quarantine_not_found',
            column = 'quarantine_id',
            message = 'There is no such quarantined fixing.',
            hint = 'GET /v1/fx/quarantine lists them.';
    end if;
    perform ops.check_if_match(p_if_match, v_fixing.row_version);
    return v_fixing;
end
$$;

comment on function fx._lock_quarantined(bigint, text) is
'Locks and returns a row of fx.quarantine. Raises QB404 quarantine_not_found, QB412 stale_version.';
