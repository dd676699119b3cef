-- Stores the financials of quarters that have none yet. Looking for older rows, as
-- company.refresh_financials has to, is half as much work again.
create or replace function company.add_financials(
    p_company_ids text[],
    p_first_ordinal integer,
    p_last_ordinal integer
)
returns bigint
language plpgsql
volatile
security invoker
set search_path = ''
as $$
declare
    v_added bigint;
begin
    -- The function returns rows of this very table: the columns are the same by definition.
    insert into company.quarterly_reporting_financials
    select f.*
    from company.derive_financials(p_company_ids, p_first_ordinal, p_last_ordinal) as f;
    get diagnostics v_added = row_count;
    return v_added;
end
$$;

comment on function company.add_financials(text[], integer, integer) is
'Stores quarterly_reporting_financials of some companies and quarters that have none yet; returns '
'the number of rows.';
