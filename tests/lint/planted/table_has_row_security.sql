-- finds: ops.planted
create table ops.planted (id uuid primary key);
