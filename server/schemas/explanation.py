"""How one number came about: its formula, and everything it is made of."""

from __future__ import annotations

from datetime import date, datetime
from decimal import Decimal
from typing import Literal

from msgspec import Struct

from server.schemas.quarter import Quarter, Year

ReasonCode = Literal[
    "no_fx_rate",
    "no_valuation",
    "missing_input",
    "missing_prior_quarter",
    "missing_prior_year_quarter",
    "ltm_incomplete",
    "currency_changed",
    "zero_denominator",
    "negative_base",
    "no_burn",
    "cash_generative",
]
OperandKind = Literal["metric", "translated", "submitted", "valuation", "rate", "convention"]
OperandUnit = Literal["money", "ratio", "multiple", "months", "count", "flag", "rate", "factor"]
RateKind = Literal["average", "closing", "same_currency"]


class NullReason(Struct, frozen=True, forbid_unknown_fields=True):
    """Why there is no value; `operand` names what is missing when that is the reason."""

    code: ReasonCode
    message: str
    operand: str | None


class StoredRow(Struct, frozen=True, forbid_unknown_fields=True):
    """The row a value stands in, and who wrote it. A derived row has its quarter's key instead of
    an id, and the stamps of the submission it follows from."""

    table: str
    id: str | None
    row_version: int | None
    created_date: datetime
    created_by: str
    last_update_date: datetime | None
    last_updated_by: str | None


class Fixings(Struct, frozen=True, forbid_unknown_fields=True):
    """Fixings of one source, units of `currency` per 1 `base_currency`; `rate` is their mean."""

    source: str
    base_currency: str
    currency: str
    rate: Decimal
    fixing_count: int
    first_on: date
    last_on: date


class UsedRate(Struct, frozen=True, forbid_unknown_fields=True):
    """The fixings behind a rate: a cross rate has two legs, of the same days. A closing rate is the
    quotient of its legs. An average is the mean of the quotients of its days, as `method` says: the
    quotient of the legs shown here, which are means themselves, comes close and is not it."""

    kind: RateKind
    from_currency: str
    to_currency: str
    fixing_count: int
    method: str
    first_on: date | None
    last_on: date | None
    fixings: list[Fixings]


class _Explained(Struct, frozen=True, forbid_unknown_fields=True, kw_only=True):
    label: str
    kind: OperandKind
    unit: OperandUnit
    value: Decimal | bool | None
    reason: NullReason | None
    reporting_year: Year
    reporting_quarter: Quarter
    expression: str | None
    derived_from: list[str]
    row: StoredRow | None
    rate: UsedRate | None


class Operand(_Explained, frozen=True, forbid_unknown_fields=True, kw_only=True):
    """A number that others are computed from, by the name it has in their expressions."""

    operand: str
    currency: str | None


class Explanation(_Explained, frozen=True, forbid_unknown_fields=True, kw_only=True):
    """A metric, and every operand it is made of, nearest first, down to what was submitted.
    `reporting_year` and `reporting_quarter` are the `year` and `quarter` that were asked for."""

    company_id: str
    currency: str
    metric: str
    formula: str
    null_rule: str
    currency_note: str
    source: str | None
    assumed_zero_debt: bool
    operands: list[Operand]
