-- On every day a fund has one version of its terms at most. Whoever writes one holds the fund's
-- row, so that two at once see each other.
create or replace function fund.check_terms_overlap()
returns trigger
language plpgsql
volatile
security invoker
set search_path = ''
as $$
declare
    v_other record;
begin
    -- A snapshot older than the lock cannot see what its last holder committed.
    if current_setting('transaction_isolation') <> 'read committed' then
        raise exception using
            errcode = 'QB409',
            constraint = 'terms_need_fresh_snapshot',
            message = 'Terms are set at isolation level read committed only.',
            hint = 'Use read committed, the default.';
    end if;
    perform from fund.fund as f where f.fund_id = new.fund_id for no key update;

    select
        t.valid_from,
        t.valid_to
    into v_other
    from fund.terms as t
    where
        t.fund_id = new.fund_id
        and t.valid_from <> case when tg_op = 'UPDATE' then old.valid_from else 'infinity' end
        and t.valid_from < coalesce(new.valid_to, 'infinity')
        and new.valid_from < coalesce(t.valid_to, 'infinity')
    order by t.valid_from
    limit 1;
    if found then
        raise exception using
            errcode = 'QB409',
            constraint = 'terms_do_not_overlap',
            column = case
                when v_other.valid_from > new.valid_from then 'valid_to' else 'valid_from'
            end,
            message = 'The fund has terms for some of these days already.',
            detail = format(
                'A version holds from %s %s.',
                v_other.valid_from,
                coalesce('to ' || v_other.valid_to, 'on')
            ),
            hint = case
                when v_other.valid_from > new.valid_from
                    then format('Send valid_to %s or earlier.', v_other.valid_from)
                else 'Choose another valid_from, or delete that version first.'
            end;
    end if;
    return new;
end
$$;

comment on function fund.check_terms_overlap() is
'Trigger _300_check on fund.terms. Raises QB409 terms_do_not_overlap, terms_need_fresh_snapshot.';
