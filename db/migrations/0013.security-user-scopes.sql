-- Whose rows a narrowed user sees: a user of a scoped role has funds and companies here, a
-- submitter companies. Whoever has no row here and such a role sees nothing.

create table security.user_fund (
    fund_id uuid not null references fund.fund (fund_id),
    user_id uuid not null references security.app_user (user_id),
    created_at timestamptz not null default now(),
    primary key (fund_id, user_id)
);
create index user_fund_user_id_idx on security.user_fund (user_id);
comment on table security.user_fund is
'One row per narrowed user and fund: the user sees all of the fund and its companies.';
comment on constraint user_fund_fund_id_fkey on security.user_fund is
'The fund is not known. Hint: GET /v1/company/ names the funds in use.';

create table security.user_company (
    company_id text not null references company.company (company_id),
    user_id uuid not null references security.app_user (user_id),
    created_at timestamptz not null default now(),
    primary key (company_id, user_id)
);
create index user_company_user_id_idx on security.user_company (user_id);
comment on table security.user_company is
'One row per narrowed user or submitter and company: the user sees it, whatever its fund.';
comment on constraint user_company_company_id_fkey on security.user_company is
'The company is not known. Hint: GET /v1/company/ lists the companies.';

alter table security.user_fund enable row level security;
alter table security.user_company enable row level security;
