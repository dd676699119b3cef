-- A fund as far as companies need it: a name to point to. The fund room completes it later.

create schema fund;
comment on schema fund is 'Funds.';

create table fund.fund (
    fund_id uuid primary key default gen_random_uuid(),
    name text not null,
    created_date timestamptz not null default now(),
    created_by uuid not null default '00000000-0000-0000-0000-000000000000',
    last_update_date timestamptz,
    last_updated_by uuid,
    row_version bigint not null default 1,
    constraint fund_name_unique unique (name),
    constraint fund_name_not_blank check (name = btrim(name) and name <> '')
);
comment on table fund.fund is 'One row per fund. A company that names an unknown fund creates it.';
comment on constraint fund_name_not_blank on fund.fund is
'The fund name is blank or has spaces around it. Hint: Send the name, or null for none.';
comment on constraint fund_name_unique on fund.fund is
'There already is a fund of this name. Hint: Use it, or choose another name.';

alter table fund.fund enable row level security;
