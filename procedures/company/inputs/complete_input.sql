-- Fills what a submitted quarter left out: the currency from the company, the reporting quarter
-- from the date, the fiscal quarter from the year end. Fires only for rows that left something
-- out.
create or replace function company.complete_input()
returns trigger
language plpgsql
volatile
security invoker
set search_path = ''
as $$
declare
    v_ordinal integer;
begin
    if new.currency is null or new.fiscal_reporting_quarter is null then
        select
            coalesce(new.currency, c.reporting_currency),
            coalesce(
                new.fiscal_reporting_quarter,
                company.fiscal_quarter(new.fiscal_reporting_date, c.year_end_date)
            )
        into new.currency, new.fiscal_reporting_quarter
        -- One row in any case: what was sent stays when the company is not known.
        from (values (new.company_id)) as n (company_id)
        left join company.company as c on n.company_id = c.company_id;
        if new.currency is null then
            raise exception using
                errcode = 'QB400',
                constraint = 'company_unknown',
                column = 'company_id',
                message = 'The company is not known.',
                hint = 'Name a company that you see; a new one is created first.';
        end if;
    end if;

    -- One of the two alone is completed to a quarter the date allows, when there is one.
    if new.reporting_year is null or new.reporting_quarter is null then
        select o.ordinal
        into v_ordinal
        from (
            values
            (1, company.reporting_ordinal(new.fiscal_reporting_date)),
            (2, company.nearest_reporting_ordinal(new.fiscal_reporting_date))
        ) as o (preference, ordinal)
        order by
            (
                o.ordinal / 4 = coalesce(new.reporting_year, o.ordinal / 4)
                and o.ordinal % 4 + 1 = coalesce(new.reporting_quarter, o.ordinal % 4 + 1)
            ) desc,
            o.preference
        limit 1;
        new.reporting_year := coalesce(new.reporting_year, v_ordinal / 4);
        new.reporting_quarter := coalesce(new.reporting_quarter, v_ordinal % 4 + 1);
    end if;
    return new;
end
$$;

comment on function company.complete_input() is
'Trigger _200_complete on company.metrics_input: fills currency, reporting and fiscal quarter. '
'Raises QB400 company_unknown.';
