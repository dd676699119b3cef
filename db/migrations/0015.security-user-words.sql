-- Words for constraints that administrators can run into since they look after users.
comment on constraint person_user_id_fkey on security.person is
'There is no such user. Hint: Add the user first: POST /v1/users.';
comment on constraint user_fund_user_id_fkey on security.user_fund is
'There is no such user. Hint: GET /v1/users lists them.';
comment on constraint user_company_user_id_fkey on security.user_company is
'There is no such user. Hint: GET /v1/users lists them.';
comment on constraint app_user_group_role_known on security.app_user is
'The role is not one of Quarterbase''s. Hint: Use admin, editor, viewer, auditor, submitter, '
'investor, editor_scoped or viewer_scoped.';
comment on column ops.idempotency_key.request_hash is
'SHA-256 of method, path, If-Match and body, and of a body with a password a slow, salted hash '
'(scrypt): the same key with another request is refused.';
