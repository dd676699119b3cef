-- DELETE /v1/input/{id}: takes a reported quarter back, and with it what was derived from it.
create or replace function company.delete_input(
    p_id uuid,
    p_if_match text default null
)
returns table (status integer, etag text, body text)
language plpgsql
volatile
security invoker
set search_path = ''
-- One company: what is derived from it is planned once for the connection, which takes longer than
-- doing it.
set plan_cache_mode = 'force_generic_plan'
as $$
declare
    v_old company.metrics_input := company.lock_input(p_id);
begin
    perform ops.check_if_match(p_if_match, v_old.row_version);
    delete from company.metrics_input as i
    where i.company_id = v_old.company_id and i.id = p_id;
    return query
    select
        200,
        null::text,
        ops.success_body(200, 'Metrics input deleted.', json_build_object('id', p_id));
end
$$;

comment on function company.delete_input(uuid, text) is
'Deletes a reported quarter and what was derived from it (200). Raises QB404 input_not_found, '
'QB412 stale_version.';
grant execute on function company.delete_input(uuid, text) to qb_admin, qb_editor, qb_editor_scoped;
