-- A mark: the investments stand at fair value from then on, the result becomes the partners'
-- capital, and what that comes to is the net asset value.
create or replace function fund._write_nav(
    p_event fund.event
)
returns void
language plpgsql
volatile
security invoker
set search_path = ''
as $$
declare
    v_fair_value numeric := fund._read_amount(p_event.request, 'fair_value');
    v_change numeric;
    v_results jsonb;
begin
    perform fund.check_fields(p_event.request, array['as_of', 'fair_value', 'memo']);
    perform fund._check_mark(p_event);

    select v_fair_value - coalesce(sum(m.debit - m.credit), 0)
    into v_change
    from ledger.movements(p_event.fund_id, '-infinity', p_event.event_on) as m
    inner join fund.fund as f on f.fund_id = p_event.fund_id and m.currency = f.currency
    where m.account_number in ('1200', '1250');
    perform fund._post(
        p_event,
        'fair_value_change',
        p_event.event_on,
        p_event.request ->> 'memo',
        jsonb_build_array(
            jsonb_build_object('account', '1250', 'debit', v_change),
            jsonb_build_object('account', '4100', 'credit', v_change)
        )
    );

    select coalesce(
        jsonb_object_agg(r.investor_id, r.result_amount)
        filter (where r.weight <> 0 or r.result_amount <> 0),
        '{}'
    )
    into v_results
    from fund._allocate_result(p_event, p_event.event_on) as r;

    with
    capital as materialized (
        select
            c.partner_id,
            sum(c.amount) as amount
        from ledger.partners_capital(p_event.fund_id, p_event.event_on) as c
        inner join fund.fund as f on f.fund_id = p_event.fund_id and c.currency = f.currency
        group by c.partner_id
    ),

    mark as (
        insert into fund.nav (
            fund_id, event_id, as_of, fair_value, nav_amount, last_entry_number, memo
        )
        select
            p_event.fund_id,
            p_event.event_id,
            p_event.event_on,
            v_fair_value,
            coalesce(sum(c.amount), 0),
            (
                select coalesce(max(j.entry_number), 0)
                from ledger.journal_entry as j
                where j.fund_id = p_event.fund_id
            ),
            p_event.request ->> 'memo'
        from capital as c
    )

    insert into fund.nav_line (
        fund_id, event_id, event_on, line_number, nav_id, investor_id, result_amount, nav_amount
    )
    select
        p_event.fund_id,
        p_event.event_id,
        p_event.event_on,
        row_number() over (order by i.investor_code collate "C"),
        p_event.event_id,
        i.investor_id,
        coalesce((v_results ->> i.investor_id::text)::numeric, 0),
        coalesce(c.amount, 0)
    from fund.commitment as p
    inner join fund.investor as i on p.investor_id = i.investor_id
    left join capital as c on i.investor_id = c.partner_id
    where p.fund_id = p_event.fund_id and (v_results ? i.investor_id::text or c.amount <> 0);
end
$$;

comment on function fund._write_nav(fund.event) is
'Writes a mark: the change of fair value and the allocation of the result are posted, each '
'partner''s capital account is kept. Raises QB400 nav_at_quarter_end, required, unknown_field, '
'what fund._read_amount raises, QB409 nav_in_order_of_days, nav_in_one_currency, '
'allocation_has_a_share.';
