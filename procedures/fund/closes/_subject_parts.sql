-- What every partner has of a call or a distribution, whatever set or changed it.
create or replace function fund._subject_parts(
    p_fund_id uuid,
    p_subject_id uuid
)
returns table (
    investor_id uuid,
    weight numeric,
    exact_amount numeric,
    amount numeric,
    recallable_amount numeric,
    is_excused boolean
)
language sql
stable
security invoker
set search_path = ''
as $$
    select
        l.investor_id,
        sum(l.weight),
        sum(l.exact_amount),
        sum(l.capital_amount),
        0::numeric,
        -- Who took over an excused interest beside one of his own is not excused, nor is he whose
        -- excuse was taken back with its close.
        sum(l.weight) = 0 and sum(fund.excuse_sign(l.is_excused, l.reason)) > 0
    from fund.capital_call_line as l
    where l.fund_id = p_fund_id and l.call_id = p_subject_id
    group by l.investor_id
    union all
    select
        l.investor_id,
        sum(l.weight),
        sum(l.exact_amount),
        sum(l.amount),
        sum(l.recallable_amount),
        false
    from fund.distribution_line as l
    where l.fund_id = p_fund_id and l.distribution_id = p_subject_id
    group by l.investor_id
$$;

comment on function fund._subject_parts(uuid, uuid) is
'One row per partner with lines in a call or distribution (p_subject_id): the sums of what they '
'say, of a call its capital.';
