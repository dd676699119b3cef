-- GET /v1/metrics/explain: how one number came about.
create or replace function company.get_metric_explanation(
    p_company_id text,
    p_year integer,
    p_quarter integer,
    p_currency text,
    p_metric text
)
returns table (status integer, etag text, body text)
language sql
stable
security invoker
set search_path = ''
as $$
    select
        200,
        null,
        ops.success_body(
            200,
            'Explanation.',
            company.explain_metric(p_company_id, p_year, p_quarter, p_currency, p_metric)::json
        )
$$;

comment on function company.get_metric_explanation(text, integer, integer, text, text) is
'The explanation of company.explain_metric in the envelope; no ETag, because it shows many rows. '
'Refuses what company.explain_metric refuses.';
grant execute on function company.get_metric_explanation(text, integer, integer, text, text) to
qb_admin, qb_editor, qb_viewer, qb_auditor, qb_submitter, qb_editor_scoped, qb_viewer_scoped;
