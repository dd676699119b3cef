-- What a number needs to explain itself: each metric's formula as an expression, the operands that
-- expressions are written in, and the closed list of reasons why a number is missing.

alter table company.metric_definition
add column expression text not null default '',
add column null_reasons text[] not null default '{}';
alter table company.metric_definition
alter column expression drop default,
alter column null_reasons drop default;
comment on column company.metric_definition.expression is
'The formula over company.metric_operand, as an expression that PostgreSQL can evaluate.';
comment on column company.metric_definition.null_reasons is
'The reasons (company.null_reason) this metric can be null for.';

create table company.metric_operand (
    operand text primary key,
    base text not null,
    quarters_before integer not null,
    label text not null,
    unit text not null,
    kind text not null,
    expression text,
    derived_from text[] not null,
    sort_order integer not null,
    constraint metric_operand_once unique (base, quarters_before),
    constraint metric_operand_quarters_in_reach check (quarters_before between 0 and 7),
    constraint metric_operand_kind_known check (
        kind in ('metric', 'translated', 'submitted', 'valuation', 'rate', 'convention')
    )
);
comment on table company.metric_operand is
'One row per operand and quarter it is read of: what the expressions of metrics are written in, '
'and what each is derived from, down to what was submitted.';
comment on column company.metric_operand.operand is
'Its name in expressions: the base, with _p1 to _p7 for the quarter that many before.';
comment on column company.metric_operand.quarters_before is
'How many quarters before the explained one.';
comment on column company.metric_operand.kind is
'metric (stored metrics), translated (shown currency), submitted (a reported quarter, as '
'submitted), valuation (a round or the company, as submitted), rate, convention (sign or unit).';
comment on column company.metric_operand.expression is
'How it follows from other operands; null for what was submitted, rates and conventions.';
comment on column company.metric_operand.derived_from is
'The operands of the expression, in its order.';
comment on constraint metric_operand_once on company.metric_operand is
'This operand of this quarter has a row. Hint: Operands are defined by the platform.';
comment on constraint metric_operand_quarters_in_reach on company.metric_operand is
'A metric reads at most 7 quarters back. Hint: Operands are defined by the platform.';
comment on constraint metric_operand_kind_known on company.metric_operand is
'The kind of operand is not known. Hint: Operands are defined by the platform.';

create table company.null_reason (
    null_reason text primary key,
    meaning text not null,
    sort_order integer not null
);
comment on table company.null_reason is
'One row per reason why a derived number is missing: the closed list, in words.';

alter table company.metric_operand enable row level security;
alter table company.null_reason enable row level security;
