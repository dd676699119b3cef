-- finds: fund, USAGE
-- finds: fund.fund, SELECT
-- finds: fx.rate.rate, UPDATE
-- finds: ops.today(), EXECUTE
-- finds: ops.planted(), EXECUTE
-- finds: the database, TEMPORARY
grant usage on schema fund to public;
grant select on fund.fund to public;
grant update (rate) on fx.rate to public;
grant execute on function ops.today() to public;
reset role;
create function ops.planted() returns integer language sql as 'select 1';
do $$ begin execute format('grant temporary on database %I to public', current_database()); end $$;
