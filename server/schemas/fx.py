"""Shapes of exchange rates, and of the fixings that wait for a person."""

from __future__ import annotations

from datetime import date, datetime
from decimal import Decimal
from typing import Literal

from msgspec import Struct

QuarantineStatus = Literal["open", "released", "rejected", "superseded"]


class Rate(Struct, frozen=True, forbid_unknown_fields=True):
    """Units of `to_currency` per 1 `from_currency` on a day, both legs from one `source`.

    `is_corrected`: a person released it, or one of its legs, from quarantine.
    """

    rate_date: date
    from_currency: str
    to_currency: str
    rate: Decimal
    source: str
    is_corrected: bool


class Quarantined(Struct, frozen=True, forbid_unknown_fields=True):
    """A fixing that was refused, `received` as it came; null where that could not be read.

    `recorded_rate` is what is in force for its source, currency and day; null when nothing is.
    """

    quarantine_id: int
    source: str
    status: QuarantineStatus
    reason: str
    rate_date: date | None
    currency: str | None
    base_currency: str
    rate: Decimal | None
    recorded_rate: Decimal | None
    received: str
    received_at: datetime
    decided_at: datetime | None
    decided_by: str | None
    row_version: int
