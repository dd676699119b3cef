-- The answer that shows one version of a fund's terms.
create or replace function fund.terms_answer(
    p_fund_id uuid,
    p_valid_from date,
    p_status integer,
    p_message text
)
returns table (status integer, etag text, body text)
language plpgsql
stable
security invoker
set search_path = ''
as $$
begin
    return query
    select
        p_status,
        format('"%s"', r.row_version),
        ops.success_body(p_status, p_message, to_json(r))
    from fund.terms_record as r
    where r.fund_id = p_fund_id and r.valid_from = p_valid_from;
    if not found then
        raise exception using
            errcode = 'QB404',
            constraint = 'terms_not_found',
            column = 'valid_from',
            message = 'The fund has no version of its terms from this day on.',
            hint = 'GET /v1/funds/{fund_id}/terms lists the versions.';
    end if;
end
$$;

comment on function fund.terms_answer(uuid, date, integer, text) is
'Status, ETag and envelope of one version of terms. Raises QB404 terms_not_found.';
grant execute on function fund.terms_answer(uuid, date, integer, text) to
qb_admin, qb_editor, qb_viewer, qb_auditor, qb_editor_scoped, qb_viewer_scoped;
