-- The version of the fund's terms that holds on a day.
create or replace function fund._terms_on(
    p_fund_id uuid,
    p_day date
)
returns fund.terms
language plpgsql
stable
security invoker
set search_path = ''
as $$
declare
    v_terms fund.terms;
begin
    select t.*
    into v_terms
    from fund.terms as t
    where
        t.fund_id = p_fund_id
        and t.valid_from <= p_day
        and (t.valid_to is null or t.valid_to > p_day);
    if not found then
        raise exception using
            errcode = 'QB409',
            constraint = 'terms_cover_the_day',
            column = 'valid_from',
            message = 'The fund has no terms for this day.',
            detail = p_day::text,
            hint = 'POST /v1/funds/{id}/terms sets terms from a day on.';
    end if;
    return v_terms;
end
$$;

comment on function fund._terms_on(uuid, date) is
'Terms of the fund on p_day. Raises QB409 terms_cover_the_day.';
