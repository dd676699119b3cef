-- POST /v1/funds/{fund_id}/events/{event_id}/reversal: takes an event back.
create or replace function fund.submit_reversal(
    p_fund_id uuid,
    p_event_id uuid,
    p_reversal jsonb default '{}',
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
        a.status,
        a.etag,
        a.body
    from fund.submit_event(
        p_fund_id,
        'reversal',
        p_reversal || jsonb_build_object('event_id', p_event_id),
        p_key,
        p_preview
    ) as a
$$;

comment on function fund.submit_reversal(uuid, uuid, jsonb, text, boolean) is
'Records the reversal of an event, on p_reversal''s reversed_on with its memo, by '
'fund.submit_event. Raises what that raises.';
grant execute on function fund.submit_reversal(uuid, uuid, jsonb, text, boolean) to
qb_admin, qb_editor, qb_editor_scoped;
