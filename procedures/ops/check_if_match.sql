-- Refuses a change that was made against an older version of a row. Called after the row is locked:
-- only then is the version that is compared the version that will be overwritten.
create or replace function ops.check_if_match(
    p_if_match text,
    p_row_version bigint
)
returns void
language plpgsql
immutable
security invoker
set search_path = ''
as $$
begin
    -- Strong comparison (RFC 9110 13.1.1): a weak W/"7" never matches, and nothing matches a record
    -- that does not exist. No tag of ours has a comma.
    if
        p_if_match is null
        or (
            p_row_version is not null
            and (
                btrim(p_if_match) = '*'
                or format('"%s"', p_row_version) in (
                    select btrim(t.tag, E' \t') from string_to_table(p_if_match, ',') as t (tag)
                )
            )
        )
    then
        return;
    end if;
    raise exception using
        errcode = 'QB412',
        constraint = 'stale_version',
        column = 'If-Match',
        message = 'The record has changed since you read it.',
        detail = coalesce('The version is now "' || p_row_version || '".', 'It does not exist.'),
        hint = 'Read it again, apply your change to what you find, and send its ETag.';
end
$$;

comment on function ops.check_if_match(text, bigint) is
'Passes when p_if_match (the header If-Match) is null, * or lists the ETag of p_row_version '
'(null: no such record). Raises QB412 stale_version. Lock the row first.';
grant execute on function ops.check_if_match(text, bigint) to
qb_admin, qb_editor, qb_submitter, qb_editor_scoped;
