-- POST /v1/funds: a fund with its books; or the completion of one that only companies have named so
-- far, which has a name and nothing else.
create or replace function fund.create_fund(
    p_fund jsonb
)
returns table (status integer, etag text, body text)
language plpgsql
volatile
security invoker
set search_path = ''
as $$
declare
    v_named fund.fund;
    v_fund_id uuid;
    v_status integer;
begin
    select f.*
    into v_named
    from fund.fund as f
    where f.name = btrim(p_fund ->> 'name') and f.currency is null
    for no key update;
    -- Of another fund's name the unique constraint speaks.
    v_fund_id := fund.write_fund(v_named, p_fund, true);

    v_status := case when v_named.fund_id is null then 201 else 200 end;
    return query
    select a.status, a.etag, a.body
    from fund.fund_answer(
        v_fund_id,
        v_status,
        case v_status when 201 then 'Fund created.' else 'Fund completed.' end
    ) as a;
end
$$;

comment on function fund.create_fund(jsonb) is
'Creates a fund (201) from name, currency (both required), vintage_year, status, books_first_on, '
'books_period_months and receivable_as, and opens its books; completes one without a currency, '
'that companies have named (200). Raises QB400 required, unknown_field, request_is_an_object, '
'value_is_readable, receivable_presentation_known, QB409 books_are_opened_once, 23505 '
'fund_name_unique; the constraints of fund.fund and ledger.book.';
grant execute on function fund.create_fund(jsonb) to qb_admin, qb_editor;
