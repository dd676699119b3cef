-- An answer under an Idempotency-Key holds what its user saw then. Whoever has another role or
-- scope since does not get it again.

alter table ops.idempotency_key add column answered_as text;
comment on column ops.idempotency_key.answered_as is
'Group role of the user when the answer was given, and a digest of the funds and companies. Null '
'inside the transaction that does the work, and for answers from before this column.';
