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
    v_removed bigint;
    v_before bigint;
begin
    perform fx.lock_derivation(true);

    delete from fx.quarter_rate as q
    where
        q.from_currency <> q.to_currency
        and q.to_currency not in (select c.currency from fx.presentation_currency as c);
    get diagnostics v_removed = row_count;

    select count(*) into v_before from fx.quarter_rate as q;
    perform
        fx.ensure_quarter_rates(
            array_agg(q.from_currency), array_agg(q.quarter_end_on)
        )
    from fx.quarter_rate as q
    where q.from_currency = q.to_currency;

    perform fx.refresh_quarter_rates();
    if v_removed > 0 or (select count(*) from fx.quarter_rate as q) <> v_before then
        perform company.rebuild_derived();
    end if;
    return null;
end
$$;

comment on function fx.refresh_after_settings() is
'Trigger _500_derive on settings and sources: brings the quarter rates, and what is derived from '
'them, up to the new values.';
