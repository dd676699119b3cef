-- Whether an event was taken back. Investors do not read events, and yet a payment that was taken
-- back must not look to them as if it stood.
create or replace function fund.is_reversed(
    p_fund_id uuid,
    p_event_id uuid
)
returns boolean
language sql
stable
-- Definer: tells of an event that the reader knows already no more than this.
security definer
set search_path = ''
as $$
    select exists (
        select
        from fund.event as e
        where e.fund_id = p_fund_id and e.reverses_event_id = p_event_id
    )
$$;

comment on function fund.is_reversed(uuid, uuid) is
'True when a reversal of the event was recorded.';
grant execute on function fund.is_reversed(uuid, uuid) to
qb_admin, qb_editor, qb_viewer, qb_auditor, qb_editor_scoped, qb_viewer_scoped, qb_investor;
