-- bi.quarterly_metrics_tidy shows each metric of company.metric_definition under its own name: a
-- metric that is added there, and not here, would be null for everybody.
select
    m.metric as offender
from company.metric_definition as m
where
    m.unit <> 'flag'
    and pg_get_viewdef('bi.quarterly_metrics_tidy'::regclass)
    !~ format('WHEN ''%1$s''::text THEN m\.%1$s\M', m.metric)
