-- POST below /v1/funds/{fund_id}: one thing done to a fund, answered by the event that it became;
-- a preview is answered by the event that it would become.
create or replace function fund.submit_event(
    p_fund_id uuid,
    p_kind text,
    p_request jsonb,
    p_key text default null,
    p_preview boolean default false
)
returns table (status integer, etag text, body text)
language sql
volatile
security invoker
set search_path = ''
as $$
    select
        s.code,
        null::text,
        ops.success_body(
            s.code,
            case when p_preview then 'Preview: nothing was recorded.' else 'Recorded.' end,
            r.event::json,
            json_build_object('preview', p_preview)
        )
    from fund.run_event(p_fund_id, p_kind, p_request, p_key, p_preview) as r
    cross join lateral (select case when p_preview then 200 else 201 end as code) as s
$$;

comment on function fund.submit_event(uuid, text, jsonb, text, boolean) is
'Records an event by fund.run_event and answers it (201, and the same again for a repeated p_key; '
'a preview 200). Raises what fund.run_event raises.';
grant execute on function fund.submit_event(uuid, text, jsonb, text, boolean) to
qb_admin, qb_editor, qb_editor_scoped;
