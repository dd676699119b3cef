-- A close: admits partners and raises commitments; when something was called or distributed before,
-- everybody is put where he would be had all been there from the first, in money, on this day.
create or replace function fund._write_close(
    p_event fund.event
)
returns void
language plpgsql
volatile
security invoker
set search_path = ''
as $$
begin
    perform fund.check_fields(
        p_event.request, array['closed_on', 'commitments', 'excuses', 'memo']
    );
    perform fund._check_nothing_paid_later(p_event);
    perform fund._admit_partners(p_event);
    perform 1 from fund._read_close_excuses(p_event);
    perform fund._rebalance(p_event);
    perform fund._settle_rebalancing(p_event);
    perform fund._post_rebalancing(p_event);
    perform fund._charge_true_up(p_event);
    perform fund._call_fee_catch_up(p_event);
    perform fund._post_true_up(p_event);
    perform fund._true_up_results(p_event);
    perform fund._check_commitments_hold(p_event);
    perform fund._check_within_unfunded(p_event);
end
$$;

comment on function fund._write_close(fund.event) is
'Writes a close, its legs and their interest. Raises what fund._check_nothing_paid_later, '
'fund._admit_partners, fund._read_close_excuses, fund._rebalance, fund._call_fee_catch_up, '
'fund._true_up_results, fund._check_commitments_hold, fund._check_within_unfunded and fund._post '
'raise.';
