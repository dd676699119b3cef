alter table ops.idempotency_key drop column answered_as;
