-- Whoever changes a fund takes the lock of its books first, and no other after it: two sessions
-- never wait for each other in a circle. A hidden fund is one that nobody has.
create or replace function fund._lock_fund(
    p_fund_id uuid
)
returns void
language plpgsql
volatile
security invoker
set search_path = ''
as $$
begin
    if
        not security.can_write_fund(p_fund_id)
        or not exists (select from fund.fund as f where f.fund_id = p_fund_id)
    then
        raise exception using
            errcode = 'QB404',
            constraint = 'fund_not_found',
            column = 'fund_id',
            message = 'There is no fund with this fund_id.',
            hint = 'GET /v1/funds lists the funds you may see.';
    end if;
    perform ledger.lock_book(p_fund_id);
end
$$;

comment on function fund._lock_fund(uuid) is
'Locks the fund until commit. Raises QB404 fund_not_found, books_not_found, QB409 '
'books_need_fresh_snapshot.';
