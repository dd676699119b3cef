-- The answer that shows an entry that was posted, or would be.
create or replace function ledger.entry_answer(
    p_entry jsonb,
    p_preview boolean
)
returns table (status integer, etag text, body text)
language sql
immutable
security invoker
set search_path = ''
as $$
    select
        s.code,
        null::text,
        ops.success_body(
            s.code,
            case when p_preview then 'Preview: nothing was posted.' else 'Posted.' end,
            p_entry::json,
            json_build_object('preview', p_preview)
        )
    from (select case when p_preview then 200 else 201 end as code) as s
$$;

comment on function ledger.entry_answer(jsonb, boolean) is
'Status and envelope of an entry: 201, or 200 when p_preview.';
grant execute on function ledger.entry_answer(jsonb, boolean) to
qb_admin, qb_editor, qb_editor_scoped;
