-- After the order of sources changed: every cross rate may come from another one.
create or replace function fx.refresh_after_sources()
returns trigger
language plpgsql
volatile
-- Definer: derived rows are nobody's to write but the derivation's.
security definer
set search_path = ''
as $$
begin
    perform fx.lock_derivation(true);
    perform fx.refresh_quarter_rates();
    return null;
end
$$;

comment on function fx.refresh_after_sources() is
'Trigger _500_derive on fx.source: brings the quarter rates, and what is derived from them, up to '
'the new order.';
