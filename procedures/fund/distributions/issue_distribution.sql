-- Distributes cash to the partners.
create or replace function fund.issue_distribution(
    p_fund_id uuid,
    p_distribution jsonb,
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
    from fund.run_event(p_fund_id, 'distribution', p_distribution, p_key, p_preview) as r
$$;

comment on function fund.issue_distribution(uuid, jsonb, text, boolean) is
'Records a distribution, p_distribution {declared_on, paid_on, amount, recallable_amount, purpose, '
'lines: [{investor, amount, recallable_amount}]}: amounts in the fund''s currency; paid_on is '
'declared_on when left out; without lines it is shared pro rata to commitment, to the cent, so '
'that running totals of all distributions are within a cent of the exact ones. What of it is '
'recallable is said here and never changed; it expires by the terms. Returns and raises what '
'fund.run_event does, and QB409 distribution_within_cash, QB400 distribution_split_sums, '
'distribution_recallable_sums, recallable_within_amount, partner_named_once, lines_are_a_list.';
grant execute on function fund.issue_distribution(uuid, jsonb, text, boolean) to
qb_admin, qb_editor, qb_editor_scoped;
