-- "Why does LP-03 pay this cent?", in one query: the steps from what was asked of all to what an
-- event wrote for one partner. Every kind of event has a function for its story.
create or replace function fund.explain_line(
    p_fund_id uuid,
    p_event_id uuid,
    p_investor_id uuid
)
returns table (step integer, what text, amount numeric, explanation text)
language plpgsql
stable
security invoker
set search_path = ''
as $$
declare
    v_kind text := (
        select e.kind
        from fund.event as e
        where e.fund_id = p_fund_id and e.event_id = p_event_id
    );
begin
    if v_kind = 'capital_call' then
        return query
        select x.step, x.what, x.amount, x.explanation
        from fund.explain_call_line(p_fund_id, p_event_id, p_investor_id) as x
        where
            exists (
                select
                from fund.capital_call_line as l
                where
                    l.fund_id = p_fund_id
                    and l.call_id = p_event_id
                    and l.investor_id = p_investor_id
            );
    elsif v_kind = 'close' then
        return query
        select x.step, x.what, x.amount, x.explanation
        from fund.explain_close(p_fund_id, p_event_id, p_investor_id) as x;
    elsif v_kind = 'transfer' then
        return query
        select x.step, x.what, x.amount, x.explanation
        from fund.explain_transfer(p_fund_id, p_event_id, p_investor_id) as x;
    elsif v_kind = 'management_fee' then
        return query
        select x.step, x.what, x.amount, x.explanation
        from fund.explain_fee_line(p_fund_id, p_event_id, p_investor_id) as x;
    elsif v_kind = 'distribution' then
        return query
        select x.step, x.what, x.amount, x.explanation
        from fund.explain_distribution_line(p_fund_id, p_event_id, p_investor_id) as x;
    elsif v_kind = 'nav' then
        return query
        select x.step, x.what, x.amount, x.explanation
        from fund.explain_nav_line(p_fund_id, p_event_id, p_investor_id) as x;
    elsif v_kind = 'payment' then
        return query
        select x.step, x.what, x.amount, x.explanation
        from fund.explain_payment(p_fund_id, p_event_id, p_investor_id) as x;
    elsif v_kind = 'default' then
        return query
        select x.step, x.what, x.amount, x.explanation
        from fund.explain_default(p_fund_id, p_event_id, p_investor_id) as x;
    elsif v_kind = 'fee_adjustment' then
        return query
        select x.step, x.what, x.amount, x.explanation
        from fund.explain_fee_adjustment(p_fund_id, p_event_id, p_investor_id) as x;
    elsif v_kind = 'fee_payment' then
        return query
        select x.step, x.what, x.amount, x.explanation
        from fund.explain_fee_payment(p_fund_id, p_event_id, p_investor_id) as x;
    elsif v_kind = 'reversal' then
        return query
        select x.step, x.what, x.amount, x.explanation
        from fund.explain_reversal(p_fund_id, p_event_id, p_investor_id) as x;
    end if;
    if not found then
        raise exception using
            errcode = 'QB404',
            constraint = 'line_not_found',
            column = 'investor_id',
            message = 'The event wrote nothing for this partner.',
            hint = 'GET /v1/funds/{id}/events lists what was recorded; fund.event_lines for whom.';
    end if;
end
$$;

comment on function fund.explain_line(uuid, uuid, uuid) is
'Explains what an event wrote for a partner, step by step: what each step is, its number (in the '
'fund''s currency, weights in what they weigh) and where that is from. Raises QB404 '
'line_not_found.';
grant execute on function fund.explain_line(uuid, uuid, uuid) to
qb_admin, qb_editor, qb_viewer, qb_auditor, qb_editor_scoped, qb_viewer_scoped;
