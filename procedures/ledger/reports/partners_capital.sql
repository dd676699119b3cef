-- Partners' capital: what each partner's part of the fund is worth in its books on the evening of a
-- day, account by account. What is not allocated to anybody yet stands under no partner, so that
-- all rows of a currency add up to net asset value: assets less liabilities.
create or replace function ledger.partners_capital(
    p_fund_id uuid,
    p_as_of date default null
)
returns table (
    partner_id uuid,
    account_number text,
    account_name text,
    currency text,
    amount numeric
)
language sql
stable
security invoker
set search_path = ''
as $$
    with
    movement as (
        select
            m.partner_id,
            m.account_number,
            m.currency,
            m.credit - m.debit as amount
        from ledger.movements(p_fund_id, '-infinity', coalesce(p_as_of, ops.today())) as m
    )

    select
        c.partner_id,
        c.account_number,
        c.account_name,
        c.currency,
        c.amount::numeric(20, 2)
    from (
        select
            m.partner_id,
            a.account_number,
            a.name as account_name,
            m.currency,
            m.amount
        from movement as m
        inner join ledger.account as a
            on a.fund_id = p_fund_id and m.account_number = a.account_number
        where a.kind = 'equity' and a.takes_partner
        union all
        select
            null,
            null,
            'Not allocated yet',
            m.currency,
            sum(m.amount)
        from movement as m
        inner join ledger.account as a
            on a.fund_id = p_fund_id and m.account_number = a.account_number
        where a.kind in ('income', 'expense') or (a.kind = 'equity' and not a.takes_partner)
        group by m.currency
        having sum(m.amount) <> 0
    ) as c
    order by c.partner_id, c.account_number, c.currency
$$;

comment on function ledger.partners_capital(uuid, date) is
'One row per partner, equity account and currency by p_as_of (null: today), and one per currency '
'for what is allocated to nobody (partner_id null); amount in units of currency, negative for what '
'reduces capital. The rows of a currency add up to net asset value.';
grant execute on function ledger.partners_capital(uuid, date) to
qb_admin, qb_editor, qb_viewer, qb_auditor, qb_editor_scoped, qb_viewer_scoped;
