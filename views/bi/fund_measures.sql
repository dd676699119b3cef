-- How funds stood at the end of every quarter, for BI tools: what net returns and multiples are
-- made of, and what they came to.
create or replace view bi.fund_measures
with (security_invoker = true)
as
select
    format('%s:%s', f.fund_id, q.quarter_end_on) as fund_measures_key,
    f.fund_id::text as fund_id,
    f.name as fund,
    q.quarter_end_on as quarter_end_date,
    extract(year from q.quarter_end_on)::integer as calendar_year,
    extract(quarter from q.quarter_end_on)::integer as calendar_quarter,
    to_char(q.quarter_end_on, '"Q"Q YYYY') as quarter_label,
    to_char(q.quarter_end_on, 'YYYYQ')::integer as quarter_sort,
    f.currency,
    m.investor_count as partner_count,
    m.commitment_amount::numeric(20, 2) as total_commitment,
    m.called_amount::numeric(20, 2) as total_called,
    m.paid_in_amount::numeric(20, 2) as total_paid_in,
    m.distributed_amount::numeric(20, 2) as total_distributed,
    m.recallable_amount::numeric(20, 2) as total_recallable,
    m.unfunded_amount::numeric(20, 2) as total_unfunded,
    m.nav_amount::numeric(20, 2) as net_asset_value,
    m.residual_amount::numeric(20, 2) as residual_value,
    m.dpi::numeric(28, 6) as dpi,
    m.rvpi::numeric(28, 6) as rvpi,
    m.tvpi::numeric(28, 6) as tvpi,
    m.pic::numeric(28, 6) as pic,
    m.net_irr::numeric(28, 6) as net_irr,
    m.is_under_one_year,
    m.net_irr_reason,
    m.recallable_in_performance
from (
    select
        s.fund_id,
        (s.quarter_on + interval '3 months')::date - 1 as quarter_end_on
    from (
        select
            l.fund_id,
            generate_series(
                date_trunc('quarter', min(l.event_on)),
                date_trunc('quarter', ops.today() + 1) - interval '1 day',
                interval '3 months'
            ) as quarter_on
        from fund.commitment_line as l
        group by l.fund_id
    ) as s
) as q
inner join fund.fund as f on q.fund_id = f.fund_id
cross join fund.measures(f.fund_id, q.quarter_end_on) as m;

comment on view bi.fund_measures is
'One row per fund and quarter that is over: fund_id, quarter_end_date, currency. From the '
'quarter of the first close on, of all partners together. Only funds of which the reader sees '
'every company.';
comment on column bi.fund_measures.fund_measures_key is 'Key of the row. [key; attribute]';
comment on column bi.fund_measures.fund_id is 'Key of the fund; joins bi.fund. [key; attribute]';
comment on column bi.fund_measures.fund is 'Name of the fund. [text; attribute]';
comment on column bi.fund_measures.quarter_end_date is
'Last day of the calendar quarter; joins bi.calendar. [date; attribute]';
comment on column bi.fund_measures.calendar_year is 'Year of quarter_end_date. [number; attribute]';
comment on column bi.fund_measures.calendar_quarter is
'Quarter 1 to 4 of quarter_end_date. [number; attribute]';
comment on column bi.fund_measures.quarter_label is
'Quarter of quarter_end_date for people, such as Q4 2025. [text; attribute]';
comment on column bi.fund_measures.quarter_sort is
'Quarter of quarter_end_date for sorting, such as 20254. [number; attribute]';
comment on column bi.fund_measures.currency is
'ISO 4217 code of every amount of the row: filter on one before summing. [text; attribute]';
comment on column bi.fund_measures.partner_count is
'Partners with a commitment then; do not sum over time. [count; semi-additive]';
comment on column bi.fund_measures.total_commitment is
'What partners had committed, in currency; do not sum over time. [money; semi-additive]';
comment on column bi.fund_measures.total_called is
'What had been called, for capital and fees, in currency; do not sum over time. [money; '
'semi-additive]';
comment on column bi.fund_measures.total_paid_in is
'What partners had paid in, in currency; do not sum over time. [money; semi-additive]';
comment on column bi.fund_measures.total_distributed is
'What had been distributed, in currency; do not sum over time. [money; semi-additive]';
comment on column bi.fund_measures.total_recallable is
'What of it could be called again, in currency; do not sum over time. [money; semi-additive]';
comment on column bi.fund_measures.total_unfunded is
'What could still be called, in currency; do not sum over time. [money; semi-additive]';
comment on column bi.fund_measures.net_asset_value is
'Capital accounts of the partners, in currency, as of the last net asset value and what was '
'called and distributed since; do not sum over time. [money; semi-additive]';
comment on column bi.fund_measures.residual_value is
'What multiples and net return count as the value that is left, in currency; do not sum over '
'time. [money; semi-additive]';
comment on column bi.fund_measures.dpi is
'Distributed to paid-in. Null: nothing was paid in. [multiple; non-additive]';
comment on column bi.fund_measures.rvpi is
'Residual value to paid-in. Null: nothing was paid in. [multiple; non-additive]';
comment on column bi.fund_measures.tvpi is
'Distributed and residual value to paid-in. Null: nothing was paid in. [multiple; non-additive]';
comment on column bi.fund_measures.pic is
'Paid-in to commitment, a fraction. Null: nothing was committed. [ratio; non-additive]';
comment on column bi.fund_measures.net_irr is
'Net internal rate of return of the partners together, a fraction a year; when '
'is_under_one_year, of the whole time. Null: net_irr_reason says why. [ratio; non-additive]';
comment on column bi.fund_measures.is_under_one_year is
'True when the flows span less than a year, so that net_irr is not a year''s. [flag; attribute]';
comment on column bi.fund_measures.net_irr_reason is
'Why there is no net_irr, such as no_sign_change; null when there is one. [text; attribute]';
comment on column bi.fund_measures.recallable_in_performance is
'all_in: recallable distributions count in the multiples; excluded: they do not. [text; '
'attribute]';
grant select on bi.fund_measures to
qb_admin, qb_editor, qb_viewer, qb_auditor, qb_editor_scoped, qb_viewer_scoped;
