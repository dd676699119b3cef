-- An interest in the fund changes hands, whole or in part, with all its history.
create or replace function fund.transfer_commitment(
    p_fund_id uuid,
    p_transfer jsonb,
    p_key text default null,
    p_preview boolean default false
)
returns table (event_id uuid, event_number bigint, is_repeat boolean, event jsonb)
language sql
volatile
security invoker
set search_path = ''
as $$
    select r.event_id, r.event_number, r.is_repeat, r.event
    from fund.run_event(p_fund_id, 'transfer', p_transfer, p_key, p_preview) as r
$$;

comment on function fund.transfer_commitment(uuid, jsonb, text, boolean) is
'Records a transfer, p_transfer {seller, buyer, transferred_on, fraction or commitment_amount, '
'investor_class, memo}: the buyer, a partner or any other investor, takes over that part (none '
'given: all) of the seller''s commitment, calls, payments, distributions, fees and capital; each '
'amount is cut off to the cent, and what is left stays with the seller. Advances move with the '
'whole interest only. Returns and raises what fund.run_event does.';
grant execute on function fund.transfer_commitment(uuid, jsonb, text, boolean) to
qb_admin, qb_editor, qb_editor_scoped;
