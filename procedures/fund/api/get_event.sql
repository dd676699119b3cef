-- GET /v1/funds/{fund_id}/events/{event_id}: an event with everything that it wrote.
create or replace function fund.get_event(
    p_fund_id uuid,
    p_event_id uuid
)
returns table (status integer, etag text, body text)
language plpgsql
stable
security invoker
set search_path = ''
as $$
declare
    v_event jsonb;
begin
    perform fund.require_fund(p_fund_id);
    v_event := fund.event_record(p_fund_id, p_event_id);
    if v_event is null then
        raise exception using
            errcode = 'QB404',
            constraint = 'event_not_found',
            column = 'event_id',
            message = 'The fund has no such event.',
            hint = 'GET /v1/funds/{id}/events lists what was recorded.';
    end if;
    return query select 200, null::text, ops.success_body(200, 'Event.', v_event::json);
end
$$;

comment on function fund.get_event(uuid, uuid) is
'One event as fund.event_record shows it. Raises QB404 fund_not_found, event_not_found.';
grant execute on function fund.get_event(uuid, uuid) to
qb_admin, qb_editor, qb_viewer, qb_auditor, qb_editor_scoped, qb_viewer_scoped;
