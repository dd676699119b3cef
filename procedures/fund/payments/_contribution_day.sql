-- The day that what is paid of a call counts from, where the terms date contributions by due date
-- and not by receipt.
create or replace function fund._contribution_day(
    p_fund_id uuid,
    p_call_id uuid
)
returns date
language sql
stable
security invoker
set search_path = ''
as $$
    select c.due_on
    from fund.capital_call as c
    inner join fund.terms as t
        on
            c.fund_id = t.fund_id
            and c.notice_on >= t.valid_from
            and (t.valid_to is null or c.notice_on < t.valid_to)
    where
        c.fund_id = p_fund_id
        and c.event_id = p_call_id
        and t.paid_in_dated_by = 'due'
$$;

comment on function fund._contribution_day(uuid, uuid) is
'Due date of the call when the terms of its notice date contributions by it, else null.';
