-- Computes one quarter of one fund again. The view has the table's columns in the table's order, or
-- the types would not fit; a test compares the names.
create or replace function fund._refresh_quarter(
    p_fund_id uuid,
    p_ordinal integer
)
returns void
language plpgsql
volatile
security invoker
set search_path = ''
-- Whatever is known about the tables: each company's quarter is found by its key. And planned anew
-- each time: a plan that a clock made over empty tables would live on after they were filled.
set enable_hashjoin = off
set enable_mergejoin = off
set enable_seqscan = off
set jit = off
set plan_cache_mode = force_custom_plan
as $$
begin
    -- Two statements each, because an index finds nothing by `is not distinct from`.
    if p_fund_id is null then
        delete from fund.portfolio_quarter_total as t
        where
            t.fund_id is null
            and t.reporting_year = p_ordinal / 4
            and t.reporting_quarter = p_ordinal % 4 + 1;

        insert into fund.portfolio_quarter_total
        select d.*
        from fund.derived_portfolio_quarter as d
        where
            d.fund_id is null
            and d.reporting_year = p_ordinal / 4
            and d.reporting_quarter = p_ordinal % 4 + 1;
    else
        delete from fund.portfolio_quarter_total as t
        where
            t.fund_id = p_fund_id
            and t.reporting_year = p_ordinal / 4
            and t.reporting_quarter = p_ordinal % 4 + 1;

        insert into fund.portfolio_quarter_total
        select d.*
        from fund.derived_portfolio_quarter as d
        where
            d.fund_id = p_fund_id
            and d.reporting_year = p_ordinal / 4
            and d.reporting_quarter = p_ordinal % 4 + 1;
    end if;
end
$$;

comment on function fund._refresh_quarter(uuid, integer) is
'Computes the totals of one fund (null: of companies of no fund) for the quarter p_ordinal (year '
'* 4 + quarter - 1) again.';
