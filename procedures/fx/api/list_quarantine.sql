-- GET /v1/fx/quarantine: refused fixings, newest first.
create or replace function fx.list_quarantine(
    p_status text default null,
    p_reason text default null,
    p_source text default null,
    p_currency text default null,
    p_start_date date default null,
    p_end_date date default null,
    p_sort text default null,
    p_limit integer default 100,
    p_offset integer default 0,
    p_link text default '/v1/fx/quarantine?'
)
returns table (status integer, etag text, body text)
language plpgsql
stable
security invoker
set search_path = ''
as $$
begin
    return query execute format(
        'with matching as (select r.* from fx.quarantine_record as r where '
        '($1 is null or r.status = $1) and ($2 is null or r.reason = $2) '
        'and ($3 is null or r.source = $3) and ($4 is null or r.currency = $4) '
        'and ($5 is null or r.rate_date >= $5) and ($6 is null or r.rate_date <= $6)) '
        'select 200, null::text, ops.list_body(''Quarantined fixings.'', ('
        'select json_agg(to_json(p)) from ('
        'select r.* from matching as r %s limit $7 offset $8) as p'
        '), (select count(*) from matching), $7, $8, $9)',
        ops.sort_clause(
            'fx.quarantine_record', coalesce(p_sort, '-quarantine_id'), array['quarantine_id']
        )
    )
    using
        p_status,
        p_reason,
        p_source,
        p_currency,
        p_start_date,
        p_end_date,
        p_limit,
        p_offset,
        p_link;
end
$$;

comment on function fx.list_quarantine(
    text, text, text, text, date, date, text, integer, integer, text
) is
'One page of refused fixings by status (open, released, rejected, superseded), reason, source, '
'currency and day; newest first unless p_sort says otherwise. Raises QB400 sort_unknown.';
grant execute on function fx.list_quarantine(
    text, text, text, text, date, date, text, integer, integer, text
) to qb_admin, qb_editor, qb_auditor;
