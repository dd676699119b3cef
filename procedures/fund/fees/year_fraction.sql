-- Days as a part of a year. Every convention here adds up: a span cut in two has the fraction of
-- the whole, so that a fee does not depend on where it is cut. Of the 30/360 family only the
-- Eurobond one does (30E/360, ISDA 2006 section 4.16(g)); act/act is ISDA's, cut at year ends. In
-- quarter a whole quarter is a fourth, and a stub its days' part of the quarter's days. In plpgsql,
-- which plans it once and not at every call: fees and interest ask for it thousands of times.
create or replace function fund.year_fraction(
    p_from_on date,
    p_to_on date,
    p_day_count text
)
returns numeric
language plpgsql
immutable
security invoker
set search_path = ''
as $$
begin
    if p_to_on < p_from_on then
        return null;
    elsif p_day_count in ('act/365', 'act/360') then
        return trim_scale(
            (p_to_on - p_from_on) * 1.000000000000000000000000
            / right(p_day_count, 3)::integer
        );
    elsif p_day_count = '30/360' then
        return trim_scale(
            (
                360 * (extract(year from p_to_on) - extract(year from p_from_on))
                + 30 * (extract(month from p_to_on) - extract(month from p_from_on))
                + least(extract(day from p_to_on), 30)
                - least(extract(day from p_from_on), 30)
            ) * 1.000000000000000000000000 / 360
        );
    elsif p_day_count in ('act/act', 'quarter') then
        return (
            -- Days in parts of equal length come together before they are divided.
            select trim_scale(
                coalesce(sum(d.days * 1.000000000000000000000000 / d.year_days), 0)
            )
            from (
                select
                    sum(
                        least(s.first_on + s.length, p_to_on::timestamp)::date
                        - greatest(s.first_on, p_from_on::timestamp)::date
                    ) as days,
                    s.parts * ((s.first_on + s.length)::date - s.first_on::date)
                    as year_days
                from (
                    select
                        x.first_on,
                        u.length,
                        u.parts
                    from (
                        select
                            case
                                when p_day_count = 'quarter' then 'quarter' else 'year'
                            end as name,
                            case
                                when p_day_count = 'quarter'
                                    then interval '3 months'
                                else interval '1 year'
                            end as length,
                            case when p_day_count = 'quarter' then 4 else 1 end as parts
                    ) as u
                    cross join lateral generate_series(
                        date_trunc(u.name, p_from_on::timestamp),
                        (p_to_on - 1)::timestamp,
                        u.length
                    ) as x (first_on)
                ) as s
                group by 2
            ) as d
        );
    end if;
    return null;
end
$$;

comment on function fund.year_fraction(date, date, text) is
'Part of a year, to 24 decimals, from p_from_on to p_to_on, which is not counted, in the day count '
'act/365, act/360, act/act, 30/360 or quarter of fund.terms. Null for another one, and when '
'p_to_on comes before p_from_on.';
grant execute on function fund.year_fraction(date, date, text) to
qb_admin, qb_editor, qb_viewer, qb_auditor, qb_editor_scoped, qb_viewer_scoped;
