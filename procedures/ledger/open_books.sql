-- Opens the books of a fund: its own copy of the template chart, and the first period. Whether
-- called capital that is not paid yet is an asset or, as US GAAP usually shows it, taken off the
-- capital, is what kind of account 1100 is from then on: every statement follows from the chart.
create or replace function ledger.open_books(
    p_fund_id uuid,
    p_first_on date default null,
    p_period_months integer default 3,
    p_receivable_as text default 'asset'
)
returns integer
language plpgsql
volatile
security invoker
set search_path = ''
as $$
declare
    v_accounts integer;
begin
    if not exists (select from fund.fund as f where f.fund_id = p_fund_id) then
        raise exception using
            errcode = 'QB404',
            constraint = 'fund_not_found',
            column = 'fund_id',
            message = 'There is no fund with this fund_id.',
            hint = 'bi.fund lists the funds you may see.';
    elsif p_receivable_as is null or p_receivable_as not in ('asset', 'equity') then
        raise exception using
            errcode = 'QB400',
            constraint = 'receivable_presentation_known',
            column = 'receivable_as',
            message = 'Called capital is shown as an asset or taken off equity.',
            hint = 'Send asset or equity.';
    end if;

    insert into ledger.book (fund_id, first_on, period_months)
    values (
        p_fund_id,
        coalesce(p_first_on, date_trunc('year', ops.today())::date),
        coalesce(p_period_months, 3)
    )
    on conflict (fund_id) do nothing;
    if not found then
        raise exception using
            errcode = 'QB409',
            constraint = 'books_are_opened_once',
            column = 'fund_id',
            message = 'The books of this fund are open already.',
            hint = 'Add or reword single accounts in ledger.account.';
    end if;

    insert into ledger.account (
        fund_id, account_number, name, kind, normal_side, takes_partner
    )
    select
        p_fund_id,
        t.account_number,
        t.name,
        case when t.account_number = '1100' then p_receivable_as else t.kind end,
        t.normal_side,
        t.takes_partner
    from ledger.template_account as t;
    get diagnostics v_accounts = row_count;

    insert into ledger.period (fund_id, first_on)
    select
        b.fund_id,
        b.first_on
    from ledger.book as b
    where b.fund_id = p_fund_id;
    return v_accounts;
end
$$;

comment on function ledger.open_books(uuid, date, integer, text) is
'Opens the books of a fund with the template chart; returns the number of its accounts. p_first_on '
'(first of a month; null: 1 January of this year) is the first day that can be posted to, '
'p_period_months the length of a period, p_receivable_as (asset or equity) how called capital is '
'shown until it is paid. Raises QB404 fund_not_found, QB400 receivable_presentation_known, QB409 '
'books_are_opened_once, 23514 book_begins_with_a_month, book_period_divides_the_year.';
grant execute on function ledger.open_books(uuid, date, integer, text) to
qb_admin, qb_editor, qb_editor_scoped;
