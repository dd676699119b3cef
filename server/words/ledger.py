"""Words of a fund's books."""

from __future__ import annotations

from server.schemas import ledger as shapes

_MEMO = "A note of your own. Left out: none."
_AS_OF = "The evening asked for."
WORDS: dict[type, dict[str, str]] = {
    shapes.LineInput: {
        "account": "Number of an account of the fund's chart, such as 1000, cash; one in use "
        "(`account_is_active`).",
        "currency": "ISO 4217 code of the amount. A fund is marked to net asset value only while "
        "its net assets are in its own currency (`nav_in_one_currency`).",
        "debit": "Amount on the debit side, to the cent (`debit_to_the_cent`), above 0. Either "
        "this or `credit` (`line_has_one_side`). Left out: 0.",
        "credit": "Amount on the credit side, to the cent (`credit_to_the_cent`), above 0. Either "
        "this or `debit` (`line_has_one_side`). Left out: 0.",
        "partner_id": "investor_id of the partner on accounts kept by partner, such as 1100 and "
        "3000 (`account_takes_partner`). Left out: none, as on all others.",
    },
    shapes.EntryInput: {
        "entry_on": "Day in the books: an open one (`entry_in_open_period`), not before they begin "
        "(`entry_not_before_books`).",
        "kind": "What happened, such as `opening_balance`, `investment_purchase`, `exit`, "
        "`write_off`, `income`, `expense`, `credit_line`, `carry_accrual`, or `correction` for "
        "what no other kind says.",
        "lines": "At least two (`entry_has_two_lines`); debits equal credits in each currency "
        "(`entry_balances_per_currency`).",
        "memo": _MEMO,
    },
    shapes.EntryReversalInput: {
        "entry_on": "Day of the reversal, not before the entry (`reversal_not_before_entry`). Left "
        "out: the entry's own day, or the first open one when that is closed.",
        "memo": _MEMO,
    },
    shapes.PeriodCloseInput: {
        "last_on": "Last day of the period: it is over (`period_is_over`), earlier ones are closed "
        "(`periods_close_in_order`), and no net asset value in it is stale (`nav_is_current`).",
    },
    shapes.Line: {
        "account": "Number of the account.",
        "name": "Name of the account.",
        "partner_id": "investor_id of the partner whose sub-ledger it belongs to; null on accounts "
        "without one.",
        "debit": "0 on the credit side.",
        "credit": "0 on the debit side.",
    },
    shapes.PostedEntry: {
        "entry_id": "Left out of a preview.",
        "entry_number": "1, 2, 3, … within the fund in the order of posting, without gaps.",
        "entry_on": "Day in the books.",
        "kind": "What happened.",
        "entry_key": "Idempotency-Key of an entry posted by hand; null: none.",
        "reverses_entry_id": "The entry that it takes back, line by line; null: none.",
        "posted_by": "user_id of who posted it.",
        "lines": "Its debits and credits, which are equal in each currency.",
    },
    shapes.JournalEntry: {
        "source_room": "`fund`: an event of the fund posted it, and only its reversal takes it "
        "back; null: posted by hand.",
        "source_key": "event_id of that event.",
    },
    shapes.Period: {
        "first_on": "First day.",
        "last_on": "Last day.",
        "is_closed": "Whether nothing is posted to its days any more, for good.",
        "closed_by": "Name of who closed it; null: it is open.",
    },
    shapes.AccountBalance: {
        "kind": "What side of the books it belongs to.",
        "total_debit": "All debits since the books began.",
        "total_credit": "All credits since the books began.",
        "debit_balance": "Balance of the account when it is on the debit side, else 0.",
        "credit_balance": "Balance of the account when it is on the credit side, else 0.",
    },
    shapes.BalanceTotal: {
        "debit_balance": "All debit balances.",
        "credit_balance": "All credit balances: the same.",
    },
    shapes.TrialBalance: {
        "as_of": _AS_OF,
        "accounts": "By number and currency.",
        "totals": "By currency.",
    },
    shapes.StatementLine: {
        "section": "Where it stands in the statement.",
        "account_number": "Null: the result since the books began.",
        "amount": "Of the balance sheet: above 0 where its section has it, below on contra "
        "accounts. Of the income statement: above 0 for what adds to the result.",
    },
    shapes.SectionTotal: {
        "asset_amount": "What the fund has.",
        "liability_amount": "What it owes.",
        "equity_amount": "The rest: net asset value.",
    },
    shapes.BalanceSheet: {
        "as_of": _AS_OF,
        "accounts": "By section, number and currency.",
        "totals": "By currency.",
    },
    shapes.ResultTotal: {"result_amount": "Income less expenses; below 0: a loss."},
    shapes.IncomeStatement: {
        "from_on": "First day, included.",
        "to_on": "Last day, included.",
        "accounts": "By kind, number and currency.",
        "totals": "By currency.",
    },
    shapes.CapitalPart: {"amount": "Below 0: reduces capital."},
    shapes.PartnerCapital: {
        "partner_id": "investor_id; null: allocated to nobody yet.",
        "capital_amount": "Its capital account: the sum of `accounts`.",
        "accounts": "What it is made of.",
    },
    shapes.NetAssetValue: {
        "net_asset_value": "Assets less liabilities: all capital accounts, and what is allocated "
        "to nobody yet."
    },
    shapes.PartnersCapital: {
        "as_of": _AS_OF,
        "partners": "One for each partner and currency, and one for what is not allocated yet.",
        "totals": "By currency.",
    },
}
