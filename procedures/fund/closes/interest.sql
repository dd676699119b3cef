-- Interest on an amount over some days: simple, or added to the amount once a year. In plpgsql,
-- which plans it once and not at every call: a close asks for it thousands of times.
create or replace function fund.interest(
    p_principal numeric,
    p_from_on date,
    p_to_on date,
    p_rate numeric,
    p_day_count text,
    p_compounding text default 'simple'
)
returns numeric
language plpgsql
immutable
security invoker
set search_path = ''
as $$
begin
    return round(
        case p_compounding
            when 'simple'
                then p_principal * p_rate * fund.year_fraction(p_from_on, p_to_on, p_day_count)
            when 'annual'
                then p_principal * (
                    power(
                        (1 + p_rate)::numeric(40, 30),
                        fund.year_fraction(p_from_on, p_to_on, p_day_count)
                    )
                    - 1
                )
        end,
        12
    );
end
$$;

comment on function fund.interest(numeric, date, date, numeric, text, text) is
'Interest on p_principal from p_from_on to p_to_on, which is not counted, at p_rate a year (a '
'fraction), to 12 decimals, in units of p_principal: simple, or annual (compounded once a year); '
'day counts as in fund.year_fraction. Null for other words, and when p_to_on comes before '
'p_from_on.';
grant execute on function fund.interest(numeric, date, date, numeric, text, text) to
qb_admin, qb_editor, qb_viewer, qb_auditor, qb_editor_scoped, qb_viewer_scoped;
