"""Words that mean the same wherever they stand: keys, names, stamps, and parameters."""

from __future__ import annotations

_FUND = "Key of the fund."
_PARTNER = "Key of the investor."
_CALL = "Key of the capital call: the event_id of what made it."
_DISTRIBUTION = "Key of the distribution: the event_id of what made it."
_EVENT = "Key of the event."
_ENTRY = "Key of the journal entry."

FIELDS = {
    "fund_id": _FUND,
    "investor_id": _PARTNER,
    "investor_code": "Its short name for good, such as LP-03.",
    "investor": "Its name.",
    "contact_id": "Key of the contact.",
    "currency": "ISO 4217 code of the amounts; null for a fund that only companies have named.",
    "call_id": _CALL,
    "distribution_id": _DISTRIBUTION,
    "payment_id": "Key of the payment: its event_id.",
    "close_id": "Key of the close: its event_id.",
    "transfer_id": "Key of the transfer: its event_id.",
    "fee_id": "Key of the accrual: the event_id of what made it.",
    "nav_id": "Key of the net asset value: its event_id.",
    "event_id": _EVENT,
    "event_number": "1, 2, 3, … within the fund in the order of recording, without gaps.",
    "event_on": "Day of the event in the books.",
    "event_key": "Idempotency-Key that it was recorded with; null: none.",
    "kind": "What was done.",
    "line_number": "1, 2, 3, … within the event.",
    "memo": "A note, as it was sent; null: none.",
    "is_reversed": "Whether it was taken back.",
    "reverses_event_id": "The event that it takes back; null for every other kind than reversal.",
    "account_number": "Number of the account.",
    "account_name": "Name of the account.",
    "recorded_at": "When it was recorded.",
    "posted_at": "When it was posted.",
    "closed_at": "When it was closed; null: it is open.",
    "created_date": "When it was made.",
    "created_by": "Name of who made it.",
    "last_update_date": "When it was last changed; null: never.",
    "last_updated_by": "Name of who last changed it; null: nobody did.",
    "row_version": "Counts the changes; the ETag is this in quotes.",
}
PARAMETERS = {
    "fund_id": _FUND,
    "investor_id": _PARTNER,
    "contact_id": "Key of the contact.",
    "call_id": _CALL,
    "distribution_id": _DISTRIBUTION,
    "event_id": _EVENT,
    "entry_id": _ENTRY,
    "valid_from": "First day of the version, such as 2025-01-01.",
    "name": "Only of this name.",
    "currency": "Only in this currency, an ISO 4217 code.",
    "status": "Only of this status.",
    "vintage_year": "Only of this vintage year.",
    "kind": "Only of this kind.",
    "account": "Only entries with a line on this account, by number.",
    "investor_code": "Only of this code.",
    "investor_type": "Only of this type.",
    "country": "Only of this country: ISO 3166-1, two letters.",
    "fund": "Only partners of this fund, by name or fund_id.",
}
