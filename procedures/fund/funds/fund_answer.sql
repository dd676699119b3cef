-- The answer that shows one fund.
create or replace function fund.fund_answer(
    p_fund_id uuid,
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
    if current_user = 'qb_investor' then
        -- The books are the firm's.
        return query
        select
            p_status,
            format('"%s"', r.row_version),
            ops.success_body(p_status, p_message, to_json(r))
        from fund.partner_fund_record as r
        where r.fund_id = p_fund_id;
    else
        return query
        select
            p_status,
            format('"%s"', r.row_version),
            ops.success_body(p_status, p_message, to_json(r))
        from fund.fund_record as r
        where r.fund_id = p_fund_id;
    end if;
    if not found then
        raise exception using
            errcode = 'QB404',
            constraint = 'fund_not_found',
            column = 'fund_id',
            message = 'There is no fund with this fund_id.',
            hint = 'GET /v1/funds lists the funds you may see.';
    end if;
end
$$;

comment on function fund.fund_answer(uuid, integer, text) is
'Status, ETag and envelope of one fund. Raises QB404 fund_not_found.';
grant execute on function fund.fund_answer(uuid, integer, text) to
qb_admin, qb_editor, qb_viewer, qb_auditor, qb_editor_scoped, qb_viewer_scoped, qb_investor;
