-- What happens to a fund's capital: one event for each thing that is done, in order, never changed,
-- taken back by another event; and the rows that an event writes for each partner. Every amount is
-- in the fund's currency, to the cent. A row that takes others back has their amounts with the
-- other sign, so that a sum up to a day or event is what stood then.

create table fund.event (
    fund_id uuid not null references ledger.book (fund_id),
    event_id uuid not null default gen_random_uuid(),
    event_number bigint not null,
    kind text not null,
    event_on date not null,
    event_key text,
    request jsonb not null,
    reverses_event_id uuid,
    recorded_at timestamptz not null,
    recorded_by uuid not null,
    primary key (fund_id, event_id),
    constraint event_number_unique unique (fund_id, event_number),
    -- What its lines point to.
    constraint event_has_one_day unique (fund_id, event_on, event_id),
    constraint event_key_unique unique (fund_id, event_key),
    constraint event_reversed_once unique (fund_id, reverses_event_id),
    constraint event_kind_known check (
        kind in (
            'close', 'transfer', 'capital_call', 'payment', 'default', 'distribution',
            'management_fee', 'fee_adjustment', 'fee_payment', 'nav', 'reversal'
        )
    ),
    constraint event_key_is_short check (event_key ~ '^[!-~]{1,255}$'),
    constraint reversal_names_its_event check (
        (kind = 'reversal') = (reverses_event_id is not null)
    ),
    foreign key (fund_id, reverses_event_id) references fund.event (fund_id, event_id)
);
comment on table fund.event is
'One row per thing done to a fund: what was asked, by whom, when. Never changed, only reversed; '
'its journal entries have source_room fund and its event_id as source_key.';
comment on column fund.event.event_number is
'1, 2, 3, … within the fund in the order of recording, without gaps.';
comment on column fund.event.event_on is
'Day of the event in the books.';
comment on column fund.event.event_key is
'Key of the request: the same key records once. Null: none was given.';
comment on column fund.event.request is
'What was asked, as it was sent.';

create table fund.commitment_line (
    fund_id uuid not null,
    event_id uuid not null,
    event_on date not null,
    line_number integer not null,
    investor_id uuid not null,
    amount numeric not null,
    primary key (fund_id, event_on, event_id, line_number),
    foreign key (fund_id, event_on, event_id)
    references fund.event (fund_id, event_on, event_id),
    foreign key (fund_id, investor_id) references fund.commitment (fund_id, investor_id),
    constraint commitment_to_the_cent check (amount = round(amount, 2) and abs(amount) < 1e15)
);
create index commitment_line_fund_id_investor_id_idx
on fund.commitment_line (fund_id, investor_id);
comment on table fund.commitment_line is
'One row per change of a partner''s commitment: by a close or a transfer, or by their reversal. '
'amount in units of the fund''s currency, negative for what is given up.';

create table fund.close (
    fund_id uuid not null,
    event_id uuid not null,
    close_number integer not null,
    closed_on date not null,
    memo text,
    primary key (fund_id, event_id),
    foreign key (fund_id, event_id) references fund.event (fund_id, event_id)
);
comment on table fund.close is
'One row per close: the day on which partners were admitted or raised their commitments, and on '
'which everybody was put where he would be had they all been there from the first.';

create table fund.transfer (
    fund_id uuid not null,
    event_id uuid not null,
    seller_id uuid not null,
    buyer_id uuid not null,
    transferred_on date not null,
    fraction numeric not null,
    commitment_amount numeric not null,
    memo text,
    primary key (fund_id, event_id),
    foreign key (fund_id, event_id) references fund.event (fund_id, event_id),
    foreign key (fund_id, seller_id) references fund.commitment (fund_id, investor_id),
    foreign key (fund_id, buyer_id) references fund.commitment (fund_id, investor_id),
    constraint transfer_fraction_in_range check (fraction > 0 and fraction <= 1)
);
create index transfer_fund_id_seller_id_idx on fund.transfer (fund_id, seller_id);
create index transfer_fund_id_buyer_id_idx on fund.transfer (fund_id, buyer_id);
comment on table fund.transfer is
'One row per interest that changed hands: the buyer takes over the fraction of everything that '
'the seller paid, got, owes and holds.';
comment on column fund.transfer.fraction is
'Part of the seller''s interest, above 0, at most 1.';

create table fund.capital_call (
    fund_id uuid not null,
    event_id uuid not null,
    call_number integer not null,
    notice_on date not null,
    due_on date not null,
    capital_amount numeric not null,
    fee_amount numeric not null,
    purpose text,
    primary key (fund_id, event_id),
    foreign key (fund_id, event_id) references fund.event (fund_id, event_id),
    constraint call_due_after_notice check (due_on >= notice_on),
    constraint call_to_the_cent check (
        capital_amount = round(capital_amount, 2) and fee_amount = round(fee_amount, 2)
        and capital_amount >= 0 and fee_amount >= 0
        and capital_amount + fee_amount > 0 and capital_amount + fee_amount < 1e15
    )
);
comment on table fund.capital_call is
'One row per capital call: what was called of all partners on its notice. Its event_id is the '
'call_id of its lines. A close makes one of its own for the fees that new partners catch up.';
comment on column fund.capital_call.capital_amount is
'Called for investments and expenses; shared again with the partners of later closes.';
comment on column fund.capital_call.fee_amount is
'Called for the management fee; a partner of a later close catches up its own instead.';

create table fund.capital_call_line (
    fund_id uuid not null,
    event_id uuid not null,
    event_on date not null,
    line_number integer not null,
    call_id uuid not null,
    investor_id uuid not null,
    reason text not null,
    weight numeric not null,
    exact_amount numeric not null,
    capital_amount numeric not null,
    fee_amount numeric not null default 0,
    exact_fee_amount numeric not null default 0,
    is_excused boolean not null default false,
    memo text,
    primary key (fund_id, event_on, event_id, line_number),
    foreign key (fund_id, event_on, event_id)
    references fund.event (fund_id, event_on, event_id),
    foreign key (fund_id, call_id) references fund.capital_call (fund_id, event_id),
    foreign key (fund_id, investor_id) references fund.commitment (fund_id, investor_id),
    constraint call_line_reason_known check (
        reason in ('call', 'catch_up', 'rebalancing', 'transfer', 'default', 'reversal')
    ),
    constraint call_line_to_the_cent check (
        capital_amount = round(capital_amount, 2) and fee_amount = round(fee_amount, 2)
    ),
    constraint called_amount_not_negative check (
        reason not in ('call', 'catch_up') or (capital_amount >= 0 and fee_amount >= 0)
    )
);
create index capital_call_line_fund_id_call_id_idx on fund.capital_call_line (fund_id, call_id);
create index capital_call_line_fund_id_investor_id_idx
on fund.capital_call_line (fund_id, investor_id);
comment on table fund.capital_call_line is
'One row per call, partner and thing that set or changed the partner''s part of it: the call '
'itself, a later close, a transfer, a default, a reversal. The sum is what the partner owes or '
'has paid of the call.';
comment on column fund.capital_call_line.event_id is
'The event that wrote the row.';
comment on column fund.capital_call_line.call_id is
'The call that it is a part of.';
comment on column fund.capital_call_line.weight is
'What the partner''s part was in proportion to: units of commitment or unfunded commitment, 0 for '
'an excused one; in later rows the change of it.';
comment on column fund.capital_call_line.exact_amount is
'The part of capital_amount before rounding; the rounded running total follows the exact one.';
comment on column fund.capital_call_line.exact_fee_amount is
'The same of fee_amount.';

create table fund.payment (
    fund_id uuid not null,
    event_id uuid not null,
    investor_id uuid not null,
    received_on date not null,
    amount numeric not null,
    memo text,
    primary key (fund_id, event_id),
    foreign key (fund_id, event_id) references fund.event (fund_id, event_id),
    foreign key (fund_id, investor_id) references fund.commitment (fund_id, investor_id),
    constraint payment_to_the_cent check (
        amount = round(amount, 2) and amount > 0 and amount < 1e15
    )
);
create index payment_fund_id_investor_id_idx on fund.payment (fund_id, investor_id);
comment on table fund.payment is
'One row per receipt of money from a partner.';

create table fund.payment_line (
    fund_id uuid not null,
    event_id uuid not null,
    event_on date not null,
    line_number integer not null,
    investor_id uuid not null,
    call_id uuid,
    applied_to text not null,
    reason text not null default 'payment',
    flow_on date,
    amount numeric not null,
    primary key (fund_id, event_on, event_id, line_number),
    foreign key (fund_id, event_on, event_id)
    references fund.event (fund_id, event_on, event_id),
    foreign key (fund_id, investor_id) references fund.commitment (fund_id, investor_id),
    foreign key (fund_id, call_id) references fund.capital_call (fund_id, event_id),
    constraint payment_line_applied_to_known check (
        applied_to in ('call', 'late_interest', 'advance')
    ),
    constraint payment_line_reason_known check (
        reason in ('payment', 'rebalancing', 'transfer')
    ),
    constraint payment_line_names_its_call check ((applied_to = 'call') = (call_id is not null)),
    constraint payment_line_to_the_cent check (amount = round(amount, 2))
);
create index payment_line_fund_id_investor_id_idx on fund.payment_line (fund_id, investor_id);
create index payment_line_fund_id_call_id_idx on fund.payment_line (fund_id, call_id);
comment on table fund.payment_line is
'One row per part of what a partner paid and what it was for: a call, late interest, or in '
'advance. Rows of other events than payments are money that a close or transfer moved, advances '
'that a call used up, and reversals. What is open of a call is its lines less these.';
comment on column fund.payment_line.reason is
'payment: of a partner, or its advance that is used; rebalancing: moved by a close; transfer: '
'moved to who bought the interest. A reversal keeps the reason of what it takes back.';
comment on column fund.payment_line.flow_on is
'Day that the money counts from in the partner''s cash flows; null: event_on. What a transfer '
'moves keeps the days on which it was paid, and a reversal those of what it takes back.';

create table fund.late_interest (
    fund_id uuid not null,
    event_id uuid not null,
    event_on date not null,
    line_number integer not null,
    investor_id uuid not null,
    call_id uuid not null,
    late_amount numeric not null,
    from_on date not null,
    to_on date not null,
    annual_rate numeric not null,
    exact_amount numeric not null,
    amount numeric not null,
    primary key (fund_id, event_on, event_id, line_number),
    foreign key (fund_id, event_on, event_id)
    references fund.event (fund_id, event_on, event_id),
    foreign key (fund_id, investor_id) references fund.commitment (fund_id, investor_id),
    foreign key (fund_id, call_id) references fund.capital_call (fund_id, event_id),
    constraint late_interest_to_the_cent check (amount = round(amount, 2))
);
create index late_interest_fund_id_investor_id_idx on fund.late_interest (fund_id, investor_id);
create index late_interest_fund_id_call_id_idx on fund.late_interest (fund_id, call_id);
comment on table fund.late_interest is
'One row per late payment and call: the interest that the partner owes the fund for it, outside '
'its commitment.';
comment on column fund.late_interest.from_on is
'Due date of the call.';
comment on column fund.late_interest.to_on is
'Day of receipt.';

create table fund.partner_default (
    fund_id uuid not null,
    event_id uuid not null,
    investor_id uuid not null,
    declared_on date not null,
    memo text,
    primary key (fund_id, event_id),
    foreign key (fund_id, event_id) references fund.event (fund_id, event_id),
    foreign key (fund_id, investor_id) references fund.commitment (fund_id, investor_id)
);
create index partner_default_fund_id_investor_id_idx
on fund.partner_default (fund_id, investor_id);
comment on table fund.partner_default is
'One row per declaration that a partner is in default: what it did not pay is no longer expected, '
'and no later call asks it.';

create table fund.true_up_interest (
    fund_id uuid not null,
    event_id uuid not null,
    event_on date not null,
    line_number integer not null,
    investor_id uuid not null,
    subject_id uuid,
    charged_for text not null,
    principal numeric not null,
    from_on date not null,
    to_on date not null,
    annual_rate numeric not null,
    exact_amount numeric not null,
    amount numeric not null,
    primary key (fund_id, event_on, event_id, line_number),
    foreign key (fund_id, event_on, event_id)
    references fund.event (fund_id, event_on, event_id),
    foreign key (fund_id, investor_id) references fund.commitment (fund_id, investor_id),
    foreign key (fund_id, subject_id) references fund.event (fund_id, event_id),
    constraint true_up_charged_for_known check (
        charged_for in ('call', 'distribution', 'management_fee')
    ),
    constraint true_up_to_the_cent check (amount = round(amount, 2))
);
create index true_up_interest_fund_id_investor_id_idx
on fund.true_up_interest (fund_id, investor_id);
create index true_up_interest_fund_id_subject_id_idx on fund.true_up_interest (fund_id, subject_id);
comment on table fund.true_up_interest is
'One row per leg of the interest of a close: what a new partner pays (amount above 0) or an '
'earlier one gets (below 0) for a call or distribution before it. Outside the commitment, no '
'contribution and no income of the fund, unless the terms give it to the fund.';
comment on column fund.true_up_interest.subject_id is
'The call or distribution, or the accrual of the fee that is caught up.';
comment on column fund.true_up_interest.principal is
'What the interest is on; its sign is the leg''s.';

alter table fund.event enable row level security;
alter table fund.commitment_line enable row level security;
alter table fund.close enable row level security;
alter table fund.transfer enable row level security;
alter table fund.capital_call enable row level security;
alter table fund.capital_call_line enable row level security;
alter table fund.payment enable row level security;
alter table fund.payment_line enable row level security;
alter table fund.late_interest enable row level security;
alter table fund.partner_default enable row level security;
alter table fund.true_up_interest enable row level security;
