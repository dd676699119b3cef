-- POST /v1/investors: an investor, partner of no fund yet; a close admits it to one.
create or replace function fund.create_investor(
    p_investor jsonb
)
returns table (status integer, etag text, body text)
language plpgsql
volatile
security invoker
set search_path = ''
as $$
declare
    v_new fund.investor := fund.apply_investor_payload(null, p_investor);
begin
    -- Given its id here: a narrowed editor sees his own entry in the next statement only.
    v_new.investor_id := gen_random_uuid();
    insert into fund.investor (investor_id, investor_code, name, investor_type, country)
    values (
        v_new.investor_id, v_new.investor_code, v_new.name, v_new.investor_type, v_new.country
    );
    return query
    select a.status, a.etag, a.body
    from fund.investor_answer(v_new.investor_id, 201, 'Investor created.') as a;
end
$$;

comment on function fund.create_investor(jsonb) is
'Creates an investor (201) from investor_code, name (both required), investor_type (other) and '
'country (by code or name). Raises QB400 required, unknown_field, request_is_an_object, '
'country_unknown, 23505 investor_code_unique; the constraints of fund.investor.';
grant execute on function fund.create_investor(jsonb) to qb_admin, qb_editor, qb_editor_scoped;
