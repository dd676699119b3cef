-- Opens a fund's books when a payload says how, or when they belong to what is asked. They begin
-- with the vintage year unless it says otherwise, and are opened once: what they are then is said
-- again without harm, and is not changed.
create or replace function fund.open_books_as_sent(
    p_fund fund.fund,
    p_payload jsonb,
    p_opens_books boolean
)
returns void
language plpgsql
volatile
security invoker
set search_path = ''
as $$
declare
    v_book record;
    v_first_on date := (p_payload ->> 'books_first_on')::date;
    v_period_months integer := (p_payload ->> 'books_period_months')::integer;
    v_receivable_as text := p_payload ->> 'receivable_as';
begin
    select
        b.first_on,
        b.period_months,
        a.kind as receivable_as
    into v_book
    from ledger.book as b
    left join ledger.account as a on b.fund_id = a.fund_id and a.account_number = '1100'
    where b.fund_id = p_fund.fund_id;
    if found then
        if
            v_first_on <> v_book.first_on
            or v_period_months <> v_book.period_months
            or v_receivable_as <> v_book.receivable_as
        then
            raise exception using
                errcode = 'QB409',
                constraint = 'books_are_opened_once',
                column = 'books_first_on',
                message = 'The books of this fund are open already.',
                detail = format(
                    'They begin on %s, with periods of %s months.',
                    v_book.first_on, v_book.period_months
                ),
                hint = 'Leave books_first_on, books_period_months and receivable_as out.';
        end if;
    elsif p_opens_books or num_nonnulls(v_first_on, v_period_months, v_receivable_as) > 0 then
        perform ledger.open_books(
            p_fund.fund_id,
            coalesce(v_first_on, make_date(p_fund.vintage_year, 1, 1)),
            v_period_months,
            coalesce(v_receivable_as, 'asset')
        );
    end if;
end
$$;

comment on function fund.open_books_as_sent(fund.fund, jsonb, boolean) is
'Opens the books of a fund by books_first_on (default: 1 January of the vintage year, else of this '
'year), books_period_months (3) and receivable_as (asset), when one of them is sent or '
'p_opens_books. Raises QB409 books_are_opened_once, and what ledger.open_books raises.';
grant execute on function fund.open_books_as_sent(fund.fund, jsonb, boolean) to
qb_admin, qb_editor, qb_editor_scoped;
