-- The balance sheet: assets, liabilities and equity on the evening of a day. What income and
-- expense accounts have earned since the books began is equity too, in a row of its own; what of it
-- was allocated to partners stands beside it, once in theirs and once, the other way, in 3590.
create or replace function ledger.balance_sheet(
    p_fund_id uuid,
    p_as_of date default null
)
returns table (
    section text,
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
    balance as (
        select
            t.account_number,
            t.account_name,
            t.kind,
            t.currency,
            t.total_debit,
            t.total_credit
        from ledger.trial_balance(p_fund_id, p_as_of) as t
    )

    select
        s.section,
        s.account_number,
        s.account_name,
        s.currency,
        s.amount::numeric(20, 2)
    from (
        select
            t.kind as section,
            t.account_number,
            t.account_name,
            t.currency,
            case
                when t.kind = 'asset' then t.total_debit - t.total_credit
                else t.total_credit - t.total_debit
            end as amount
        from balance as t
        where t.kind in ('asset', 'liability', 'equity')
        union all
        select
            'equity',
            null,
            'Result since the books began',
            t.currency,
            sum(t.total_credit - t.total_debit)
        from balance as t
        where t.kind in ('income', 'expense')
        group by t.currency
    ) as s
    order by
        array_position(array['asset', 'liability', 'equity'], s.section),
        s.account_number,
        s.currency
$$;

comment on function ledger.balance_sheet(uuid, date) is
'One row per account of section asset, liability or equity and currency by p_as_of (null: today), '
'and one for the result (account_number null); amount in units of currency, positive where the '
'section has it, negative on contra accounts. Assets equal liabilities plus equity.';
grant execute on function ledger.balance_sheet(uuid, date) to
qb_admin, qb_editor, qb_viewer, qb_auditor, qb_editor_scoped, qb_viewer_scoped;
