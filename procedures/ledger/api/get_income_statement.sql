-- GET /v1/funds/{fund_id}/income-statement: what was earned and spent from one day to another.
create or replace function ledger.get_income_statement(
    p_fund_id uuid,
    p_from_on date,
    p_to_on date
)
returns table (status integer, etag text, body text)
language plpgsql
stable
security invoker
set search_path = ''
as $$
begin
    perform fund.require_fund(p_fund_id);
    if p_from_on > p_to_on then
        raise exception using
            errcode = 'QB400',
            constraint = 'days_in_order',
            column = 'from_on',
            message = 'The first day is after the last.',
            detail = format('%s to %s.', p_from_on, p_to_on),
            hint = 'Send from_on on or before to_on.';
    end if;
    return query
    with
    line as (
        select
            i.section,
            i.account_number,
            i.account_name,
            i.currency,
            i.amount
        from ledger.income_statement(p_fund_id, p_from_on, p_to_on) as i
    )

    select
        200,
        null::text,
        ops.success_body(
            200,
            'Income statement.',
            json_build_object(
                'fund_id', p_fund_id,
                'from_on', p_from_on,
                'to_on', p_to_on,
                'accounts', (
                    select coalesce(
                        json_agg(
                            to_json(l) order by l.section desc, l.account_number, l.currency
                        ),
                        '[]'
                    )
                    from line as l
                ),
                'totals', (
                    select coalesce(json_agg(to_json(s) order by s.currency), '[]')
                    from (
                        select
                            l.currency,
                            sum(l.amount) as result_amount
                        from line as l
                        group by l.currency
                    ) as s
                )
            )
        );
end
$$;

comment on function ledger.get_income_statement(uuid, date, date) is
'The income statement of a fund from p_from_on to p_to_on, both included, as '
'ledger.income_statement shows it, with the result by currency. Raises QB404 fund_not_found, '
'QB400 days_in_order.';
grant execute on function ledger.get_income_statement(uuid, date, date) to
qb_admin, qb_editor, qb_viewer, qb_auditor, qb_editor_scoped, qb_viewer_scoped;
