-- What every derived metric means.
create or replace view bi.metric_definition
with (security_invoker = true)
as
select
    d.metric,
    d.label,
    d.unit,
    d.kind,
    d.additivity,
    d.formula,
    array_to_string(d.operands, ', ') as operands,
    d.look_back,
    d.null_rule,
    d.currency_note,
    d.source,
    d.sort_order,
    d.expression,
    array_to_string(d.null_reasons, ', ') as null_reasons
from company.metric_definition as d;

comment on view bi.metric_definition is
'One row per derived metric: metric.';
comment on column bi.metric_definition.metric is
'Column name of the metric in bi.quarterly_metrics. [key; attribute]';
comment on column bi.metric_definition.label is 'Name of the metric for people. [text; attribute]';
comment on column bi.metric_definition.unit is
'money, ratio (a fraction), multiple, months, count or flag. [text; attribute]';
comment on column bi.metric_definition.kind is
'flow, balance, ratio, multiple, months, count or flag. [text; attribute]';
comment on column bi.metric_definition.additivity is
'additive, semi-additive (not over time) or non-additive. [text; attribute]';
comment on column bi.metric_definition.formula is 'How it is computed, in words. [text; attribute]';
comment on column bi.metric_definition.operands is
'The reported columns it is computed from, separated by commas. [text; attribute]';
comment on column bi.metric_definition.look_back is
'How many quarters back it reads. [text; attribute]';
comment on column bi.metric_definition.null_rule is 'When it is null. [text; attribute]';
comment on column bi.metric_definition.currency_note is
'How it behaves when shown in another currency. [text; attribute]';
comment on column bi.metric_definition.source is
'Where the convention comes from. [text; attribute]';
comment on column bi.metric_definition.sort_order is
'Order in which metrics are shown. [number; attribute]';
comment on column bi.metric_definition.expression is
'How it is computed, as an expression over the operands that company.explain_metric shows; _p1 to '
'_p7 are those of the quarters before. [text; attribute]';
comment on column bi.metric_definition.null_reasons is
'The reasons company.explain_metric can give when it is null, separated by commas: no_fx_rate, '
'no_valuation, missing_input, missing_prior_quarter, missing_prior_year_quarter, ltm_incomplete, '
'currency_changed, zero_denominator, negative_base, no_burn, cash_generative. [text; attribute]';
grant select on bi.metric_definition to
qb_admin, qb_editor, qb_viewer, qb_auditor, qb_editor_scoped, qb_viewer_scoped;
