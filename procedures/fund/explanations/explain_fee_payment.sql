-- A payment of the management fee to the manager: out of what was payable. It changes no partner's
-- capital; what each bears was set when the fee was accrued.
create or replace function fund.explain_fee_payment(
    p_fund_id uuid,
    p_event_id uuid,
    p_investor_id uuid
)
returns table (step integer, what text, amount numeric, explanation text)
language sql
stable
security invoker
set search_path = ''
as $$
    select
        x.step,
        x.what,
        x.amount,
        x.explanation
    from fund.fee_payment as p
    inner join fund.event as e on p.fund_id = e.fund_id and p.event_id = e.event_id
    inner join fund.commitment as c on p.fund_id = c.fund_id
    cross join lateral (
        select coalesce(sum(l.credit - l.debit), 0) as amount
        from ledger.journal_entry as o
        inner join ledger.journal_entry as j
            on o.fund_id = j.fund_id and o.entry_number > j.entry_number
        inner join ledger.journal_line as l
            on
                j.fund_id = l.fund_id
                and j.entry_on = l.entry_on
                and j.entry_id = l.entry_id
        where
            o.fund_id = p.fund_id
            and o.source_room = 'fund'
            and o.source_key = p.event_id::text
            and o.kind <> 'reversal'
            and l.account_number = '2200'
            and l.entry_on <= p.paid_on
    ) as payable
    cross join lateral (
        select coalesce(sum(l.net_amount), 0) as amount
        from fund.fee_line as l
        inner join fund.event as y on l.fund_id = y.fund_id and l.event_id = y.event_id
        where
            l.fund_id = p.fund_id
            and l.investor_id = c.investor_id
            and l.event_on <= p.paid_on
            and y.event_number < e.event_number
    ) as own
    cross join lateral (
        values
        (1, 'payable', payable.amount, 'Account 2200: net fees of all, less what was paid.'),
        (2, 'paid', p.amount, format('To the manager on %s.', p.paid_on)),
        (3, 'left', payable.amount - p.amount, 'Payable still.'),
        (
            4,
            'own fees',
            own.amount,
            'Net fees of the partner so far, borne since they were accrued: paying them changes no '
            'partner''s capital.'
        )
    ) as x (step, what, amount, explanation)
    where p.fund_id = p_fund_id and p.event_id = p_event_id and c.investor_id = p_investor_id
$$;

comment on function fund.explain_fee_payment(uuid, uuid, uuid) is
'What the payment p_event_id of the management fee was made out of, and what fees the partner '
'bears; amounts in the fund''s currency. For fund.explain_line.';
grant execute on function fund.explain_fee_payment(uuid, uuid, uuid) to
qb_admin, qb_editor, qb_viewer, qb_auditor, qb_editor_scoped, qb_viewer_scoped;
