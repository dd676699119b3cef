-- The answer about one quarantined fixing.
create or replace function fx._quarantined_body(
    p_quarantine_id bigint,
    p_message text
)
returns table (status integer, etag text, body text)
language sql
stable
security invoker
set search_path = ''
as $$
    select
        200,
        format('"%s"', r.row_version),
        ops.success_body(200, p_message, to_json(r))
    from fx.quarantine_record as r
    where r.quarantine_id = p_quarantine_id
$$;

comment on function fx._quarantined_body(bigint, text) is
'Status 200, ETag and envelope of one quarantined fixing.';
