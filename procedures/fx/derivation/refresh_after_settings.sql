-- After a setting or the order of sources changed: brings every kept quarter rate up to it. A
-- changed set of presentation currencies adds or removes whole rows, so everything is derived
-- anew.
create or replace function fx.refresh_after_settings()
returns trigger
language plpgsql
volatile
-- Definer: derived rows are nobody's to write but the derivation's.
security definer
set search_path = ''
as $$
declare
    v_currencies_changed boolean := tg_table_name = 'setting';
begin
    if tg_table_name = 'setting' and tg_op = 'UPDATE' then
        v_currencies_changed := exists (
            select
            from new_rows as n
            inner join old_rows as o on n.setting = o.setting
            where n.setting = 'presentation_currencies' and n.value <> o.value
        );
    end if;

    perform fx.lock_derivation(true);
    if v_currencies_changed then
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
'Trigger _500_derive on settings and sources: brings the quarter rates, and what is derived from '
'them, up to the new values.';
