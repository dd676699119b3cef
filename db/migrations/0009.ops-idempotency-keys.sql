-- Answers that are given a second time: a write whose sender did not hear the answer is sent again
-- under the same Idempotency-Key, and happens once.

create table ops.idempotency_key (
    user_id uuid not null references security.app_user (user_id),
    idempotency_key text not null,
    request_hash bytea not null,
    status integer,
    etag text,
    body text,
    created_at timestamptz not null default now(),
    primary key (user_id, idempotency_key),
    constraint idempotency_key_is_visible_ascii check (idempotency_key ~ '^[!-~]{1,255}$')
);
create index idempotency_key_created_at_idx on ops.idempotency_key (created_at);
comment on table ops.idempotency_key is
'One row per user and Idempotency-Key of the last 24 hours: the write it came with, and its '
'answer.';
comment on column ops.idempotency_key.request_hash is
'SHA-256 of method, path, If-Match and body: the same key with another request is refused.';
comment on column ops.idempotency_key.body is
'The whole answer as it was sent. Null only inside the transaction that does the work.';
comment on column ops.idempotency_key.created_at is
'When the work was done (UTC): a row older than 24 hours counts as absent.';
comment on constraint idempotency_key_is_visible_ascii on ops.idempotency_key is
'An Idempotency-Key is 1 to 255 visible ASCII characters. Hint: Send a new UUID with each write.';

alter table ops.idempotency_key enable row level security;
