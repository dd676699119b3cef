-- GET /v1/funds/{fund_id}/explanation: why a partner pays or gets this cent, step by step.
create or replace function fund.get_explanation(
    p_fund_id uuid,
    p_event_id uuid,
    p_investor text
)
returns table (status integer, etag text, body text)
language plpgsql
stable
security invoker
set search_path = ''
as $$
declare
    v_investor record;
begin
    perform fund.require_fund(p_fund_id);
    select
        i.investor_id,
        i.investor_code,
        i.name
    into v_investor
    from fund.investor as i
    inner join fund.commitment as c on i.investor_id = c.investor_id
    where
        c.fund_id = p_fund_id
        and (i.investor_code = p_investor or i.investor_id::text = lower(p_investor))
    order by i.investor_id::text = lower(p_investor) desc
    limit 1;
    if not found then
        raise exception using
            errcode = 'QB400',
            constraint = 'partner_unknown',
            column = 'investor',
            message = 'The fund has no such partner.',
            detail = left(p_investor, 60),
            hint = 'GET /v1/funds/{id}/commitments lists the fund''s partners.';
    end if;
    return query
    select
        200,
        null::text,
        ops.success_body(
            200,
            'Explanation.',
            json_build_object(
                'fund_id', p_fund_id,
                'event_id', p_event_id,
                'investor_id', v_investor.investor_id,
                'investor_code', v_investor.investor_code,
                'investor', v_investor.name,
                'steps', json_agg(to_json(e) order by e.step)
            )
        )
    from fund.explain_line(p_fund_id, p_event_id, v_investor.investor_id) as e;
end
$$;

comment on function fund.get_explanation(uuid, uuid, text) is
'What an event wrote for the partner p_investor (code or id), step by step as fund.explain_line '
'tells it. Raises QB404 fund_not_found, line_not_found, QB400 partner_unknown.';
grant execute on function fund.get_explanation(uuid, uuid, text) to
qb_admin, qb_editor, qb_viewer, qb_auditor, qb_editor_scoped, qb_viewer_scoped;
