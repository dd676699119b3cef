-- Whom to ask for rates over the network, in which order, and how far back. Gaps are filled by
-- asking further back: the newest day alone when nothing is missing, else the recent weeks, else
-- everything.
create or replace function fx.sources_to_ask(
    p_source_id text default null,
    p_span text default null
)
returns table (
    source_id text,
    kind text,
    url text,
    key_name text,
    key_header text,
    base_currency text,
    span text,
    today date
)
language plpgsql
stable
-- Definer: the clock's login sees sources through this function only.
security definer
set search_path = ''
as $$
declare
    v_today date := ops.today();
    v_source fx.source;
begin
    if p_source_id is not null then
        select s.* into v_source from fx.source as s where s.source_id = p_source_id;
        if v_source.source_id is null then
            raise exception using
                errcode = 'QB400',
                constraint = 'fx_source_unknown',
                column = 'source_id',
                message = 'The source of the rates is not known.',
                hint = 'Choose one of fx.source.';
        end if;
        if not v_source.is_enabled or v_source.url is null then
            raise exception using
                errcode = 'QB409',
                constraint = 'fx_source_not_asked',
                column = 'source_id',
                message = 'This source is switched off, or publishes nothing to ask for.',
                hint = 'Set is_enabled, and url, of its row in fx.source.';
        end if;
    end if;

    return query
    select
        s.source_id,
        s.kind,
        s.url,
        s.key_name,
        s.key_header,
        s.base_currency,
        coalesce(
            p_span,
            case
                -- The weekday before today is there.
                when
                    own.newest_on >= v_today - case extract(isodow from v_today)
                        when 1 then 3
                        when 7 then 2
                        else 1
                    end
                    then 'latest'
                when alike.newest_on >= v_today - 80 then 'recent'
                else 'history'
            end
        ),
        v_today
    from fx.source as s
    left join fx.source_state as t on s.source_id = t.source_id
    cross join lateral (
        select max(r.rate_on) as newest_on
        from fx.rate as r
        where r.source_id = s.source_id
    ) as own
    -- Another source against the same base, the shipped archive for one, has the days before.
    cross join lateral (
        select max(r.rate_on) as newest_on
        from fx.source as o
        inner join fx.rate as r on o.source_id = r.source_id
        where o.is_enabled and o.base_currency = s.base_currency
    ) as alike
    where
        s.is_enabled
        and s.kind not in ('bundled', 'manual')
        -- By name a source is asked whatever happened before.
        and case
            when p_source_id is null then coalesce(t.open_until <= ops.now(), true)
            else s.source_id = p_source_id
        end
    order by s.priority;
end
$$;

comment on function fx.sources_to_ask(text, text) is
'Enabled online sources in order of priority, with span, how far back to ask: latest, recent or '
'history (p_span: the same for all). Leaves out those whose circuit breaker is open, unless asked '
'for by name. Raises QB400 fx_source_unknown, QB409 fx_source_not_asked.';
grant execute on function fx.sources_to_ask(text, text) to qb_admin, qb_jobs;
