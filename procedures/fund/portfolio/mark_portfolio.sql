-- Notes that quarters of some companies changed, for the next refresh of the portfolio's totals. A
-- note is a row of its own: sessions never wait for each other here, and what is rolled back leaves
-- none. Called after the companies are locked, so that the fund it notes is the one they keep.
create or replace function fund.mark_portfolio(
    p_company_ids text[],
    p_first_ordinal integer,
    p_last_ordinal integer
)
returns void
language sql
volatile
security invoker
set search_path = ''
as $$
    insert into fund.portfolio_change (
        fund_id,
        first_ordinal,
        last_ordinal
    )
    select distinct
        c.fund_id,
        p_first_ordinal,
        -- As far as fund.derived_portfolio_quarter looks back.
        p_last_ordinal + 4
    from company.company as c
    where c.company_id = any(p_company_ids)
$$;

comment on function fund.mark_portfolio(text[], integer, integer) is
'Notes that what is derived of the companies changed for the quarters between the two ordinals: '
'the totals of their funds are computed again by fund.refresh_portfolio.';
