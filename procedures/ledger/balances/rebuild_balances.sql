-- Adds all lines up again, should the kept balances ever be wrong: the cure that
-- ops.check_period_balances_are_right names, and the measure of what the trigger keeps.
create or replace function ledger.rebuild_balances()
returns bigint
language plpgsql
volatile
-- Invoker: only the owner may write here, and only the owner may run this.
security invoker
set search_path = ''
as $$
declare
    v_changed bigint;
    v_removed bigint;
begin
    -- Postings wait: they change these numbers.
    lock table ledger.journal_line in share row exclusive mode;

    insert into ledger.period_balance as b (
        fund_id, first_on, account_number, currency, partner_id, debit, credit
    )
    select
        d.fund_id,
        d.first_on,
        d.account_number,
        d.currency,
        d.partner_id,
        d.debit,
        d.credit
    from ledger.derived_period_balance as d
    on conflict (fund_id, first_on, account_number, currency, partner_id) do update
    set
        debit = excluded.debit,
        credit = excluded.credit
    where row(b.debit, b.credit) is distinct from row(excluded.debit, excluded.credit);
    get diagnostics v_changed = row_count;

    delete from ledger.period_balance as b
    where not exists (
        select
        from ledger.derived_period_balance as d
        where
            d.fund_id = b.fund_id
            and d.first_on = b.first_on
            and d.account_number = b.account_number
            and d.currency = b.currency
            and d.partner_id is not distinct from b.partner_id
    );
    get diagnostics v_removed = row_count;
    return v_changed + v_removed;
end
$$;

comment on function ledger.rebuild_balances() is
'Computes the kept balances of all periods again; returns how many were wrong.';
