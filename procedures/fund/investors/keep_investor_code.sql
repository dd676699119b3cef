-- Cents that two partners have the same claim to go to the lower code: a partner keeps its code.
create or replace function fund.keep_investor_code()
returns trigger
language plpgsql
volatile
-- Definer: also of funds that the caller does not see.
security definer
set search_path = ''
as $$
begin
    if exists (select from fund.commitment as c where c.investor_id = old.investor_id) then
        raise exception using
            errcode = 'QB409',
            constraint = 'investor_keeps_its_code',
            column = 'investor_code',
            message = 'The code of an investor stays once it is a partner.',
            detail = old.investor_code,
            hint = 'Change its name instead.';
    end if;
    return new;
end
$$;

comment on function fund.keep_investor_code() is
'Trigger _300_keep_code on fund.investor. Raises QB409 investor_keeps_its_code.';
