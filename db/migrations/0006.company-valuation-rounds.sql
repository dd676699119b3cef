-- Dated valuation rounds: the valuation of a quarter is the latest round on or before its end.

create table company.valuation_round (
    company_id text not null references company.company (company_id),
    valuation_round_id uuid not null default gen_random_uuid(),
    round_on date not null,
    round_name text,
    post_money_valuation numeric not null,
    equity_raised numeric,
    amount_unit text not null default 'millions',
    post_money_valuation_amount numeric generated always as (
        post_money_valuation * case amount_unit when 'millions' then 1000000 else 1 end
    ) stored,
    equity_raised_amount numeric generated always as (
        equity_raised * case amount_unit when 'millions' then 1000000 else 1 end
    ) stored,
    currency text not null references fx.currency (currency),
    created_date timestamptz not null default now(),
    created_by uuid not null default '00000000-0000-0000-0000-000000000000',
    last_update_date timestamptz,
    last_updated_by uuid,
    row_version bigint not null default 1,
    primary key (company_id, valuation_round_id),
    constraint valuation_round_one_per_day unique (company_id, round_on),
    constraint round_post_money_valuation_in_range check (
        post_money_valuation is null
        or post_money_valuation_amount = 0
        or (post_money_valuation_amount >= 0.01 and post_money_valuation_amount < 1e15)
    ),
    constraint round_equity_raised_in_range check (
        equity_raised is null
        or equity_raised_amount = 0
        or (equity_raised_amount >= 0.01 and equity_raised_amount < 1e15)
    ),
    constraint round_amount_unit_known check (amount_unit in ('millions', 'units')),
    constraint round_on_in_range check (round_on between '1970-01-01' and '2199-12-31')
);
comment on table company.valuation_round is 'One row per company and day of a priced round.';
comment on column company.valuation_round.post_money_valuation is
'In amount_unit of currency, as submitted.';
comment on column company.valuation_round.equity_raised is
'Equity raised to date, this round included, in amount_unit of currency; null when not known.';
comment on column company.valuation_round.post_money_valuation_amount is
'post_money_valuation in units: what every calculation uses.';
comment on column company.valuation_round.equity_raised_amount is
'equity_raised in units: what every calculation uses.';
comment on constraint valuation_round_one_per_day on company.valuation_round is
'This company already has a round on that day. Hint: Correct the existing round.';
comment on constraint valuation_round_company_id_fkey on company.valuation_round is
'The company is not known, or still has valuation rounds. Hint: Create the company first.';
comment on constraint valuation_round_currency_fkey on company.valuation_round is
'The currency is not in ISO 4217. Hint: Use a three-letter code such as USD, EUR or CAD.';
comment on constraint round_post_money_valuation_in_range on company.valuation_round is
'post_money_valuation must be 0 or from 0.01 to below 1e15 currency units. Hint: It is '
'counted in amount_unit.';
comment on constraint round_equity_raised_in_range on company.valuation_round is
'equity_raised must be 0 or from 0.01 to below 1e15 currency units. Hint: It is '
'counted in amount_unit.';
comment on constraint round_amount_unit_known on company.valuation_round is
'amount_unit is not known. Hint: Use millions or units.';
comment on constraint round_on_in_range on company.valuation_round is
'round_on must lie between 1970 and 2199. Hint: Send the day the round closed.';

alter table company.valuation_round enable row level security;
