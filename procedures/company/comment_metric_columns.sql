-- Writes the definitions of metrics as comments on the columns of that name, so that there is one
-- text for the catalog, the API and every BI tool. Run by the definitions and by the view that
-- shows them, whichever comes last.
create or replace function company.comment_metric_columns()
returns void
language plpgsql
volatile
security invoker
set search_path = ''
as $$
declare
    v_column record;
begin
    for v_column in
        select
            n.nspname,
            c.relname,
            a.attname,
            format(
                '%s: %s. Null: %s. Currency: %s.%s [%s; %s]',
                d.label,
                d.formula,
                d.null_rule,
                d.currency_note,
                case d.additivity when 'semi-additive' then ' Do not sum over time.' end,
                d.unit,
                d.additivity
            ) as description
        from company.metric_definition as d
        inner join pg_catalog.pg_attribute as a on d.metric = a.attname and not a.attisdropped
        inner join pg_catalog.pg_class as c on a.attrelid = c.oid
        inner join pg_catalog.pg_namespace as n on c.relnamespace = n.oid
        where
            (n.nspname, c.relname) in (
                ('company', 'quarterly_reporting_metrics'), ('bi', 'quarterly_metrics')
            )
    loop
        execute format(
            'comment on column %I.%I.%I is %L',
            v_column.nspname,
            v_column.relname,
            v_column.attname,
            v_column.description
        );
    end loop;
end
$$;

comment on function company.comment_metric_columns() is
'Writes company.metric_definition as comments on the columns of quarterly_reporting_metrics and '
'bi.quarterly_metrics. For owners.';
