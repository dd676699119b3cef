-- finds: ops.planted, uuid
create table ops.planted (company_id uuid primary key);
