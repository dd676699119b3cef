"""Words of funds, their terms, and investors."""

from __future__ import annotations

from server.schemas import fund_terms as shapes

FUND = {
    "name": "Name of the fund; no other has it (`fund_name_unique`).",
    "currency": "ISO 4217 code, such as EUR, that every amount of the fund is in. It stays once "
    "something is recorded in it (`fund_keeps_its_currency`). Null in an answer: only companies "
    "have named the fund so far.",
    "vintage_year": "Year of the first close or of the first call. The books begin with it unless "
    "`books_first_on` is sent. Left out of a new fund: not known.",
    "status": "Where the fund is in its life. Told only: no rule depends on it. Left out of a new "
    "fund: not known.",
    "books_first_on": "First day that can be posted to, the first of a month "
    "(`book_begins_with_a_month`). Left out: 1 January of `vintage_year`, else of this year. Set "
    "once (`books_are_opened_once`).",
    "books_period_months": "Months in a period of the books. Left out: 3. Set once "
    "(`books_are_opened_once`).",
    "receivable_as": "How called capital is shown until it is paid: `asset`, or `equity`: taken "
    "off partners' capital, as US GAAP usually shows it. Left out: `asset`. Set once "
    "(`books_are_opened_once`).",
}
FEE_STEP = {
    "fee_rate": "Annual rate, a fraction of the base, 0 to 1: 0.02 for 2 % (`fee_rate_in_range`).",
    "fee_base": "`committed`: the commitment. `contributed`: called and due, capital and fees, "
    "less what a close gave back. `net_invested`: cost of investments held, less write-offs, by "
    "share of commitment. `nav`: the last net asset value. Never below 0.",
    "from_on": "First day of the step.",
    "investor_class": "Class of partners; `*`: all without steps of their own.",
}
_DAY_COUNTS = (
    "`act/365`, `act/360`: actual days by 365 or 360. `act/act`: ISDA's, cut at year ends, not "
    "YEARFRAC's basis 1. `30/360`: the European 30E/360, YEARFRAC's basis 4, not its default."
)
TERMS = {
    "valid_from": "First day on which these terms hold.",
    "valid_to": "First day on which this version no longer holds; null: until further notice.",
    "term_ends_on": "Last day of the fund's term; null: not agreed. Told only: nothing is refused "
    "after it.",
    "investment_period_ends_on": "First day after the investment period; null: not agreed. A fee "
    "step can begin with it; calls are not refused after it.",
    "allocation_basis": "What the capital of a call is shared in proportion to, by the terms of "
    "its notice: `commitment`, or `unfunded` commitment on that day.",
    "recallable_expiry_days": "Days after its payment for which a recallable distribution can be "
    "called again; null: without end.",
    "recallable_in_performance": "`all_in`: recallable distributions count in DPI and, when called "
    "again, in paid-in. `excluded`: in neither. Net IRR is of all flows either way.",
    "paid_in_dated_by": "Day that a contribution counts from in cash flows and net IRR: `receipt` "
    "of the money, or `due`, the due date of its call (by the terms of its notice).",
    "true_up_rate": "Annual rate, a fraction, of the interest that partners of a later close pay "
    "on earlier calls, from the due date to the close, outside their commitment; they get it on "
    "earlier distributions. By the terms of the day of the close.",
    "true_up_day_count": f"Days of that interest. {_DAY_COUNTS}",
    "true_up_compounding": "`simple`: principal x rate x years. `annual`: principal x ((1 + rate) "
    "^ years - 1).",
    "true_up_recipient": "Who gets that interest: `earlier_partners`, by what each gets back of "
    "its money; `fund`, as its income; `manager`. Interest on management fee that is caught up is "
    "the manager's in any case.",
    "late_interest_rate": "Annual rate, a fraction, simple, on what is paid after the due date and "
    "the days of grace; by the terms of the day of receipt. 0: none.",
    "late_interest_day_count": f"Days of that interest. {_DAY_COUNTS}",
    "late_grace_days": "Days after the due date within which a payment is not late; when it is, "
    "interest runs from the due date on.",
    "fee_day_count": f"Days of the management fee. {_DAY_COUNTS} `quarter`: a calendar quarter is "
    "a fourth of a year, a stub its days' part of that quarter.",
    "fee_timing": "Day on which a period's fee is posted: its first in `advance`, its last in "
    "`arrears`; the first open day when that is later.",
    "fee_basis": "Which base counts: `opening`, that of the evening before the period, or `daily`, "
    "that of each day. What a close adds counts from the close either way.",
    "fee_period_months": "Months in a fee period, counted from January: 3 is calendar quarters.",
    "fee_offset_share": "Share, 0 to 1, of the fees of portfolio companies that reduces the "
    "management fee; by the terms of the day of that fee.",
    "fee_from": "From when a partner of a later close owes the fee: `first_close`, which it "
    "catches up with interest, or `own_close`. By the terms of the day of the close.",
    "fee_free_classes": "Classes of partners that pay no management fee; [] for none.",
    "fee_schedule": "Steps of rate and base of the management fee. Days without one for a class "
    "that pays are not accrued (`fee_steps_cover_the_day`): a `fee_rate` of 0 says none.",
}
DEFAULTS = {
    "allocation_basis": "commitment",
    "recallable_in_performance": "all_in",
    "paid_in_dated_by": "receipt",
    "true_up_rate": "0.08",
    "true_up_day_count": "act/365",
    "true_up_compounding": "simple",
    "true_up_recipient": "earlier_partners",
    "late_interest_rate": "0",
    "late_interest_day_count": "act/365",
    "late_grace_days": "0",
    "fee_day_count": "act/365",
    "fee_timing": "advance",
    "fee_basis": "opening",
    "fee_period_months": "3",
    "fee_offset_share": "1",
    "fee_from": "first_close",
    "fee_free_classes": "general_partner, affiliate",
}
"""What a fund's first terms say of what was left out; a test compares them with the database."""
_BOUND = {
    "recallable_expiry_days": "Above 0 (`recallable_expiry_days_positive`).",
    "true_up_rate": "0.08 is 8 % (`true_up_rate_in_range`).",
    "late_interest_rate": "0.1 is 10 % (`late_interest_rate_in_range`).",
    "fee_offset_share": "0.8 is 80 % (`fee_offset_share_in_range`).",
    "investment_period_ends_on": "A new day asks for a new `fee_schedule` when a step began with "
    "the old one (`fee_schedule_follows_the_period`).",
}
_OWN = {
    "valid_from": "Ends the version before it when that has no end; `terms_do_not_overlap`, and "
    "days by which something was recorded stay (`terms_in_use_stay`).",
    "valid_to": "Left out: null, whatever the version before says. After `valid_from` "
    "(`terms_end_after_they_begin`).",
    "fee_schedule": "Left out: as before; null or []: none. One step for each class and day "
    "(`fee_step_given_twice`).",
}


def _sent(name: str) -> str:
    """Of a field of terms: what it means, what binds it, and what it is when left out."""
    default = f"`{DEFAULTS[name]}`" if name in DEFAULTS else "null"
    left_out = f"Left out: as in the version before, in the first {default}."
    return " ".join(filter(None, (TERMS[name], _BOUND.get(name), _OWN.get(name, left_out))))


INVESTOR = {
    "investor_code": "Short name for good, such as LP-03: 1 to 40 letters, digits, dots, dashes or "
    "underscores (`investor_code_is_plain`), of nobody else (`investor_code_unique`). A cent that "
    "two partners have the same claim to goes to the lower code; a partner keeps its own "
    "(`investor_keeps_its_code`).",
    "name": "Legal name.",
    "investor_type": "What kind of legal person it is. Left out of a new investor: `other`.",
    "country": "ISO 3166-1: a code such as US, or a name such as United States, which is kept as "
    "its code (`country_unknown`). Left out of a new investor: not known.",
}
CONTACT = {
    "name": "Name of the person.",
    "email": "Full address (`contact_email_is_an_address`). Left out of a new contact: none.",
    "phone": "Telephone number, as it was written. Left out of a new contact: none.",
    "is_primary": "Whether to write to this person first; whoever was first before is not any "
    "more. Left out of a new contact: false.",
}
WORDS: dict[type, dict[str, str]] = {
    shapes.FundChange: FUND,
    shapes.Fund: FUND,
    shapes.FeeStepInput: {
        **FEE_STEP,
        "from_on": "First day of the step: a day such as 2025-01-01, or `investment_period_end` "
        "(`investment_period_is_dated`). Left out: `valid_from`.",
        "investor_class": "Class of partners, such as `standard`; `*`: all without steps of their "
        "own. Left out: `*`.",
    },
    shapes.FeeStep: FEE_STEP,
    shapes.TermsInput: {name: _sent(name) for name in TERMS},
    shapes.Terms: TERMS,
    shapes.TermsDeleted: {"valid_from": TERMS["valid_from"]},
    shapes.InvestorChange: INVESTOR,
    shapes.InvestorRecord: {
        **INVESTOR,
        "funds": "Funds that it is a partner of, as far as the reader sees them.",
    },
    shapes.InvestorFund: {"name": "Name of the fund."},
    shapes.ContactChange: CONTACT,
    shapes.Contact: CONTACT,
}
