"""Words of what is asked of a fund."""

from __future__ import annotations

from server.schemas import fund_event as shapes

_MEMO = "A note of your own. Left out: none."
_CLASS = (
    "Class for fees: a word such as `standard`, `general_partner` or `affiliate` (by default the "
    "last two pay no management fee), or one of the fee schedule."
)
_WHY = "Why, such as the clause of its side letter."
CALL = {
    "notice_on": "Day of the notice, on which the call is posted: an open one "
    "(`entry_in_open_period`), and not before an earlier call, close, transfer, default or "
    "distribution (`event_in_order_of_days`).",
    "due_on": "Day by which partners pay, not before `notice_on` (`call_due_after_notice`).",
    "capital_amount": "Called for investments and expenses, in the fund's currency, to the cent; "
    "shared by `allocation_basis` of the terms, and again with partners of later closes.",
    "fee_amount": "Called for the management fee, in the fund's currency, to the cent; shared by "
    "commitment among the classes that pay it. Partners of later closes catch up their own.",
    "purpose": "What the money is for, as the notice says.",
}
DISTRIBUTION = {
    "declared_on": "Day of the notice, on which it is posted as owed to the partners; in the order "
    "of days (`event_in_order_of_days`).",
    "paid_on": "Day on which the money leaves the fund and counts in cash flows, not before "
    "`declared_on` (`distribution_paid_after_declared`).",
    "amount": "Of all partners, in the fund's currency, to the cent.",
    "recallable_amount": "Part of `amount` that can be called again: it adds to unfunded "
    "commitment until it expires (`recallable_expiry_days` of the terms). Said here, and never "
    "changed.",
    "purpose": "What it is of, as the notice says.",
}
ADJUSTMENT = {
    "kind": "`waiver` and `rebate`: taken off the gross fee, told apart in `waived_amount` and "
    "`rebated_amount`. `offset`: a fee that the manager had of a portfolio company, of which "
    "`fee_offset_share` of the terms reduces the fee.",
    "from_on": "First day of a waiver or rebate; of an offset the day on which the manager "
    "received the company's fee.",
    "to_on": "First day after it; null: no end, or an offset.",
    "amount": "In the fund's currency: taken off once, however many accruals that takes; of an "
    "offset what the manager received, before `fee_offset_share`.",
    "share": "Part of the gross fee of its days, above 0, at most 1: 0.25 is a quarter of the fee.",
}
WORDS: dict[type, dict[str, str]] = {
    shapes.Excuse: {
        "investor": "Partner that takes no part in the call.",
        "reason": f"{_WHY} Left out: not said.",
    },
    shapes.CapitalCallInput: {
        **CALL,
        "due_on": f"{CALL['due_on']} Left out: `notice_on`, and with `late_grace_days` 0 in the "
        "terms, which is their default, whoever pays on a later day is late.",
        "capital_amount": f"{CALL['capital_amount']} Left out: 0. Nobody is called beyond its "
        "unfunded commitment (`call_within_unfunded`).",
        "fee_amount": f"{CALL['fee_amount']} Left out: 0, or what `fee_event_id` left to call. "
        "One of the two amounts is above 0 (`call_has_an_amount`).",
        "fee_event_id": "event_id of an accrual of the management fee (`fee_accrual_unknown`): "
        "each partner is called its net fee, once (`fee_accrual_is_called_once`). Then leave "
        "`fee_amount` out (`fee_is_what_accrued`). Left out: the call is of no accrual.",
        "purpose": f"{CALL['purpose']} Left out: not said.",
        "excuses": "Partners that take no part in `capital_amount`: it is shared among the others. "
        "They are called the fee all the same. Left out: none.",
    },
    shapes.PaymentInput: {
        "investor": "Partner that paid.",
        "received_on": "Day on which the money came, an open one. More than `late_grace_days` "
        "after the due date it costs interest, from the due date on.",
        "amount": "Received, in the fund's currency, to the cent, above 0 "
        "(`payment_has_an_amount`): for open calls, then for late interest; the rest is an "
        "advance, which the next call uses.",
        "call_id": "call_id of the call that is paid first; it is open (`call_is_open`), "
        "with a notice by then (`payment_not_before_call`). Left out: the call due first.",
        "memo": "A note of your own, for the entry too. Left out: it says that a partner paid.",
    },
    shapes.DefaultInput: {
        "investor": "Partner that will not pay.",
        "declared_on": "Day of the declaration, after the due date of a call that it did not pay "
        "(`default_after_due_date`).",
        "memo": _MEMO,
    },
    shapes.NewCommitment: {
        "investor": "Who is admitted, or raises its commitment.",
        "amount": "Added to what it has committed, in the fund's currency, to the cent, above 0 "
        "(`commitment_above_zero`).",
        "investor_class": f"{_CLASS} Left out: `standard`, or the class that a partner has, which "
        "it keeps (`investor_class_stands`).",
    },
    shapes.CloseExcuse: {
        "investor": "One of `commitments` (`excused_is_admitted`).",
        "call": "Number or call_id of an earlier call (`call_unknown`).",
        "reason": f"{_WHY} Left out: not said.",
    },
    shapes.CloseInput: {
        "closed_on": "Day of the close, in the order of days and not before any payment "
        "that is recorded (`event_in_order_of_days`). Everything that it settles is posted on it.",
        "commitments": "Who commits how much more; each once (`investor_named_once`), nobody in "
        "default (`partner_in_default`).",
        "excuses": "Earlier calls that an investor of this close takes no part in. Left out: none.",
        "memo": _MEMO,
    },
    shapes.TransferInput: {
        "seller": "Partner that gives the interest up; not in default (`partner_in_default`).",
        "buyer": "Who takes it over, a partner or not; another one (`transfer_to_another`).",
        "transferred_on": "Day of the transfer, in the order of days and not before any payment "
        "of the seller that is recorded (`event_in_order_of_days`).",
        "fraction": "Part of the seller's interest, above 0, at most 1: 0.25 is a quarter. Left "
        "out, and `commitment_amount` too: all of it. Not both (`fraction_or_amount`).",
        "commitment_amount": "Instead of `fraction`: as much of the interest as has this "
        "commitment, in the fund's currency, at most the seller's (`transfer_within_commitment`). "
        "Left out: `fraction` says how much.",
        "investor_class": f"{_CLASS} Left out: the seller's; a buyer that is a partner keeps its "
        "own (`investor_class_stands`).",
        "memo": _MEMO,
    },
    shapes.FeeInput: {
        "from_on": "First day of the period. Left out: the first day that is not accrued, and "
        "before any accrual the day of the first close (`fee_begins_with_first_close`). Neither "
        "accrued (`fee_period_is_free`) nor after a gap (`fee_periods_leave_no_gap`).",
        "to_on": "First day after the period, which is not counted. Left out: the end of the fee "
        "period of the calendar that `from_on` is in; never later (`fee_period_within_terms`).",
    },
    shapes.FeeAdjustmentInput: {
        **ADJUSTMENT,
        "from_on": f"{ADJUSTMENT['from_on']} A waiver or rebate begins on a day that is not "
        "accrued yet (`fee_adjustment_before_accrual`).",
        "to_on": "First day after a waiver or rebate. Left out: no end. Not for an offset, which "
        "has one day (`fee_offset_is_for_all_on_one_day`).",
        "investor": "Partner whose fee is reduced. Left out: all, as an offset always is "
        "(`fee_offset_is_for_all_on_one_day`).",
        "amount": f"{ADJUSTMENT['amount']} Left out: `share` says how much "
        "(`fee_adjustment_is_amount_or_share`).",
        "share": f"{ADJUSTMENT['share']} Left out: `amount` says how much, as of an offset always "
        "(`fee_adjustment_is_amount_or_share`).",
        "memo": _MEMO,
    },
    shapes.FeePaymentInput: {
        "paid_on": "Day on which it leaves the fund's cash, an open one (`entry_in_open_period`).",
        "amount": "In the fund's currency, to the cent, above 0: at most what is accrued and "
        "unpaid (`fee_payment_within_payable`), out of cash that is there "
        "(`fee_payment_within_cash`), on that day and all later ones.",
    },
    shapes.DistributionPart: {
        "investor": "Partner that gets this part; each once (`partner_named_once`).",
        "amount": "Its part, in the fund's currency, to the cent.",
        "recallable_amount": "What of its part can be called again, at most `amount` "
        "(`recallable_within_amount`). Left out of all lines: that of the distribution, by "
        "`amount`; of some: 0.",
    },
    shapes.DistributionInput: {
        **DISTRIBUTION,
        "paid_on": f"{DISTRIBUTION['paid_on']} Left out: `declared_on`.",
        "amount": f"{DISTRIBUTION['amount']} Above 0, and in cash on `paid_on` and all later days "
        "(`distribution_within_cash`).",
        "recallable_amount": f"{DISTRIBUTION['recallable_amount']} Left out: the sum of the lines' "
        "(`distribution_recallable_sums`), else 0.",
        "purpose": f"{DISTRIBUTION['purpose']} Left out: not said.",
        "lines": "The split, when it is not pro rata: it adds up to `amount` "
        "(`distribution_split_sums`), and later closes do not share it again. Left out: pro rata "
        "to commitment.",
    },
    shapes.NavInput: {
        "as_of": "Last day of a quarter counted from the first day of the books "
        "(`nav_at_quarter_end`), not before the last mark (`nav_in_order_of_days`). The same day "
        "can be marked again.",
        "fair_value": "Fair value of all investments together on that day, in the fund's currency, "
        "to the cent: neither the change of it, nor the fund's net assets.",
        "memo": _MEMO,
    },
    shapes.ReversalInput: {
        "reversed_on": "Day on which it is taken back, the first open one when that is later. Left "
        "out: the event's own day, or that until which something later stood on it; not before "
        "that (`reversal_in_order_of_days`).",
        "memo": _MEMO,
    },
}
