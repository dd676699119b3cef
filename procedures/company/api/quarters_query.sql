-- The statement for one page of any of the room's quarter records: the GET endpoints differ in the
-- view only. Built as text because a filter that was not given must not be in the plan.
create or replace function company.quarters_query(
    p_record_view regclass,
    p_table regclass,
    p_latest_only boolean,
    p_company_id text,
    p_currency text,
    p_fund text,
    p_start_reporting_date date,
    p_end_reporting_date date,
    p_reporting_year integer,
    p_reporting_quarter integer,
    p_sort text,
    p_limit integer,
    p_offset integer
)
returns text
language plpgsql
stable
security invoker
set search_path = ''
as $$
declare
    v_key text := 'company_id, reporting_year, reporting_quarter, currency';
    v_filters text[] := array_remove(
        array[
            case when p_company_id is not null then 'r.company_id = $1' end,
            case when p_currency is not null then 'r.currency = $2' end,
            case
                when p_fund is not null
                    then 'r.company_id in ('
                        'select c.company_id from company.company as c '
                        'inner join fund.fund as f on c.fund_id = f.fund_id '
                        'where f.name = $3 or f.fund_id::text = $3)'
            end
        ],
        null
    );
    v_periods text[] := array_remove(
        array[
            -- A quarter is never reported under a year further away than the next: the year is what
            -- an index leads to, the day is what counts.
            case
                when p_start_reporting_date is not null
                    then 'r.fiscal_reporting_date >= $4 '
                        'and r.reporting_year >= extract(year from $4)::integer - 1'
            end,
            case
                when p_end_reporting_date is not null
                    then 'r.fiscal_reporting_date <= $5 '
                        'and r.reporting_year <= extract(year from $5)::integer + 1'
            end,
            case when p_reporting_year is not null then 'r.reporting_year = $6' end,
            case when p_reporting_quarter is not null then 'r.reporting_quarter = $7' end
        ],
        null
    );
    v_where text := array_to_string(array['true'] || v_filters || v_periods, ' and ');
    v_order text := ops.sort_clause(p_record_view, p_sort, string_to_array(v_key, ', '));
    v_is_counted boolean := v_periods = '{}' and p_table <> 'company.metrics_input'::regclass;
    -- Found and counted in the table, whose indexes have the keys; names are in the view alone.
    v_from text := case when p_sort ~ '_by' then p_record_view else p_table end || ' as r';
    v_page text;
    v_total text;
begin
    if p_latest_only then
        -- The latest of what the filters let through: with an end, the latest by then.
        v_from := format(
            'company.quarter_count as k cross join lateral ('
            'select r.* from %s '
            'where r.company_id = k.company_id and r.currency = k.currency and %s '
            'order by r.reporting_year desc, r.reporting_quarter desc limit 1) as r',
            v_from,
            v_where
        );
        v_where := replace(array_to_string(array['true'] || v_filters, ' and '), 'r.', 'k.');
        v_order := replace(v_order, 'r.company_id', 'k.company_id');
    end if;
    -- Which rows by their keys first: it takes long to make 45 values of one.
    v_page := format(
        'select r.* from (select r.%s from %s where %s %s limit $9 offset $10) as k '
        'inner join %s as r using (%s) %s',
        replace(v_key, ', ', ', r.'),
        v_from,
        v_where,
        v_order,
        p_record_view,
        v_key,
        replace(v_order, 'k.', 'r.')
    );
    if not p_latest_only and p_sort is null and v_periods = '{}' and p_offset <= p_limit then
        -- The first rows of the primary key are at hand.
        v_page := format(
            'select r.* from %s as r where %s %s limit $9 offset $10',
            p_record_view,
            v_where,
            v_order
        );
    end if;

    v_total := case
        when v_is_counted
            then format(
                'select %s from company.quarter_count as k where %s',
                case when p_latest_only then 'count(*)' else 'coalesce(sum(k.quarters), 0)' end,
                replace(v_where, 'r.', 'k.')
            )
        else format('select count(*) from %s where %s', v_from, v_where)
    end;

    -- Written once, from its first byte to its last: whatever else a page of 170 kB passes through
    -- copies it, and a copy takes as long as ten of its rows.
    return format(
        'with e as materialized (select ops.list_frame($8, (%s), $9, $10, $11) as frame) '
        'select 200, null::text, string_agg(p.part, p.before order by p.place) from ('
        'select 0 as place, '''' as before, e.frame[1] || ''['' as part from e union all '
        'select row_number() over (), case when row_number() over () > 1 then '','' else '''' end, '
        'row_to_json(r)::text from (%s) as r union all '
        'select 2147483647, '''', '']'' || e.frame[2] from e) as p',
        v_total,
        v_page
    );
end
$$;

comment on function company.quarters_query(
    regclass, regclass, boolean, text, text, text, date, date, integer, integer, text, integer,
    integer
) is
'The statement for one page of a record view of this room (input_record, financials_record, '
'metrics_record) over its table, under the given filters, or of the latest quarter of each company '
'and currency among them. It is executed using company_id, currency, fund, start date, end date, '
'year, quarter, message, limit, offset and link. Raises QB400 sort_unknown.';
grant execute on function company.quarters_query(
    regclass, regclass, boolean, text, text, text, date, date, integer, integer, text, integer,
    integer
) to qb_admin, qb_editor, qb_viewer, qb_auditor, qb_submitter, qb_editor_scoped, qb_viewer_scoped;
