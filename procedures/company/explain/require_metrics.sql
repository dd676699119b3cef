-- Refuses an explanation of numbers that cannot be there: of a company or quarter that the caller
-- does not see, or in a currency that the company is not shown in.
create or replace function company.require_metrics(
    p_company_id text,
    p_year integer,
    p_quarter integer,
    p_currency text
)
returns void
language plpgsql
stable
security invoker
set search_path = ''
as $$
declare
    v_local_currency text;
begin
    perform company.require_company(p_company_id);
    select i.currency into v_local_currency
    from company.metrics_input as i
    where
        i.company_id = p_company_id
        and i.reporting_year = p_year
        and i.reporting_quarter = p_quarter;
    if v_local_currency is null then
        raise exception using
            errcode = 'QB404',
            constraint = 'quarter_not_reported',
            column = 'quarter',
            message = 'The company has not reported this quarter.',
            hint = 'GET /v1/input/ lists what was reported; years and quarters are calendar ones.';
    end if;
    if p_currency <> v_local_currency
        and p_currency not in (select c.currency from fx.presentation_currency as c)
    then
        raise exception using
            errcode = 'QB404',
            constraint = 'currency_not_shown',
            column = 'currency',
            message = 'The quarter is not shown in this currency.',
            hint = format(
                'Use one of %s.',
                (
                    select string_agg(u.currency, ', ' order by u.currency)
                    from (
                        select c.currency from fx.presentation_currency as c
                        union
                        values (v_local_currency)
                    ) as u
                )
            );
    end if;
end
$$;

comment on function company.require_metrics(text, integer, integer, text) is
'Raises QB404 company_not_found, quarter_not_reported or currency_not_shown when the quarter has '
'no numbers in the currency that the caller could see. A missing rate is no reason.';
grant execute on function company.require_metrics(text, integer, integer, text) to
qb_admin, qb_editor, qb_viewer, qb_auditor, qb_submitter, qb_editor_scoped, qb_viewer_scoped;
