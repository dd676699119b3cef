-- PATCH /v1/investors/{investor_id}: changes what the payload names and nothing else.
create or replace function fund.update_investor(
    p_investor_id uuid,
    p_investor jsonb,
    p_if_match text default null
)
returns table (status integer, etag text, body text)
language plpgsql
volatile
security invoker
set search_path = ''
as $$
declare
    v_old fund.investor := fund.lock_investor(p_investor_id);
    v_new fund.investor;
begin
    perform ops.check_if_match(p_if_match, v_old.row_version);
    v_new := fund.apply_investor_payload(v_old, p_investor);
    update fund.investor as i
    set
        investor_code = v_new.investor_code,
        name = v_new.name,
        investor_type = v_new.investor_type,
        country = v_new.country
    where i.investor_id = p_investor_id;
    return query
    select a.status, a.etag, a.body
    from fund.investor_answer(p_investor_id, 200, 'Investor updated.') as a;
end
$$;

comment on function fund.update_investor(uuid, jsonb, text) is
'Changes an investor (200) by the keys of POST /v1/investors: an absent key leaves the column, an '
'explicit null clears it or restores its default. Raises QB404 investor_not_found, QB412 '
'stale_version, QB409 investor_keeps_its_code, investor_kept_by_the_firm, QB400 required, '
'unknown_field, request_is_an_object, country_unknown, 23505 investor_code_unique; the '
'constraints of fund.investor.';
grant execute on function fund.update_investor(uuid, jsonb, text) to
qb_admin, qb_editor, qb_editor_scoped;
