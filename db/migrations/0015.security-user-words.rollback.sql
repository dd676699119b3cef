comment on column ops.idempotency_key.request_hash is
'SHA-256 of method, path, If-Match and body: the same key with another request is refused.';
comment on constraint app_user_group_role_known on security.app_user is
'The role is not one of Quarterbase''s. Hint: Use admin, editor, viewer, auditor, submitter or '
'investor.';
comment on constraint user_company_user_id_fkey on security.user_company is null;
comment on constraint user_fund_user_id_fkey on security.user_fund is null;
comment on constraint person_user_id_fkey on security.person is null;
