-- finds: planted_metric
insert into company.metric_definition
select (jsonb_populate_record(d, '{"metric": "planted_metric"}')).*
from company.metric_definition as d
where d.metric = 'arr';
