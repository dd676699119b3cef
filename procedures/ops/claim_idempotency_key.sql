-- First statement of a write that came with an Idempotency-Key. The row of the key is inserted
-- before the work: whoever sends the same key meanwhile waits here until the first has committed,
-- and then gets its answer. A refused write rolls its key back: nothing happened, so nothing is
-- repeated. An answer is repeated to whoever it was for: after another role or scope it could show
-- what its user no longer sees.
create or replace function ops.claim_idempotency_key(
    p_key text,
    p_request_hash bytea
)
returns table (status integer, etag text, body text)
language plpgsql
volatile
-- Definer: keys and answers of others are nobody's to read.
security definer
set search_path = ''
-- A sender waits for its twin, but not for ever.
set lock_timeout = '10s'
as $$
declare
    v_user_id uuid := security.author_id();
    v_known ops.idempotency_key;
begin
    insert into ops.idempotency_key as k (user_id, idempotency_key, request_hash, created_at)
    values (v_user_id, p_key, p_request_hash, ops.now())
    on conflict (user_id, idempotency_key) do update
    set
        request_hash = excluded.request_hash,
        status = null,
        etag = null,
        body = null,
        answered_as = null,
        created_at = excluded.created_at
    -- Without an answer: claimed by somebody who committed nothing else.
    where k.created_at <= ops._idempotency_kept_since() or k.status is null;
    if found then
        return;
    end if;

    select k.*
    into v_known
    from ops.idempotency_key as k
    where k.user_id = v_user_id and k.idempotency_key = p_key;

    if v_known.request_hash <> p_request_hash then
        raise exception using
            errcode = 'QB422',
            constraint = 'idempotency_key_reused',
            column = 'Idempotency-Key',
            message = 'This Idempotency-Key came with another request before.',
            hint = 'Use a new key for a new request; send the same request to repeat one.';
    end if;
    if v_known.answered_as is distinct from security._rights_of_user(v_user_id) then
        raise exception using
            errcode = 'QB403',
            constraint = 'idempotent_answer_withheld',
            column = 'Idempotency-Key',
            message = 'This was done, but your role or what you see has changed since.',
            hint = 'Read the record to see what you may of it.';
    end if;
    return query select v_known.status, v_known.etag, v_known.body;
exception
    when lock_not_available then
        raise exception using
            errcode = 'QB409',
            constraint = 'idempotency_key_in_flight',
            column = 'Idempotency-Key',
            message = 'A request with this Idempotency-Key is still being worked on.',
            hint = 'Send it again in some seconds; its answer will be there.';
end
$$;

comment on function ops.claim_idempotency_key(text, bytea) is
'Claims a key of the current user for this transaction: no row when the work is to be done, the '
'kept answer (status, etag, body) when it has been done in the last 24 hours. Waits up to 10 s for '
'a twin. Raises QB422 idempotency_key_reused, QB403 idempotent_answer_withheld, QB409 '
'idempotency_key_in_flight, 23514 idempotency_key_is_visible_ascii.';
grant execute on function ops.claim_idempotency_key(text, bytea) to
qb_admin, qb_editor, qb_submitter, qb_editor_scoped;
