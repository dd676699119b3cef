-- finds: ops.planted(), planted_rule
create function ops.planted() returns void language plpgsql as $$
begin
    raise exception using
        errcode = 'QB409', constraint = 'planted_rule', message = 'No.', hint = 'Yes.';
end
$$;
comment on function ops.planted() is 'Raises QB409 planted.';
