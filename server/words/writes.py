"""Words of the operations of the fund and ledger rooms that write, by operationId: what each does
or posts, and the rules that refuse it most often."""

from __future__ import annotations

from server.words.told import Told


def _event(says: str, refusals: str) -> Told:
    return Told(says, f"{refusals} event_key_unique", is_once=True)


def _in_order(says: str, refusals: str) -> Told:
    return _event(says, f"{refusals} event_in_order_of_days entry_in_open_period")


_EVENTS = {
    "issue_capital_call": _in_order(
        "Shares a call among the partners, to the cent, and posts it on `notice_on`: debit 1100 "
        "capital call receivable, credit 3000 capital contributed, by partner. What partners had "
        "paid in advance pays their parts at once.",
        "call_within_unfunded call_has_an_amount call_due_after_notice partner_unknown "
        "terms_cover_the_day",
    ),
    "record_payment": _event(
        "Posts money received: debit 1000 cash; credit 1100 what it pays of calls, 1120 of late "
        "interest, and 2000 the rest, an advance. What comes late is charged interest on the day "
        "of receipt: debit 1120, credit 4300.",
        "partner_unknown call_unknown call_is_open payment_has_an_amount entry_in_open_period",
    ),
    "declare_default": _in_order(
        "What is open of the partner's calls is no longer expected (debit 3000, credit 1100), and "
        "no later call asks it. Late interest stays owed.",
        "default_after_due_date partner_defaults_once partner_unknown",
    ),
    "run_close": _in_order(
        "Adds commitments, which post nothing by themselves. When something was called or "
        "distributed before, everybody is put where it would be had all been there from the "
        "first: calls and pro-rata distributions are shared again and settled in cash on "
        "`closed_on`, with the interest of the terms; accrued management fee is caught up; "
        "allocated results are shared anew.",
        "investor_unknown investor_named_once investor_class_stands call_within_unfunded "
        "terms_cover_the_day",
    ),
    "transfer_commitment": _in_order(
        "The buyer takes over that part of the seller's commitment, calls, payments, "
        "distributions, fees and capital, posted by partner on `transferred_on`. Each amount is "
        "cut off to the cent, and what is left stays with the seller; advances move with the whole "
        "interest only.",
        "transfer_within_commitment fraction_or_amount partner_in_default investor_class_stands",
    ),
    "accrue_management_fee": _event(
        "Reckons each partner's fee from days, rates and bases of the terms, takes waivers, "
        "rebates and offsets off, and posts it: debit 5000 management fee, credit 2200 payable, "
        "after waivers and rebates; debit 2200, credit 5050 for the offset. It calls nothing: a "
        "capital call asks for it by `fee_event_id`.",
        "fee_needs_a_close fee_period_is_free fee_periods_leave_no_gap fee_steps_cover_the_day",
    ),
    "adjust_fee": _event(
        "Posts nothing: the accruals to come take it off. What is accrued already stays.",
        "fee_adjustment_before_accrual fee_adjustment_is_amount_or_share "
        "fee_offset_is_for_all_on_one_day",
    ),
    "pay_management_fee": _event(
        "Posts a payment to the manager: debit 2200 management fee payable, credit 1000 cash.",
        "fee_payment_within_payable fee_payment_within_cash entry_in_open_period",
    ),
    "issue_distribution": _in_order(
        "Posts what is owed to the partners on `declared_on` (debit 3100 capital distributed, "
        "credit 2300 distributions payable) and its payment on `paid_on` (debit 2300, credit "
        "1000 cash), both at once.",
        "distribution_within_cash distribution_split_sums recallable_within_amount "
        "allocation_has_a_share",
    ),
    "mark_nav": _event(
        "Posts the change of fair value (up: debit 1250, credit 4100), and makes the result since "
        "the books began, as far as it is not yet, the partners' capital (debit 3590, credit "
        "3500): fees each their own, everything else by commitment on `as_of`.",
        "nav_at_quarter_end nav_in_order_of_days nav_in_one_currency entry_in_open_period",
    ),
    "reverse_event": _event(
        "Writes every amount of the event, and its journal entries, once more with the other sign; "
        "nothing is deleted. What stands on it is taken back first, the last one first.",
        "later_events_are_reversed_first event_reversed_once reversal_is_final "
        "reversal_in_order_of_days",
    ),
    "post_entry": Told(
        "Posts an entry that no event of the fund makes; events post their own. Nothing posted is "
        "ever changed: an entry is taken back by its reversal.",
        "entry_balances_per_currency account_takes_partner entry_in_open_period "
        "entry_not_before_books entry_key_unique",
        is_once=True,
    ),
    "reverse_entry": Told(
        "Posts the entry once more with the sides changed. What an event of the fund posted is "
        "taken back with the event.",
        "entry_goes_with_its_event entry_reversed_once reversal_is_final "
        "reversal_not_before_entry entry_in_open_period entry_key_unique",
        is_once=True,
    ),
}
_RECORDS = {
    "create_fund": Told(
        "Creates a fund and opens its books (201), or completes one that only companies have named "
        "(200). Before anything is recorded, set its terms, create investors and run a close.",
        "fund_name_unique books_are_opened_once book_begins_with_a_month",
    ),
    "update_fund": Told(
        "An absent key leaves a value as it is, null clears it. What is said of the books opens "
        "them, when they are not open.",
        "fund_keeps_its_currency books_are_opened_once fund_name_unique stale_version",
    ),
    "set_terms": Told(
        "An amendment: it says what changes, and what it does not name stays as in the version "
        "before, which ends on that day when it had no end. Days by which something was recorded "
        "keep their terms, so an amendment begins after them.",
        "terms_do_not_overlap terms_in_use_stay fee_schedule_follows_the_period day_counts_known",
    ),
    "delete_terms": Told(
        "The version before, when it ended on that day, then ends when the deleted one did.",
        "terms_in_use_stay terms_not_found stale_version",
    ),
    "create_investor": Told(
        "Creates the legal person; a close makes it a partner of a fund.",
        "investor_code_unique investor_code_is_plain country_unknown",
    ),
    "update_investor": Told(
        "An absent key leaves a value as it is, null clears it or restores its default.",
        "investor_keeps_its_code investor_kept_by_the_firm stale_version",
    ),
    "add_contact": Told(
        "Personal data: it stands nowhere else. A new primary contact takes the place of the one "
        "before.",
        "contact_email_is_an_address contact_name_not_blank investor_not_found",
    ),
    "update_contact": Told(
        "An absent key leaves a value as it is, null clears it. A new primary contact takes the "
        "place of the one before.",
        "contact_email_is_an_address contact_not_found stale_version",
    ),
    "delete_contact": Told(
        "The person is gone, from answers kept for an `Idempotency-Key` too; no amount changes.",
        "contact_not_found stale_version",
    ),
    "close_period": Told(
        "Nothing is posted to the days of the period any more, and nothing opens it again: what it "
        "lacks is posted to the next one. Events of its days are refused from then on.",
        "period_not_found period_is_over periods_close_in_order nav_is_current "
        "closed_period_stays_closed",
    ),
}
WRITES = {**_EVENTS, **_RECORDS}
