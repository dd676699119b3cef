-- Why a derived number is missing: the closed list, in the words that company.explain_metric gives.
-- Where several hold, the explanation names the first operand of the formula that is missing, and
-- only when none is, what the formula itself forbids. Repeatable: the list belongs to the platform.
insert into company.null_reason as r (null_reason, meaning, sort_order)
values
(
    'no_fx_rate',
    'No exchange rate: fewer than 40 fixings in the quarter, or none in its last days.',
    10
),
(
    'no_valuation',
    'No valuation of the company holds at the quarter''s end.',
    20
),
(
    'missing_input',
    'A number that is needed was not submitted.',
    30
),
(
    'missing_prior_quarter',
    'The quarter before, or another of the three before, was not reported.',
    40
),
(
    'missing_prior_year_quarter',
    'The same quarter a year before was not reported.',
    50
),
(
    'ltm_incomplete',
    'One of the four quarters in a row that are summed is missing or lacks the number.',
    60
),
(
    'currency_changed',
    'The company reported in another currency then: the two numbers cannot be compared.',
    70
),
(
    'zero_denominator',
    'The number that is divided by is 0.',
    80
),
(
    'negative_base',
    'The base of the growth is 0 or less.',
    90
),
(
    'no_burn',
    'No cash was burned: there is no end to run to.',
    100
),
(
    'cash_generative',
    'Cash came in instead of being burned: there is no end to run to.',
    110
)
on conflict (null_reason) do update
    set
        meaning = excluded.meaning,
        sort_order = excluded.sort_order
    where r.* is distinct from excluded.*;
