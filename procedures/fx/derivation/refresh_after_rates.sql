-- After fixings changed: refreshes the quarter rates whose quarter holds one of the changed days.
create or replace function fx.refresh_after_rates()
returns trigger
language plpgsql
volatile
-- Definer: derived rows are nobody's to write but the derivation's.
security definer
set search_path = ''
as $$
declare
    v_currencies text[];
    v_first_on date;
    v_last_on date;
begin
    if tg_op = 'DELETE' then
        select array_agg(distinct o.currency), min(o.rate_on), max(o.rate_on)
        into v_currencies, v_first_on, v_last_on
        from old_rows as o;
    elsif tg_op = 'INSERT' then
        select array_agg(distinct n.currency), min(n.rate_on), max(n.rate_on)
        into v_currencies, v_first_on, v_last_on
        from new_rows as n;
    else
        select array_agg(distinct c.currency), min(c.rate_on), max(c.rate_on)
        into v_currencies, v_first_on, v_last_on
        from (
            select o.currency, o.rate_on from old_rows as o
            union all
            select n.currency, n.rate_on from new_rows as n
        ) as c;
    end if;

    if v_currencies is not null then
        perform fx.lock_derivation(true);
        perform fx.refresh_quarter_rates(v_currencies, v_first_on, v_last_on);
    end if;
    return null;
end
$$;

comment on function fx.refresh_after_rates() is
'Trigger _500_derive on fx.rate: refreshes the quarter rates that the changed days reach.';
