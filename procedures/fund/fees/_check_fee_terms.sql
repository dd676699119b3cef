-- No day of an accrual is without terms or without a rate for anybody who has committed something:
-- a fee of nothing is agreed, as a rate of 0 or a class that is free of it, and never what a gap in
-- the terms happens to come to.
create or replace function fund._check_fee_terms(
    p_fund_id uuid,
    p_from_on date,
    p_to_on date
)
returns void
language plpgsql
stable
security invoker
set search_path = ''
as $$
declare
    v_day date;
    v_terms fund.terms;
    v_class text;
begin
    for v_day in
        select g.day::date
        from generate_series(p_from_on::timestamp, p_to_on - interval '1 day', '1 day') as g (day)
    loop
        v_terms := fund._terms_on(p_fund_id, v_day);
        select c.investor_class
        into v_class
        from fund.commitment as c
        inner join fund.commitment_line as l
            on c.fund_id = l.fund_id and c.investor_id = l.investor_id
        where
            c.fund_id = p_fund_id
            and c.investor_class <> all(v_terms.fee_free_classes)
            and not exists (
                select
                from fund.fee_step as s
                where
                    s.fund_id = p_fund_id
                    and s.valid_from = v_terms.valid_from
                    and s.from_on <= v_day
                    and s.investor_class in (c.investor_class, '*')
            )
        group by c.investor_class
        having sum(l.amount) > 0
        order by c.investor_class
        limit 1;
        if found then
            raise exception using
                errcode = 'QB409',
                constraint = 'fee_steps_cover_the_day',
                column = 'fee_schedule',
                message = 'The terms say no fee for this day.',
                detail = format('%s, class %s', v_day, v_class),
                hint = 'Set the rate and the base that hold then, a rate of 0 for none.';
        end if;
    end loop;
end
$$;

comment on function fund._check_fee_terms(uuid, date, date) is
'Refuses days from p_from_on to p_to_on, which is not counted, on which the terms say no fee for '
'the class of a partner. Raises QB409 terms_cover_the_day, fee_steps_cover_the_day.';
