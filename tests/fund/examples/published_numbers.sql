-- Published numbers of fund accounting, as these functions give them. Run by test_examples.py.

-- Interest of a later close: 4,000,000 x 8 % x 90 / 365 = 78,904.11 (fundopshq.com, 2026-01-14).
select round(
    fund.interest(4000000, '2025-01-01', '2025-04-01', 0.08, 'act/365', 'simple'), 2
) as true_up_interest;

-- Second close (ibfundaccounting.com): 90 million (20, 30, 40) join 405 million; 50 million were
-- called.
-- Their parts are 2,020,202, 3,030,303 and 4,040,404. The text's "30 million = 8.08 %" is a slip:
-- 8.08 % is 40 of 495; 30 of 495 is 6.06 %.
select a.key, a.amount, round(100.0 * w.commitment / 495, 2) as share_pct
from (values ('Earlier', 405), ('LP7', 20), ('LP8', 30), ('LP9', 40)) as w (key, commitment)
join fund.allocate(50000000, '{Earlier,LP7,LP8,LP9}', '{405,20,30,40}') as a using (key)
order by a.key collate "C";

-- Three equal partners and three calls of 100.00. Rounding each call alone, as is often advised,
-- gives 100.02, 99.99 and 99.99: the first partner pays every odd cent.
select a.key, sum(a.amount) as call_by_call
from generate_series(1, 3), fund.allocate(100, '{A,B,C}', '{1,1,1}') as a
group by a.key
order by a.key;

-- Running totals are rounded instead: 100.00 each.
with first as (select a.* from fund.allocate(100, '{A,B,C}', '{1,1,1}') as a),
second as (
    select a.key, a.amount, f.exact + a.exact as exact, f.amount + a.amount as total
    from first as f
    join fund.allocate(
        100, '{A,B,C}', '{1,1,1}',
        (select array_agg(exact order by key) from first),
        (select array_agg(amount order by key) from first)
    ) as a using (key)
)
select key, f.amount as first, s.amount as second, t.amount as third, s.total + t.amount as total
from first as f
join second as s using (key)
join fund.allocate(
    100, '{A,B,C}', '{1,1,1}',
    (select array_agg(exact order by key) from second),
    (select array_agg(total order by key) from second)
) as t using (key)
order by key;

-- A fee of 2 % on 100 million for a stub of 16 days, 15 to 30 June 2025: the day count decides.
select
    d.day_count,
    round(0.02 * 100000000 * fund.year_fraction('2025-06-15', '2025-07-01', d.day_count), 2) as fee
from
    unnest('{act/365,act/360,act/act,30/360,quarter}'::text[])
    with ordinality as d (day_count, place)
order by d.place;

-- XIRR: the example of Excel's help, recomputed: 0.37336253.
select round(fund.xirr(f.amount, f.day)::numeric, 8) as excel_help
from (values (-10000, date '2008-01-01'), (2750, '2008-03-01'), (4250, '2008-10-30'),
    (3250, '2009-02-15'),
    (2750, '2009-04-01')) as f (amount, day);

-- The README of nodejs-xirr: 0.2504234710540838 (in decimals it is 0.25042347105408369; double
-- precision is good for 14 digits of it). They are 222 days: the year's rate of a position of less
-- than a year is flagged, and a partner's net_irr is then what those days returned.
select
    round(d.rate, 13) as nodejs_xirr,
    d.is_under_one_year,
    round(((1 + d.rate)::double precision ^ (222 / 365.0))::numeric - 1, 6) as of_222_days
from fund.xirr_detail(
    '{-1000,-2500,-1000,5050}', '{2016-01-15,2016-02-08,2016-04-17,2016-08-24}'
) as d;
