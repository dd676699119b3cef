-- Refuses submitted quarters whose periods contradict each other, whoever writes them. A corrected
-- row that keeps its period is let through: a company may change its year end, and keeps its
-- history.
create or replace function company.check_inputs()
returns trigger
language plpgsql
volatile
security invoker
set search_path = ''
as $$
declare
    v_today date := ops.today();
    v_changed uuid[];
    v_offender record;
begin
    if tg_op = 'UPDATE' then
        v_changed := array(
            select n.id
            from new_rows as n
            inner join old_rows as o on n.company_id = o.company_id and n.id = o.id
            where
                row(n.fiscal_reporting_date, n.fiscal_reporting_quarter, n.quarter_ordinal)
                is distinct from
                row(o.fiscal_reporting_date, o.fiscal_reporting_quarter, o.quarter_ordinal)
        );
    end if;

    -- Few periods, many companies: each period is judged once for all that report it, which
    -- `offset 0` holds the planner to.
    select
        n.fiscal_reporting_date,
        n.fiscal_reporting_quarter,
        n.reporting_year,
        n.reporting_quarter,
        n.year_end_date,
        company.fiscal_quarter(n.fiscal_reporting_date, n.year_end_date) as derived_quarter,
        n.fiscal_reporting_date > v_today as is_in_future,
        n.quarter_ordinal not in (
            company.reporting_ordinal(n.fiscal_reporting_date),
            company.nearest_reporting_ordinal(n.fiscal_reporting_date)
        ) as is_other_quarter
    into v_offender
    from (
        select
            r.fiscal_reporting_date,
            r.fiscal_reporting_quarter,
            r.reporting_year,
            r.reporting_quarter,
            r.quarter_ordinal,
            c.year_end_date,
            min(r.company_id) as company_id
        from new_rows as r
        inner join company.company as c on r.company_id = c.company_id
        where v_changed is null or r.id = any(v_changed)
        group by
            r.fiscal_reporting_date,
            r.fiscal_reporting_quarter,
            r.reporting_year,
            r.reporting_quarter,
            r.quarter_ordinal,
            c.year_end_date
        offset 0
    ) as n
    where
        n.fiscal_reporting_date > v_today
        or n.quarter_ordinal not in (
            company.reporting_ordinal(n.fiscal_reporting_date),
            company.nearest_reporting_ordinal(n.fiscal_reporting_date)
        )
        or (
            n.year_end_date is not null
            and (
                n.fiscal_reporting_quarter
                = company.fiscal_quarter(n.fiscal_reporting_date, n.year_end_date)
            ) is not true
        )
    order by n.company_id, n.fiscal_reporting_date
    limit 1;

    if not found then
        return null;
    end if;

    if v_offender.is_in_future then
        raise exception using
            errcode = 'QB400',
            constraint = 'quarter_has_ended',
            column = 'fiscal_reporting_date',
            message = 'The quarter has not ended yet.',
            detail = format('%s is after today.', v_offender.fiscal_reporting_date),
            hint = 'Send a quarter whose last day has passed.';
    elsif v_offender.is_other_quarter then
        raise exception using
            errcode = 'QB400',
            constraint = 'reporting_quarter_matches_date',
            column = 'reporting_quarter',
            message = 'The reporting quarter does not belong to the fiscal reporting date.',
            detail = format(
                '%s Q%s, %s',
                v_offender.reporting_year,
                v_offender.reporting_quarter,
                v_offender.fiscal_reporting_date
            ),
            hint = 'Leave reporting_year and reporting_quarter out, or name the calendar quarter '
            || 'that holds the date or whose end is nearest to it.';
    elsif v_offender.derived_quarter is null then
        raise exception using
            errcode = 'QB400',
            constraint = 'fiscal_date_matches_year_end',
            column = 'fiscal_reporting_date',
            message = 'The date is not the end of a fiscal quarter of this company.',
            detail = format(
                '%s, year end %s', v_offender.fiscal_reporting_date, v_offender.year_end_date
            ),
            hint = 'Send the last day of the fiscal quarter, or correct the company''s year end.';
    end if;
    raise exception using
        errcode = 'QB400',
        constraint = 'fiscal_quarter_matches_year_end',
        column = 'fiscal_reporting_quarter',
        message = 'The fiscal quarter contradicts the company''s year end.',
        detail = format(
            'Q%s sent, Q%s by the year end %s',
            v_offender.fiscal_reporting_quarter,
            v_offender.derived_quarter,
            v_offender.year_end_date
        ),
        hint = 'Leave fiscal_reporting_quarter out, or correct the company''s year end.';
end
$$;

comment on function company.check_inputs() is
'Trigger _300_check on company.metrics_input. Raises QB400 quarter_has_ended, '
'reporting_quarter_matches_date, fiscal_date_matches_year_end, fiscal_quarter_matches_year_end.';
