-- Keeps the answer of a write under the key that this transaction claimed, and passes it on: work,
-- key and answer are committed together or not at all.
create or replace function ops.keep_idempotent_answer(
    p_key text,
    p_status integer,
    p_etag text,
    p_body text
)
returns table (status integer, etag text, body text)
language plpgsql
volatile
-- Definer: keys and answers are nobody's to write.
security definer
set search_path = ''
as $$
begin
    update ops.idempotency_key as k
    set
        status = p_status,
        etag = p_etag,
        body = p_body,
        answered_as = security._rights_of_user(k.user_id)
    where
        k.user_id = security.author_id()
        and k.idempotency_key = p_key
        and k.status is null;
    if not found then
        raise exception using
            errcode = 'QB409',
            constraint = 'idempotency_key_not_claimed',
            column = 'Idempotency-Key',
            message = 'This Idempotency-Key was not claimed, or has its answer already.',
            hint = 'Call ops.claim_idempotency_key first, in the same transaction.';
    end if;
    return query select p_status, p_etag, p_body;
end
$$;

comment on function ops.keep_idempotent_answer(text, integer, text, text) is
'Keeps an answer under a key claimed in this transaction and returns it. Raises QB409 '
'idempotency_key_not_claimed.';
grant execute on function ops.keep_idempotent_answer(text, integer, text, text) to
qb_admin, qb_editor, qb_submitter, qb_editor_scoped;
