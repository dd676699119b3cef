-- The answer of a write that was tried: what it would have said, marked as a preview. The caller
-- rolls the write back.
create or replace function ops.preview_body(
    p_body text
)
returns text
language sql
immutable
security invoker
set search_path = ''
as $$
    select (
        p_body::jsonb
        || jsonb_build_object(
            'code', 200,
            'message', 'Preview: nothing was changed.',
            'meta', jsonb_build_object('preview', true)
        )
    )::text
$$;

comment on function ops.preview_body(text) is
'The envelope p_body of a write with code 200 and meta preview true, for a write that is rolled '
'back.';
grant execute on function ops.preview_body(text) to
qb_admin, qb_editor, qb_editor_scoped;
