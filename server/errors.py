"""One status table for every way a request can fail, and the envelope all of them share.

Codes are matched, never words: a rule of ours arrives as SQLSTATE `QB` + status, a declared
constraint as class 23, and PostgreSQL's own troubles by their codes. No answer carries SQL text,
a stack, or a value that the caller did not send.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import NamedTuple

import psycopg
from msgspec import Struct


class Status(NamedTuple):
    rule: str
    message: str


# status -> the rule and the words that are used when nothing more precise is known
STATUSES: Mapping[int, Status] = {
    400: Status("invalid_request", "The request is not valid."),
    401: Status("token_missing", "This needs a bearer token; get one from /v1/auth/login."),
    403: Status("role_not_allowed", "Your role may not do this."),
    404: Status("not_found", "There is nothing at this address."),
    405: Status("method_not_allowed", "This address does not take that method."),
    409: Status("conflict", "This conflicts with what is already stored."),
    412: Status("stale_version", "The record has changed since you read it."),
    413: Status("body_too_large", "The request body is too large."),
    415: Status("unsupported_media_type", "The request body must be application/json."),
    422: Status("idempotency_key_reused", "This Idempotency-Key came with another body before."),
    429: Status("too_many_requests", "Too many requests; try again later."),
    500: Status("internal_error", "Something went wrong on our side."),
    503: Status("try_again", "The database cannot answer right now; try again shortly."),
    504: Status("statement_timeout", "This took too long and was stopped; ask for less at once."),
}
RETRY_AFTER_SECONDS: Mapping[int, int] = {429: 60, 503: 5}


class FieldError(Struct, frozen=True):
    """One thing that is wrong: where, by which rule, in words, and what to do about it."""

    field: str | None
    rule: str
    message: str
    hint: str | None = None


class Words(NamedTuple):
    """What `ops.explain_rule` says about a declared constraint."""

    field: str | None
    message: str | None
    hint: str | None


class Problem(Exception):  # noqa: N818 (a refusal, not a fault)
    """A refusal on its way to the caller."""

    def __init__(
        self, status: int, *errors: FieldError, headers: Mapping[str, str] | None = None
    ) -> None:
        known = STATUSES.get(status, STATUSES[400] if status < 500 else STATUSES[500])
        self.status = status
        self.errors: Sequence[FieldError] = errors or (FieldError(None, *known),)
        self.message = (
            self.errors[0].message
            if len(self.errors) == 1
            else f"The request is not valid: {len(self.errors)} problems, listed in errors."
        )
        self.headers = dict(headers or {})
        if status == 401:
            rule = self.errors[0].rule
            bad_token = rule.startswith("token_") and rule != known.rule
            scheme = 'Bearer error="invalid_token"' if bad_token else "Bearer"
            self.headers.setdefault("WWW-Authenticate", scheme)
        if status in RETRY_AFTER_SECONDS:
            self.headers.setdefault("Retry-After", str(RETRY_AFTER_SECONDS[status]))
        super().__init__(status, self.message)


class ErrorEnvelope(Struct, frozen=True):
    """The body of every refusal."""

    status: str
    code: int
    message: str
    errors: list[FieldError]


def is_conflict_worth_a_retry(error: psycopg.Error) -> bool:
    return error.sqlstate in ("40001", "40P01")


def status_of(error: psycopg.Error) -> int:
    code = error.sqlstate
    if code is None:
        # Values that psycopg itself cannot send (a NUL character), else a connection that never
        # was, broke, or did not come free in time.
        return 400 if isinstance(error, psycopg.DataError) else _no_code(error)
    if code.startswith("QB"):
        status = int(code[2:]) if code[2:].isdecimal() else 500
        return status if status in STATUSES else 500
    if code in _STATUS_BY_CODE:
        return _STATUS_BY_CODE[code]
    return _STATUS_BY_CLASS.get(code[:2], 500)


def _no_code(error: psycopg.Error) -> int:
    return 503 if isinstance(error, psycopg.OperationalError) else 500


_STATUS_BY_CODE: Mapping[str, int] = {
    "23505": 409,  # unique
    "23P01": 409,  # exclusion
    "42501": 403,  # insufficient privilege, row security included
    "40001": 503,  # serialization failure, after one retry
    "40P01": 503,  # deadlock, after one retry
    "55P03": 503,  # lock not available
    "25006": 503,  # read-only: a standby answers while the primary changes
    "57014": 504,  # statement timeout
    "57P01": 503,  # shutting down,
    "57P02": 503,  # crashed,
    "57P03": 503,  # or not yet up
    "57P05": 503,  # idle connection closed by the server
}
_STATUS_BY_CLASS: Mapping[str, int] = {
    "08": 503,  # connection
    "22": 400,  # a value that its type refuses
    "23": 400,  # check, not null, foreign key
    "53": 503,  # out of connections, disk or memory
}


def problem_from_database(error: psycopg.Error, words: Words | None = None) -> Problem:
    """The refusal that a database error means. `words` are those of the broken constraint."""
    status, code, diag = status_of(error), error.sqlstate or "", error.diag
    if code.startswith("QB") and status != 500:
        text = diag.message_primary or STATUSES[status].message
        if diag.message_detail:  # the numbers
            text = f"{text.rstrip('.')} ({diag.message_detail.rstrip('.')})."
        rule = diag.constraint_name or STATUSES[status].rule
        return Problem(status, FieldError(diag.column_name, rule, text, diag.message_hint))
    if code == "23502" and diag.column_name:
        column = diag.column_name
        return Problem(status, FieldError(column, "required", f"{column} is required."))
    if code.startswith("23"):
        field, message, hint = words or Words(None, None, None)
        rule = diag.constraint_name or STATUSES[status].rule
        return Problem(status, FieldError(field, rule, message or STATUSES[status].message, hint))
    if status == 400:
        outside = "A value is outside what its field can hold."
        return Problem(status, FieldError(None, "invalid_value", outside))
    return Problem(status)
