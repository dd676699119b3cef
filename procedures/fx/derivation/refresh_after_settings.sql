-- After settings changed: brings what depends on them up to date. Another flow rate is another
-- rate of every kept quarter; another set of presentation currencies is other rows, derived anew.
create or replace function fx.refresh_after_settings()
returns trigger
language plpgsql
volatile
-- Definer: derived rows are nobody's to write but the derivation's.
security definer
set search_path = ''
as $$
declare
    v_changed text[];
begin
    if tg_op = 'INSERT' then
        v_changed := array(select n.setting from new_rows as n);
    elsif tg_op = 'DELETE' then
        v_changed := array(select o.setting from old_rows as o);
    else
        v_changed := array(
            (select n.setting from new_rows as n except select o.setting from old_rows as o)
            union
            (select o.setting from old_rows as o except select n.setting from new_rows as n)
            union
            select n.setting
            from new_rows as n
            inner join old_rows as o on n.setting = o.setting
            where n.value <> o.value
        );
    end if;
    if not v_changed && array['fx_flow_rate', 'presentation_currencies'] then
        return null;
    end if;

    perform fx.lock_derivation(true);
    if 'presentation_currencies' = any(v_changed) then
        -- The derivation asks again for those that valuations in another currency still need.
        delete from fx.quarter_rate as q
        where
            q.from_currency <> q.to_currency
            and q.to_currency not in (select c.currency from fx.presentation_currency as c);
        perform company.rebuild_derived();
    else
        perform fx.refresh_quarter_rates();
    end if;
    return null;
end
$$;

comment on function fx.refresh_after_settings() is
'Trigger _500_derive on ops.setting: brings the quarter rates, and what is derived from them, '
'up to the new values. Raises QB400 presentation_currency_known.';
