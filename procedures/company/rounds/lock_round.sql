-- A valuation round's row, locked for a change, after its company: the order that everybody keeps.
create or replace function company.lock_round(
    p_company_id text,
    p_valuation_round_id uuid
)
returns company.valuation_round
language plpgsql
volatile
security invoker
set search_path = ''
as $$
declare
    v_round company.valuation_round;
begin
    perform company.lock_company(p_company_id);
    select v.*
    into v_round
    from company.valuation_round as v
    where v.company_id = p_company_id and v.valuation_round_id = p_valuation_round_id
    for update;
    if not found then
        raise exception using
            errcode = 'QB404',
            constraint = 'valuation_round_not_found',
            column = 'valuation_round_id',
            message = 'The company has no valuation round with this id.',
            hint = 'GET /v1/company/{company_id}/valuation-rounds lists its rounds.';
    end if;
    return v_round;
end
$$;

comment on function company.lock_round(text, uuid) is
'Takes the derivation lock, the company''s row and the round''s row until commit; returns the '
'round. Raises QB404 company_not_found, valuation_round_not_found.';
grant execute on function company.lock_round(text, uuid) to qb_admin, qb_editor, qb_editor_scoped;
