-- DELETE /v1/funds/{fund_id}/terms/{valid_from}: takes a version back that nothing was recorded by.
-- The version that it ended holds on.
create or replace function fund.delete_terms(
    p_fund_id uuid,
    p_valid_from date,
    p_if_match text default null
)
returns table (status integer, etag text, body text)
language plpgsql
volatile
security invoker
set search_path = ''
as $$
declare
    v_old fund.terms;
begin
    perform fund.lock_fund(p_fund_id);
    select t.*
    into v_old
    from fund.terms as t
    where t.fund_id = p_fund_id and t.valid_from = p_valid_from;
    if not found then
        raise exception using
            errcode = 'QB404',
            constraint = 'terms_not_found',
            column = 'valid_from',
            message = 'The fund has no version of its terms from this day on.',
            hint = 'GET /v1/funds/{fund_id}/terms lists the versions.';
    end if;
    perform ops.check_if_match(p_if_match, v_old.row_version);

    delete from fund.fee_step as s where s.fund_id = p_fund_id and s.valid_from = p_valid_from;
    delete from fund.terms as t where t.fund_id = p_fund_id and t.valid_from = p_valid_from;
    update fund.terms as t
    set valid_to = v_old.valid_to
    where t.fund_id = p_fund_id and t.valid_to = p_valid_from;

    return query
    select
        200,
        null::text,
        ops.success_body(
            200,
            'Terms deleted.',
            json_build_object('fund_id', p_fund_id, 'valid_from', p_valid_from)
        );
end
$$;

comment on function fund.delete_terms(uuid, date, text) is
'Deletes a version of a fund''s terms (200) that nothing was recorded by; the version before, if '
'it ended on that day, then ends when the deleted one did. Raises QB404 fund_not_found, '
'terms_not_found, QB412 stale_version, QB409 terms_in_use_stay.';
grant execute on function fund.delete_terms(uuid, date, text) to
qb_admin, qb_editor, qb_editor_scoped;
