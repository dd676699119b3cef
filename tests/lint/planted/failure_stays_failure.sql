-- finds: ops.planted()
create function ops.planted() returns integer language plpgsql as $$
begin
    return 1 / 0;
exception
    when others then return null;
end
$$;
