-- First statement of every request's transaction: from here on it runs as the user's group role.
-- Both settings end with the transaction, so a pooled connection carries nothing over.
create or replace function security.begin_request(
    p_user_id uuid
)
returns void
language plpgsql
volatile
-- Invoker: a definer function may not change the role.
security invoker
set search_path = ''
as $$
declare
    v_role text := security.request_role(p_user_id);
begin
    if v_role is null then
        raise exception using
            errcode = 'QB401',
            constraint = 'token_user_unknown',
            message = 'The token belongs to a user who is not known or no longer active.',
            hint = 'Log in again, or ask an administrator.';
    end if;

    perform set_config('qb.user_id', p_user_id::text, true);
    perform set_config('role', v_role, true);
end
$$;

comment on function security.begin_request(uuid) is
'Sets role and user for this transaction from the user''s row. Raises QB401 token_user_unknown.';
grant execute on function security.begin_request(uuid) to qb_api;
