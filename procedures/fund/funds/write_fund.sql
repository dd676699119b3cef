-- Writes a fund as a payload wants it: what POST and PATCH have in common. The caller has locked
-- the row and looked at its version. An absent key leaves its column, an explicit null clears it.
create or replace function fund.write_fund(
    p_old fund.fund,
    p_payload jsonb,
    p_opens_books boolean
)
returns uuid
language plpgsql
volatile
security invoker
set search_path = ''
as $$
declare
    v_new fund.fund;
    v_fields text[] := array[
        'name', 'currency', 'vintage_year', 'status', 'books_first_on', 'books_period_months',
        'receivable_as'
    ];
begin
    perform fund.check_fields(p_payload, v_fields);
    perform fund.check_readable(
        p_payload,
        v_fields,
        array['text', 'text', 'integer', 'text', 'date', 'integer', 'text']
    );
    v_new := jsonb_populate_record(
        p_old, p_payload - array['books_first_on', 'books_period_months', 'receivable_as']
    );
    v_new.name := btrim(v_new.name);
    if v_new.name is null or (v_new.currency is null and p_opens_books) then
        raise exception using
            errcode = 'QB400',
            constraint = 'required',
            column = case when v_new.name is null then 'name' else 'currency' end,
            message = 'A fund has a name and a currency.',
            hint = 'Send name, and as currency a code of ISO 4217 such as USD.';
    end if;

    if p_old.fund_id is null then
        insert into fund.fund (name, currency, vintage_year, status)
        values (v_new.name, v_new.currency, v_new.vintage_year, v_new.status)
        returning fund_id into v_new.fund_id;
    else
        update fund.fund as f
        set
            name = v_new.name,
            currency = v_new.currency,
            vintage_year = v_new.vintage_year,
            status = v_new.status
        where f.fund_id = p_old.fund_id;
    end if;

    perform fund.open_books_as_sent(v_new, jsonb_strip_nulls(p_payload), p_opens_books);
    return v_new.fund_id;
end
$$;

comment on function fund.write_fund(fund.fund, jsonb, boolean) is
'Creates or updates a fund from name, currency, vintage_year, status, books_first_on, '
'books_period_months and receivable_as laid over its old row, and returns its id; p_opens_books: '
'also when nothing is said of the books. Raises QB400 required, unknown_field, '
'request_is_an_object, value_is_readable, receivable_presentation_known, QB409 '
'fund_keeps_its_currency, books_are_opened_once; the constraints of fund.fund and ledger.book.';
grant execute on function fund.write_fund(fund.fund, jsonb, boolean) to
qb_admin, qb_editor, qb_editor_scoped;
