-- finds: ops.planted(), raise exception 'No; never'
-- finds: ops.planted(), raise exception using errcode = 'QB400', message = 'No.', hint = 'Yes.'
create function ops.planted() returns void language plpgsql as $$
begin
    -- raise exception: a comment is none
    raise exception 'No; never';
    raise exception using errcode = 'QB400', message = 'No.', hint = 'Yes.';
    raise exception using
        errcode = 'QB409', constraint = 'planted_rule', message = 'No; never.', hint = 'Yes.';
end
$$;
