-- finds: ops.planted()
reset role;
create function ops.planted() returns float8 language internal as 'drandom';
