-- No day of an accrual is without terms or without a rate for anybody: a fee of nothing is agreed,
-- as a rate of 0, and never what a gap in the terms happens to come to.
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
begin
    for v_day in
        select g.day::date
        from generate_series(p_from_on::timestamp, p_to_on - interval '1 day', '1 day') as g (day)
    loop
        v_terms := fund._terms_on(p_fund_id, v_day);
        if not exists (
            select
            from fund.fee_step as s
            where
                s.fund_id = p_fund_id
                and s.valid_from = v_terms.valid_from
                and s.from_on <= v_day
        ) then
            raise exception using
                errcode = 'QB409',
                constraint = 'fee_steps_cover_the_day',
                column = 'fee_steps',
                message = 'The terms say no fee for this day.',
                detail = v_day::text,
                hint = 'Set the rate and the base that hold then, a rate of 0 for none.';
        end if;
    end loop;
end
$$;

comment on function fund._check_fee_terms(uuid, date, date) is
'Refuses days from p_from_on to p_to_on, which is not counted, without a fee. Raises QB409 '
'terms_cover_the_day, fee_steps_cover_the_day.';
