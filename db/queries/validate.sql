-- Checks every function of ours as `create function` would, now that everything exists; names all
-- that fail, one a line, in the error's detail.
do $$
declare
    v_function record;
    v_failures text[] := '{}';
begin
    perform set_config('check_function_bodies', 'on', true);
    for v_function in
        select
            i.type || ' ' || i.identity as identity,
            format('select %s(%s)', l.lanvalidator::regproc, p.oid) as check_sql,
            coalesce(
                (
                    select substr(s.setting, length('search_path=') + 1)
                    from unnest(p.proconfig) as s (setting)
                    where s.setting like 'search_path=%'
                ),
                '""'
            ) as search_path
        from pg_proc as p
        inner join pg_namespace as n on p.pronamespace = n.oid
        inner join pg_language as l on p.prolang = l.oid
        cross join lateral pg_identify_object('pg_proc'::regclass, p.oid, 0) as i
        where n.nspowner = to_regrole('qb_owner') and l.lanname in ('sql', 'plpgsql')
        order by 1
    loop
        begin
            perform set_config('search_path', v_function.search_path, true);
            execute v_function.check_sql;
        exception
            -- Reported below, all of them: one round trip per finding would be a slow way to mend.
            when others then
                v_failures := v_failures || (v_function.identity || e'\t' || sqlerrm);
        end;
    end loop;
    perform set_config('search_path', '', true), set_config('check_function_bodies', 'off', true);
    if v_failures <> '{}' then
        raise exception using
            message = 'functions that cannot run',
            detail = array_to_string(v_failures, e'\n');
    end if;
end
$$;
