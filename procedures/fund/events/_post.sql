-- Posts what an event means to the books, in the fund's currency: lines of no amount are left out,
-- and a negative one stands on the other side.
create or replace function fund._post(
    p_event fund.event,
    p_kind text,
    p_entry_on date,
    p_memo text,
    p_lines jsonb
)
returns void
language plpgsql
volatile
security invoker
set search_path = ''
as $$
declare
    v_currency text;
    v_lines jsonb;
begin
    select f.currency into v_currency from fund.fund as f where f.fund_id = p_event.fund_id;
    if v_currency is null then
        raise exception using
            errcode = 'QB409',
            constraint = 'fund_has_currency',
            column = 'currency',
            message = 'The fund has no currency yet.',
            hint = 'PATCH /v1/funds/{id} sets it.';
    end if;

    select
        jsonb_agg(
            jsonb_build_object(
                'account', l.account,
                'partner_id', l.partner_id,
                'currency', v_currency,
                'debit', greatest(l.debit, 0) + greatest(-l.credit, 0),
                'credit', greatest(l.credit, 0) + greatest(-l.debit, 0)
            )
            order by l.line_number
        )
    into v_lines
    from rows from (
        jsonb_to_recordset(p_lines) as (
            account text, partner_id uuid, debit numeric, credit numeric
        )
    ) with ordinality as x (account, partner_id, debit, credit, line_number)
    cross join lateral (
        select
            x.account,
            x.partner_id,
            coalesce(x.debit, 0) as debit,
            coalesce(x.credit, 0) as credit,
            x.line_number
    ) as l
    where l.debit <> l.credit;
    if v_lines is null then
        return;
    end if;

    perform ledger.write_entry(
        p_event.fund_id,
        jsonb_build_object(
            'entry_on', p_entry_on,
            'kind', p_kind,
            'memo', p_memo,
            'source_room', 'fund',
            'source_key', p_event.event_id,
            'lines', v_lines
        ),
        null
    );
end
$$;

comment on function fund._post(fund.event, text, date, text, jsonb) is
'Posts an entry of p_kind on p_entry_on from p_lines [{account, partner_id, debit, credit}], each '
'with a debit or a credit; nothing when every amount is 0. Raises QB409 fund_has_currency, what '
'ledger.write_entry raises.';
