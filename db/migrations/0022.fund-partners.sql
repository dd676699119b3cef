-- The fund completed, the terms it lives by, and its partners: who they are, in which class, and
-- whose users see only themselves. fund_id is the first column of every key of a fund's own rows;
-- investors are shared between funds.

alter table fund.fund
add column currency text references fx.currency (currency),
add column vintage_year integer,
add column status text,
add constraint fund_vintage_in_range check (vintage_year between 1950 and 2199),
add constraint fund_status_known check (
    status in ('raising', 'investing', 'harvesting', 'winding_up', 'closed')
);
comment on column fund.fund.currency is
'ISO 4217 code that the fund''s amounts are in; null for a fund that only companies name.';
comment on column fund.fund.vintage_year is
'Year of the first close or of the first call.';
comment on column fund.fund.status is
'raising, investing, harvesting, winding_up or closed; null for a fund that only companies name.';
comment on constraint fund_vintage_in_range on fund.fund is
'vintage_year must lie between 1950 and 2199. Hint: Send the year of the first close.';
comment on constraint fund_status_known on fund.fund is
'The status of the fund is not known. Hint: Use raising, investing, harvesting, winding_up or '
'closed.';
comment on constraint fund_currency_fkey on fund.fund is
'The currency is not in ISO 4217. Hint: Use a three-letter code such as USD, EUR or CAD.';

create table fund.terms (
    fund_id uuid not null references fund.fund (fund_id),
    valid_from date not null,
    valid_to date,
    term_ends_on date,
    investment_period_ends_on date,
    allocation_basis text not null default 'commitment',
    recallable_expiry_days integer,
    recallable_in_performance text not null default 'all_in',
    paid_in_dated_by text not null default 'receipt',
    true_up_rate numeric not null default 0.08,
    true_up_day_count text not null default 'act/365',
    true_up_compounding text not null default 'simple',
    true_up_recipient text not null default 'earlier_partners',
    late_interest_rate numeric not null default 0,
    late_interest_day_count text not null default 'act/365',
    late_grace_days integer not null default 0,
    fee_day_count text not null default 'act/365',
    fee_timing text not null default 'advance',
    fee_basis text not null default 'opening',
    fee_period_months integer not null default 3,
    fee_offset_share numeric not null default 1,
    fee_from text not null default 'first_close',
    fee_free_classes text[] not null default '{general_partner,affiliate}',
    created_date timestamptz not null default now(),
    created_by uuid not null default '00000000-0000-0000-0000-000000000000',
    last_update_date timestamptz,
    last_updated_by uuid,
    row_version bigint not null default 1,
    primary key (fund_id, valid_from),
    constraint terms_end_after_they_begin check (valid_from < valid_to),
    constraint terms_days_in_range check (
        valid_from between '1970-01-01' and '2199-12-31' and valid_to <= '2200-01-01'
    ),
    constraint allocation_basis_known check (allocation_basis in ('commitment', 'unfunded')),
    constraint recallable_expiry_days_positive check (recallable_expiry_days > 0),
    constraint recallable_in_performance_known check (
        recallable_in_performance in ('all_in', 'excluded')
    ),
    constraint paid_in_dated_by_known check (paid_in_dated_by in ('receipt', 'due')),
    constraint true_up_rate_in_range check (true_up_rate between 0 and 1),
    constraint true_up_compounding_known check (true_up_compounding in ('simple', 'annual')),
    constraint true_up_recipient_known check (
        true_up_recipient in ('earlier_partners', 'fund', 'manager')
    ),
    constraint late_interest_rate_in_range check (late_interest_rate between 0 and 1),
    constraint late_grace_days_not_negative check (late_grace_days >= 0),
    constraint day_counts_known check (
        true_up_day_count in ('act/365', 'act/360', 'act/act', '30/360')
        and late_interest_day_count in ('act/365', 'act/360', 'act/act', '30/360')
        and fee_day_count in ('act/365', 'act/360', 'act/act', '30/360', 'quarter')
    ),
    constraint fee_timing_known check (fee_timing in ('advance', 'arrears')),
    constraint fee_basis_known check (fee_basis in ('opening', 'daily')),
    constraint fee_period_divides_the_year check (fee_period_months in (1, 3, 6, 12)),
    constraint fee_offset_share_in_range check (fee_offset_share between 0 and 1),
    constraint fee_from_known check (fee_from in ('first_close', 'own_close'))
);
comment on table fund.terms is
'One row per fund and day from which a version of its terms holds: the conventions of its '
'partnership agreement, each with its usual default. Versions do not overlap.';
comment on column fund.terms.valid_to is
'First day on which this version no longer holds; null: until further notice.';
comment on column fund.terms.term_ends_on is
'Last day of the fund''s term; null: not agreed.';
comment on column fund.terms.investment_period_ends_on is
'First day after the investment period; null: not agreed.';
comment on column fund.terms.allocation_basis is
'What a call is shared in proportion to: commitment or unfunded commitment.';
comment on column fund.terms.recallable_expiry_days is
'Days for which a recallable distribution can be called again; null: without end.';
comment on column fund.terms.recallable_in_performance is
'all_in: recallable distributions count in DPI and, when called again, in paid-in; excluded: in '
'neither.';
comment on column fund.terms.paid_in_dated_by is
'Day of a contribution in cash flows: receipt of the money, or due (the due date of its call).';
comment on column fund.terms.true_up_rate is
'Annual rate, a fraction, of the interest that partners of a later close pay on earlier calls.';
comment on column fund.terms.true_up_compounding is
'simple: principal x rate x years; annual: principal x ((1 + rate) ^ years - 1).';
comment on column fund.terms.true_up_recipient is
'Who gets that interest: earlier_partners, fund (its income) or manager.';
comment on column fund.terms.late_interest_rate is
'Annual rate, a fraction, on what is paid after the due date and the days of grace; simple.';
comment on column fund.terms.late_grace_days is
'Days after the due date within which a payment is not late; later it is, from the due date on.';
comment on column fund.terms.fee_day_count is
'act/365, act/360, act/act, 30/360, or quarter: a quarter of the annual fee, a stub by its days.';
comment on column fund.terms.fee_timing is
'When a period''s fee is due: in advance or in arrears.';
comment on column fund.terms.fee_basis is
'opening: the base on the evening before the period; daily: the base of each day.';
comment on column fund.terms.fee_offset_share is
'Share, 0 to 1, of the fees of portfolio companies that reduces the management fee.';
comment on column fund.terms.fee_from is
'From when a partner of a later close owes the fee: first_close or own_close.';
comment on column fund.terms.fee_free_classes is
'Classes of partners that pay no management fee.';
comment on constraint terms_fund_id_fkey on fund.terms is
'The fund is not known. Hint: Create the fund first.';
comment on constraint terms_end_after_they_begin on fund.terms is
'Terms end before they begin. Hint: Send as valid_to the first day on which they no longer hold.';
comment on constraint terms_days_in_range on fund.terms is
'Terms begin and end between 1970 and 2199. Hint: Send days such as 2025-01-01.';
comment on constraint allocation_basis_known on fund.terms is
'The basis of calls is not known. Hint: Use commitment or unfunded.';
comment on constraint recallable_expiry_days_positive on fund.terms is
'recallable_expiry_days must be above 0. Hint: Send null for no expiry.';
comment on constraint recallable_in_performance_known on fund.terms is
'The treatment of recallable distributions is not known. Hint: Use all_in or excluded.';
comment on constraint paid_in_dated_by_known on fund.terms is
'The day of contributions is not known. Hint: Use receipt or due.';
comment on constraint true_up_rate_in_range on fund.terms is
'true_up_rate is a fraction between 0 and 1. Hint: Send 0.08 for 8 %.';
comment on constraint true_up_compounding_known on fund.terms is
'The compounding of true-up interest is not known. Hint: Use simple or annual.';
comment on constraint true_up_recipient_known on fund.terms is
'The recipient of true-up interest is not known. Hint: Use earlier_partners, fund or manager.';
comment on constraint late_interest_rate_in_range on fund.terms is
'late_interest_rate is a fraction between 0 and 1. Hint: Send 0.1 for 10 %.';
comment on constraint late_grace_days_not_negative on fund.terms is
'late_grace_days is negative. Hint: Send 0 for none.';
comment on constraint day_counts_known on fund.terms is
'A day count is not known. Hint: Use act/365, act/360, act/act or 30/360; quarter for the fee.';
comment on constraint fee_timing_known on fund.terms is
'When the fee is due is not known. Hint: Use advance or arrears.';
comment on constraint fee_basis_known on fund.terms is
'The day of the fee''s base is not known. Hint: Use opening or daily.';
comment on constraint fee_period_divides_the_year on fund.terms is
'A fee period has 1, 3, 6 or 12 months. Hint: Send 3 for quarters.';
comment on constraint fee_offset_share_in_range on fund.terms is
'fee_offset_share is a fraction between 0 and 1. Hint: Send 0.8 for 80 %.';
comment on constraint fee_from_known on fund.terms is
'From when later partners owe the fee is not known. Hint: Use first_close or own_close.';

create table fund.fee_step (
    fund_id uuid not null,
    valid_from date not null,
    investor_class text not null,
    from_on date not null,
    fee_rate numeric not null,
    fee_base text not null,
    primary key (fund_id, valid_from, investor_class, from_on),
    foreign key (fund_id, valid_from) references fund.terms (fund_id, valid_from),
    constraint fee_class_is_a_word check (
        investor_class = '*' or investor_class ~ '^[a-z][a-z0-9_]{0,39}$'
    ),
    constraint fee_rate_in_range check (fee_rate between 0 and 1),
    constraint fee_base_known check (
        fee_base in ('committed', 'contributed', 'net_invested', 'nav')
    )
);
comment on table fund.fee_step is
'One row per version of a fund''s terms, class of partners and day from which a rate and base of '
'the management fee hold. The class * is for those without steps of their own.';
comment on column fund.fee_step.fee_rate is
'Annual rate, a fraction of the base.';
comment on column fund.fee_step.fee_base is
'committed; contributed (called and due, less what a close gave back); net_invested (cost of '
'investments held, less write-offs, by share of commitment); nav (the last one).';
comment on constraint fee_step_fund_id_valid_from_fkey on fund.fee_step is
'The fund has no terms from this day on. Hint: Set the terms first.';
comment on constraint fee_class_is_a_word on fund.fee_step is
'A class is a word of small letters, digits and _, or *. Hint: Use a class such as standard.';
comment on constraint fee_rate_in_range on fund.fee_step is
'fee_rate is a fraction between 0 and 1. Hint: Send 0.02 for 2 %.';
comment on constraint fee_base_known on fund.fee_step is
'The base of the fee is not known. Hint: Use committed, contributed, net_invested or nav.';

create table fund.investor (
    investor_id uuid primary key default gen_random_uuid(),
    investor_code text not null,
    name text not null,
    investor_type text not null default 'other',
    country text references company.country (country),
    created_date timestamptz not null default now(),
    created_by uuid not null default '00000000-0000-0000-0000-000000000000',
    last_update_date timestamptz,
    last_updated_by uuid,
    row_version bigint not null default 1,
    constraint investor_code_unique unique (investor_code),
    constraint investor_code_is_plain check (investor_code ~ '^[0-9A-Za-z][0-9A-Za-z._-]{0,39}$'),
    constraint investor_name_not_blank check (name = btrim(name) and name <> ''),
    constraint investor_type_known check (
        investor_type in (
            'bank', 'corporate', 'endowment', 'family_office', 'foundation', 'fund_of_funds',
            'general_partner', 'government', 'individual', 'insurance', 'pension_fund',
            'sovereign_wealth_fund', 'other'
        )
    )
);
comment on table fund.investor is
'One row per investor, in whatever funds: the legal person that is a partner.';
comment on column fund.investor.investor_code is
'Short name for good, such as LP-03: a cent that two partners have the same claim to goes to the '
'lower code.';
comment on constraint investor_code_unique on fund.investor is
'There already is an investor of this code. Hint: Use it, or choose another code.';
comment on constraint investor_code_is_plain on fund.investor is
'A code has 1 to 40 letters, digits, dots, dashes or underscores. Hint: Use a code such as LP-03.';
comment on constraint investor_name_not_blank on fund.investor is
'The investor''s name is blank or has spaces around it. Hint: Send the legal name.';
comment on constraint investor_country_fkey on fund.investor is
'The country is not in ISO 3166-1. Hint: Use a name such as United States, or a code such as US.';
comment on constraint investor_type_known on fund.investor is
'The type of investor is not known. Hint: Use pension_fund, endowment, foundation, insurance, '
'sovereign_wealth_fund, fund_of_funds, family_office, individual, corporate, bank, government, '
'general_partner or other.';

create table fund.investor_contact (
    investor_id uuid not null references fund.investor (investor_id),
    contact_id uuid not null default gen_random_uuid(),
    name text not null,
    email text,
    phone text,
    is_primary boolean not null default false,
    created_date timestamptz not null default now(),
    created_by uuid not null default '00000000-0000-0000-0000-000000000000',
    last_update_date timestamptz,
    last_updated_by uuid,
    row_version bigint not null default 1,
    primary key (investor_id, contact_id),
    constraint contact_name_not_blank check (name = btrim(name) and name <> ''),
    constraint contact_email_is_an_address check (email ~ '^[^@[:space:]]+@[^@[:space:]]+$')
);
create unique index investor_contact_investor_id_key
on fund.investor_contact (investor_id) where is_primary;
comment on table fund.investor_contact is
'One row per person to write to at an investor. Personal data: it stands nowhere else, and rows '
'can be emptied or deleted without touching any amount.';
comment on constraint contact_name_not_blank on fund.investor_contact is
'The contact''s name is blank or has spaces around it. Hint: Send the person''s name.';
comment on constraint contact_email_is_an_address on fund.investor_contact is
'The contact''s e-mail address is none. Hint: Send a full address such as ann@example.com.';
comment on constraint investor_contact_investor_id_fkey on fund.investor_contact is
'The investor is not known. Hint: Send the investor_id of an investor.';

create table fund.commitment (
    fund_id uuid not null references fund.fund (fund_id),
    investor_id uuid not null references fund.investor (investor_id),
    investor_class text not null default 'standard',
    created_date timestamptz not null default now(),
    created_by uuid not null default '00000000-0000-0000-0000-000000000000',
    primary key (fund_id, investor_id),
    constraint investor_class_is_a_word check (investor_class ~ '^[a-z][a-z0-9_]{0,39}$')
);
create index commitment_investor_id_idx on fund.commitment (investor_id);
comment on table fund.commitment is
'One row per fund and partner of it. What the partner has committed is the sum of its '
'fund.commitment_line.';
comment on column fund.commitment.investor_class is
'Class for fees: standard, general_partner, affiliate, or a class of fund.fee_step.';

create table security.user_investor (
    investor_id uuid not null references fund.investor (investor_id),
    user_id uuid not null references security.app_user (user_id),
    created_at timestamptz not null default now(),
    primary key (investor_id, user_id)
);
create index user_investor_user_id_idx on security.user_investor (user_id);
comment on table security.user_investor is
'One row per user with the role investor and investor: the user sees that investor''s own rows.';
comment on constraint user_investor_investor_id_fkey on security.user_investor is
'The investor is not known. Hint: GET /v1/investors lists the investors.';
comment on constraint user_investor_user_id_fkey on security.user_investor is
'The user is not known. Hint: GET /v1/users lists the users.';

alter table fund.terms enable row level security;
alter table fund.fee_step enable row level security;
alter table fund.investor enable row level security;
alter table fund.investor_contact enable row level security;
alter table fund.commitment enable row level security;
alter table security.user_investor enable row level security;
