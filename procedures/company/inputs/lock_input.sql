-- A reported quarter's row, locked for a change, after its company: the order that everybody keeps.
create or replace function company.lock_input(
    p_id uuid
)
returns company.metrics_input
language plpgsql
volatile
security invoker
set search_path = ''
as $$
declare
    v_input company.metrics_input;
begin
    -- A quarter never changes its company: it can be read before the lock.
    select i.* into v_input from company.metrics_input as i where i.id = p_id;
    if found then
        perform company.lock_company(v_input.company_id);
        select i.*
        into v_input
        from company.metrics_input as i
        where i.company_id = v_input.company_id and i.id = p_id
        for update;
    end if;
    if not found then
        raise exception using
            errcode = 'QB404',
            constraint = 'input_not_found',
            column = 'id',
            message = 'There is no reported quarter with this id.',
            hint = 'GET /v1/input/ lists the quarters you may see, with their ids.';
    end if;
    return v_input;
end
$$;

comment on function company.lock_input(uuid) is
'Takes the derivation lock, the company''s row and the quarter''s row until commit; returns the '
'quarter. Raises QB404 input_not_found.';
grant execute on function company.lock_input(uuid) to
qb_admin, qb_editor, qb_submitter, qb_editor_scoped;
