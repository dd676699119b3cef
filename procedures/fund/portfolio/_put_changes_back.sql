-- Notes again what a refresh took and did not get to, neighbouring quarters as one.
create or replace function fund._put_changes_back(
    p_fund_ids uuid[],
    p_ordinals integer[],
    p_changed_at timestamptz[]
)
returns void
language sql
volatile
security invoker
set search_path = ''
as $$
    insert into fund.portfolio_change (
        fund_id,
        first_ordinal,
        last_ordinal,
        changed_at
    )
    select
        q.fund_id,
        min(q.ordinal),
        max(q.ordinal),
        min(q.changed_at)
    from (
        select
            u.fund_id,
            u.ordinal,
            u.changed_at,
            u.ordinal - row_number() over (partition by u.fund_id order by u.ordinal) as run
        from unnest(p_fund_ids, p_ordinals, p_changed_at) as u (fund_id, ordinal, changed_at)
    ) as q
    group by q.fund_id, q.run
$$;

comment on function fund._put_changes_back(uuid[], integer[], timestamptz[]) is
'Adds notes to fund.portfolio_change for quarters of funds, given as parallel arrays.';
