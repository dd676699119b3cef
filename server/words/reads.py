"""Words of the operations of the fund and ledger rooms that read, by operationId: what each tells,
and how it is easily misread."""

from __future__ import annotations

from server.words.told import Told

_NOW = (
    "Amounts are as they stand now, after closes, transfers, defaults and reversals: an "
    "investor's are its own, the firm's those of all partners."
)
_DAYS = "`start_date` and `end_date` are of"
READS = {
    "list_funds": Told("Funds that you see, by name; an investor is told nothing of their books."),
    "get_fund": Told("With the ETag that a change sends back.", "fund_not_found"),
    "list_terms": Told(
        "Every version that ever held; with `as_of` the one that holds on that day."
    ),
    "get_terms": Told("With the ETag that a deletion sends back.", "terms_not_found"),
    "list_investors": Told("Investors that you see, by code, whether partners of a fund or not."),
    "list_fund_investors": Told("By code; GET commitments for what each has committed."),
    "get_investor": Told("With the ETag that a change sends back.", "investor_not_found"),
    "list_contacts": Told("The primary one first, then by name."),
    "get_contact": Told("With the ETag that a change sends back.", "contact_not_found"),
    "list_events": Told(
        "Everything that was done to the fund, what was reversed too, by `event_number`. One event "
        f"by its id shows what it wrote and posted. {_DAYS} `event_on`."
    ),
    "get_event": Told(
        "What was answered when it was recorded: partner by partner, with its journal entries.",
        "event_not_found",
    ),
    "list_commitments": Told(
        "Partners by code, and what each has committed as it stands now. "
        f"{_DAYS} `last_changed_on`."
    ),
    "list_capital_calls": Told(f"Calls by number. {_NOW} {_DAYS} `due_on`, not of the notice."),
    "list_payments": Told(
        f"Receipts by day, each with what it was for then. {_DAYS} `received_on`."
    ),
    "list_closes": Told(
        f"Closes by number, each with what was committed with it. {_DAYS} `closed_on`."
    ),
    "list_transfers": Told(
        f"Transfers by day, those that are taken back too: `is_reversed`. {_DAYS} `transferred_on`."
    ),
    "list_fees": Told(
        f"Accruals by period, those that closes made for partners too. {_NOW} {_DAYS} `from_on`."
    ),
    "list_distributions": Told(f"Distributions by number. {_NOW} {_DAYS} `declared_on`."),
    "list_nav": Told(
        "Net asset values as they were struck. Look at `status`: a stale one is no longer what the "
        f"books say of its day, and a period is not closed over it. {_DAYS} `as_of`."
    ),
    "list_cash_flows": Told(
        "Money between fund and partners, from the partner's side. Net IRR is of `paid_in_amount` "
        f"and `distributed_amount`: advances and interest do not count. {_DAYS} `flow_on`."
    ),
    "get_capital_call": Told(
        "What stands for each partner (`partners`), and every leg that led there (`lines`).",
        "call_not_found",
    ),
    "get_distribution": Told(
        "The distribution, and every leg of each partner's part.", "distribution_not_found"
    ),
    "get_positions": Told(
        "Each partner's amounts, multiples and net IRR with what was recorded for days up to "
        "`as_of` (today if absent). The value is that of the last net asset value, with what was "
        "called and distributed since."
    ),
    "get_measures": Told(
        "The sums of all positions, and multiples and net IRR of them: not averages of partners'. "
        "`limited_only=true` leaves the general partner's own commitment out, as net returns are "
        "often reported."
    ),
    "get_explanation": Told(
        "How the amount that an event wrote for a partner came about, from what was asked to the "
        "cent.",
        "line_not_found partner_unknown",
    ),
    "list_journal": Told(
        "Entries by number, each with all its lines, those of events and those posted by hand."
    ),
    "get_entry": Told("The entry with its lines, and what posted it.", "entry_not_found"),
    "list_periods": Told("Periods by day; a closed one takes nothing more."),
    "get_trial_balance": Told(
        "Every account that was posted to by `as_of` (today if absent); debits equal credits in "
        "each currency."
    ),
    "get_balance_sheet": Told(
        "On `as_of` (today if absent). The result since the books began stands in equity in a row "
        "of its own; what of it was allocated to partners stands in theirs and, the other way, in "
        "3590."
    ),
    "get_income_statement": Told(
        "Of any span of days: income and expense accounts are never emptied into capital."
    ),
    "get_partners_capital": Told(
        "Capital accounts on `as_of` (today if absent), and what is not allocated to a partner "
        "yet; together they are net asset value."
    ),
}
