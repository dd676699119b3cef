-- finds: ops.today()
comment on function ops.today() is null;
