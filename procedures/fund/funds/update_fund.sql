-- PATCH /v1/funds/{fund_id}: changes what the payload names and nothing else.
create or replace function fund.update_fund(
    p_fund_id uuid,
    p_fund jsonb,
    p_if_match text default null
)
returns table (status integer, etag text, body text)
language plpgsql
volatile
security invoker
set search_path = ''
as $$
declare
    v_old fund.fund := fund.lock_fund(p_fund_id);
begin
    perform ops.check_if_match(p_if_match, v_old.row_version);
    perform fund.write_fund(v_old, p_fund, false);
    return query
    select a.status, a.etag, a.body
    from fund.fund_answer(p_fund_id, 200, 'Fund updated.') as a;
end
$$;

comment on function fund.update_fund(uuid, jsonb, text) is
'Changes a fund (200) by the keys of POST /v1/funds: an absent key leaves the column, an explicit '
'null clears it; books_first_on, books_period_months or receivable_as open its books. Raises '
'QB404 fund_not_found, QB412 stale_version, QB400 required, unknown_field, request_is_an_object, '
'receivable_presentation_known, QB409 fund_keeps_its_currency, books_are_opened_once, 23505 '
'fund_name_unique; the constraints of fund.fund and ledger.book.';
grant execute on function fund.update_fund(uuid, jsonb, text) to
qb_admin, qb_editor, qb_editor_scoped;
