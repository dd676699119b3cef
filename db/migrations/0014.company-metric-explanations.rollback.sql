drop table company.null_reason;
drop table company.metric_operand;
alter table company.metric_definition
drop column null_reasons,
drop column expression;
