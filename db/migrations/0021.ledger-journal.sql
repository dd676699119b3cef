-- The books of a fund: its chart of accounts, its periods, and a journal of balanced entries whose
-- lines name a partner where the account asks for one. What is posted is never changed: it is
-- reversed. fund_id is the first column of every key, so that a fund's books can be moved as a
-- whole (ARCHITECTURE: growing past one machine).

create schema ledger;
comment on schema ledger is 'The books of the funds: accounts, journal, periods, balances.';

create table ledger.entry_kind (
    kind text primary key,
    description text not null,
    constraint entry_kind_is_a_word check (kind ~ '^[a-z][a-z_]{2,39}$')
);
comment on table ledger.entry_kind is
'One row per kind of event that is posted, with the accounts that its entry debits and credits.';

create table ledger.template_account (
    account_number text primary key,
    name text not null,
    kind text not null,
    normal_side text not null,
    takes_partner boolean not null
);
comment on table ledger.template_account is
'One row per account of the chart that a fund gets when its books are opened.';

create table ledger.book (
    fund_id uuid primary key references fund.fund (fund_id),
    first_on date not null,
    period_months integer not null default 3,
    created_date timestamptz not null default now(),
    created_by uuid not null default '00000000-0000-0000-0000-000000000000',
    constraint book_begins_with_a_month check (
        extract(day from first_on) = 1 and first_on between '1970-01-01' and '2199-12-01'
    ),
    constraint book_period_divides_the_year check (period_months in (1, 3, 6, 12))
);
comment on table ledger.book is
'One row per fund whose books are open. Whoever posts or closes holds its lock.';
comment on column ledger.book.first_on is
'First day that can be posted to; the first period begins with it.';
comment on column ledger.book.period_months is 'Months in a period.';
comment on constraint book_begins_with_a_month on ledger.book is
'Books begin with the first day of a month. Hint: Send the first day of the fund''s fiscal year.';
comment on constraint book_period_divides_the_year on ledger.book is
'A period has 1, 3, 6 or 12 months. Hint: Send 3 for quarters.';
comment on constraint book_fund_id_fkey on ledger.book is
'The fund is not known, or has books. Hint: Create the fund first.';

create table ledger.account (
    fund_id uuid not null references ledger.book (fund_id),
    account_number text not null,
    name text not null,
    kind text not null,
    normal_side text not null,
    takes_partner boolean not null default false,
    is_active boolean not null default true,
    created_date timestamptz not null default now(),
    created_by uuid not null default '00000000-0000-0000-0000-000000000000',
    last_update_date timestamptz,
    last_updated_by uuid,
    row_version bigint not null default 1,
    primary key (fund_id, account_number),
    constraint account_number_is_plain check (account_number ~ '^[0-9A-Z][0-9A-Z.-]{0,19}$'),
    constraint account_name_unique unique (fund_id, name),
    constraint account_name_not_blank check (name = btrim(name) and name <> ''),
    constraint account_kind_known check (
        kind in ('asset', 'liability', 'equity', 'income', 'expense')
    ),
    constraint account_normal_side_known check (normal_side in ('debit', 'credit'))
);
comment on table ledger.account is
'One row per account of a fund''s chart. Its number is its key for good; its name may be reworded.';
comment on column ledger.account.kind is 'asset, liability, equity, income or expense.';
comment on column ledger.account.normal_side is
'The side that increases it: debit or credit. A contra account has the other side of its kind.';
comment on column ledger.account.takes_partner is
'Whether each line names a partner (the account has a sub-ledger) or none does.';
comment on column ledger.account.is_active is
'Whether new entries, other than reversals, may use it.';
comment on constraint account_number_is_plain on ledger.account is
'An account number has 1 to 20 digits, capitals, dots or dashes. Hint: Use a number such as 1000.';
comment on constraint account_name_unique on ledger.account is
'The fund has another account of this name. Hint: Use it, or choose another name.';
comment on constraint account_name_not_blank on ledger.account is
'The account name is blank or has spaces around it. Hint: Send the name as it should be shown.';
comment on constraint account_kind_known on ledger.account is
'The kind of account is not known. Hint: Use asset, liability, equity, income or expense.';
comment on constraint account_normal_side_known on ledger.account is
'The normal side is not known. Hint: Use debit or credit.';
comment on constraint account_fund_id_fkey on ledger.account is
'The fund has no books. Hint: Open them with ledger.open_books.';

create table ledger.period (
    fund_id uuid not null references ledger.book (fund_id),
    first_on date not null,
    last_on date not null,
    is_closed boolean not null default false,
    closed_at timestamptz,
    closed_by uuid,
    primary key (fund_id, first_on),
    constraint period_is_closed_by_somebody check (
        is_closed = (closed_at is not null) and is_closed = (closed_by is not null)
    )
);
comment on table ledger.period is
'One row per fund and period of its books, without gaps from the book''s first day on. A closed '
'one takes no entry and is never opened again.';
comment on column ledger.period.closed_by is 'User who closed it; null while it is open.';
comment on constraint period_is_closed_by_somebody on ledger.period is
'A closed period says who closed it and when. Hint: Use ledger.close_period.';
comment on constraint period_fund_id_fkey on ledger.period is
'The fund has no books. Hint: Open them with ledger.open_books.';

create table ledger.journal_entry (
    fund_id uuid not null references ledger.book (fund_id),
    entry_id uuid not null default gen_random_uuid(),
    entry_number bigint not null,
    entry_on date not null,
    kind text not null references ledger.entry_kind (kind),
    memo text,
    line_count integer not null,
    entry_key text,
    reverses_entry_id uuid,
    source_room text,
    source_key text,
    posted_at timestamptz not null,
    posted_by uuid not null,
    primary key (fund_id, entry_id),
    constraint entry_number_unique unique (fund_id, entry_number),
    -- What journal_line points to.
    constraint entry_has_one_day unique (fund_id, entry_on, entry_id),
    constraint entry_key_unique unique (fund_id, entry_key),
    constraint entry_reversed_once unique (fund_id, reverses_entry_id),
    constraint entry_has_two_lines check (line_count between 2 and 100000),
    constraint entry_on_in_range check (entry_on between '1970-01-01' and '2199-12-31'),
    constraint entry_key_is_short check (entry_key ~ '^[!-~]{1,255}$'),
    constraint entry_memo_not_blank check (memo = btrim(memo) and memo <> ''),
    constraint entry_source_is_whole check (
        (source_room is null) = (source_key is null)
        and source_room in ('company', 'fx', 'fund', 'ledger', 'deal', 'esg', 'workflow')
    ),
    constraint reversal_names_its_entry check (
        (kind = 'reversal') = (reverses_entry_id is not null)
    ),
    foreign key (fund_id, reverses_entry_id) references ledger.journal_entry (fund_id, entry_id)
);
create index journal_entry_fund_id_source_room_source_key_idx
on ledger.journal_entry (fund_id, source_room, source_key)
where source_key is not null;
comment on table ledger.journal_entry is
'One row per posted entry: what happened on a day in a fund''s books. Never changed, only '
'reversed.';
comment on column ledger.journal_entry.entry_number is
'1, 2, 3, … within the fund in the order of posting, without gaps.';
comment on column ledger.journal_entry.line_count is
'How many lines it has, numbered from 1. A posted entry has them all: no number is free for '
'another.';
comment on column ledger.journal_entry.entry_key is
'Key of the request that posted it: the same key posts once. Null: none was given.';
comment on column ledger.journal_entry.reverses_entry_id is
'The entry that it takes back, line by line; null for every other kind than reversal.';
comment on column ledger.journal_entry.source_room is
'Room whose record it books, and with source_key which one; null for an entry made by hand.';
comment on constraint entry_number_unique on ledger.journal_entry is
'Another entry has this number. Hint: Post again; numbers are given by the database.';
comment on constraint entry_has_one_day on ledger.journal_entry is
'The entry exists. Hint: Leave entry_id out to have one made.';
comment on constraint entry_key_unique on ledger.journal_entry is
'An entry was posted with this key. Hint: Use a new key for a new entry.';
comment on constraint entry_reversed_once on ledger.journal_entry is
'The entry is reversed already. Hint: Post what should stand instead as a new entry.';
comment on constraint entry_has_two_lines on ledger.journal_entry is
'An entry has 2 to 100000 lines. Hint: Send lines with account, currency and debit or credit.';
comment on constraint entry_on_in_range on ledger.journal_entry is
'entry_on must lie between 1970 and 2199. Hint: Send the day of the event.';
comment on constraint entry_key_is_short on ledger.journal_entry is
'A key has 1 to 255 visible ASCII characters. Hint: Use a UUID, or the key of your own record.';
comment on constraint entry_memo_not_blank on ledger.journal_entry is
'The memo is blank or has spaces around it. Hint: Send the text, or null for none.';
comment on constraint entry_source_is_whole on ledger.journal_entry is
'A source is a room and a key. Hint: Send source_room, such as fund, with source_key, or neither.';
comment on constraint reversal_names_its_entry on ledger.journal_entry is
'The kind reversal and reverses_entry_id go together. Hint: Use ledger.reverse_entry.';
comment on constraint journal_entry_fund_id_fkey on ledger.journal_entry is
'The fund has no books. Hint: Open them with ledger.open_books.';
comment on constraint journal_entry_kind_fkey on ledger.journal_entry is
'The kind of entry is not known. Hint: ledger.entry_kind lists the kinds.';
comment on constraint journal_entry_fund_id_reverses_entry_id_fkey on ledger.journal_entry is
'There is no such entry to reverse. Hint: Send the entry_id of an entry of the same fund.';

create table ledger.journal_line (
    fund_id uuid not null,
    entry_on date not null,
    entry_id uuid not null,
    line_number integer not null,
    account_number text not null,
    partner_id uuid,
    currency text not null references fx.currency (currency),
    debit numeric not null default 0,
    credit numeric not null default 0,
    -- By day, so that the lines of some days of a fund lie together.
    primary key (fund_id, entry_on, entry_id, line_number),
    foreign key (fund_id, entry_on, entry_id)
    references ledger.journal_entry (fund_id, entry_on, entry_id),
    foreign key (fund_id, account_number) references ledger.account (fund_id, account_number),
    constraint line_is_numbered_from_one check (line_number >= 1),
    constraint debit_not_negative check (debit >= 0),
    constraint credit_not_negative check (credit >= 0),
    constraint debit_in_range check (debit < 1e15),
    constraint credit_in_range check (credit < 1e15),
    constraint debit_to_the_cent check (debit = round(debit, 2)),
    constraint credit_to_the_cent check (credit = round(credit, 2)),
    constraint line_has_one_side check ((debit = 0) <> (credit = 0))
);
create index journal_line_fund_id_account_number_entry_on_idx
on ledger.journal_line (fund_id, account_number, entry_on);
comment on table ledger.journal_line is
'One row per line of a posted entry: an amount on one side of one account. Never changed.';
comment on column ledger.journal_line.entry_on is
'The day of its entry, kept equal by the foreign key: balances are asked by day.';
comment on column ledger.journal_line.partner_id is
'Partner whose sub-ledger it belongs to; null on accounts without one. No foreign key yet: the '
'fund room will hold the partners.';
comment on column ledger.journal_line.debit is
'Units of currency to the cent; 0 on the credit side.';
comment on column ledger.journal_line.credit is
'Units of currency to the cent; 0 on the debit side.';
comment on constraint line_is_numbered_from_one on ledger.journal_line is
'Lines are numbered from 1. Hint: Use ledger.post_entry, which numbers them.';
comment on constraint debit_not_negative on ledger.journal_line is
'A debit is not negative. Hint: Send the amount as a credit.';
comment on constraint credit_not_negative on ledger.journal_line is
'A credit is not negative. Hint: Send the amount as a debit.';
comment on constraint debit_in_range on ledger.journal_line is
'A debit is below 1e15. Hint: Send plain currency units.';
comment on constraint credit_in_range on ledger.journal_line is
'A credit is below 1e15. Hint: Send plain currency units.';
comment on constraint debit_to_the_cent on ledger.journal_line is
'A debit has at most two decimals. Hint: Round what is divided so that the parts add up.';
comment on constraint credit_to_the_cent on ledger.journal_line is
'A credit has at most two decimals. Hint: Round what is divided so that the parts add up.';
comment on constraint line_has_one_side on ledger.journal_line is
'A line has either a debit or a credit, above 0. Hint: Send two lines to book both sides.';
comment on constraint journal_line_currency_fkey on ledger.journal_line is
'The currency is not in ISO 4217. Hint: Use a three-letter code such as USD, EUR or CAD.';
comment on constraint journal_line_fund_id_account_number_fkey on ledger.journal_line is
'The fund has no account of this number. Hint: ledger.account lists its chart; add what is '
'missing.';
comment on constraint journal_line_fund_id_entry_on_entry_id_fkey on ledger.journal_line is
'There is no such entry on this day. Hint: Use ledger.post_entry, which writes entry and lines.';

create table ledger.period_balance (
    fund_id uuid not null,
    first_on date not null,
    account_number text not null,
    currency text not null,
    partner_id uuid,
    debit numeric not null,
    credit numeric not null,
    constraint period_balance_is_one unique nulls not distinct (
        fund_id, first_on, account_number, currency, partner_id
    )
)
-- Every posting changes rows in place; there is room for their next version beside them.
with (fillfactor = 70);
comment on table ledger.period_balance is
'One row per fund, period (its first day), account, currency and partner: what the lines of the '
'period add up to, in units of currency. Kept by triggers on journal_line.';

alter table ledger.entry_kind enable row level security;
alter table ledger.template_account enable row level security;
alter table ledger.book enable row level security;
alter table ledger.account enable row level security;
alter table ledger.period enable row level security;
alter table ledger.journal_entry enable row level security;
alter table ledger.journal_line enable row level security;
alter table ledger.period_balance enable row level security;
