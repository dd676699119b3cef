"""The job `fx_load`: the newest fixings, from the first publisher that has them.

Publishers are asked in the order of `fx.source`; the first whose rates are usable ends it. When
nobody is, the archive shipped with the platform is all there is. What happened becomes
`job_run.detail` and `fx.source_state`.
"""

from __future__ import annotations

import logging
import os
import re
from datetime import date
from types import ModuleType
from typing import Any, NamedTuple

import psycopg

from db.calls import call, sentence, transaction
from db.settings import UserError
from jobs.fx import ecb, ecb_bundled, exchangerates, frankfurter
from jobs.fx.feed import FeedError
from jobs.fx.fetch import FetchError, Limits, fetch

log = logging.getLogger("quarterbase.fx")

KINDS: dict[str, ModuleType] = {
    "ecb": ecb,
    "exchangerates": exchangerates,
    "frankfurter": frankfurter,
}
OFFLINE = "QUARTERBASE_FX_OFFLINE"
"""Set to 1 where there is no way out: nobody is asked, the shipped archive serves."""
KEY_PREFIX = "QUARTERBASE_FX_KEY_"


class Asked(NamedTuple):
    """A row of `fx.sources_to_ask`."""

    source_id: str
    kind: str
    url: str
    key_name: str | None
    key_header: str
    base_currency: str
    span: str
    today: date


def run(dsn: str) -> dict[str, Any]:
    """One run of the job: what became of it, in words, and who was asked in vain."""
    return load(dsn)


def load(
    dsn: str,
    *,
    owner: bool = False,
    source: str | None = None,
    history: bool = False,
    limits: Limits | None = None,
) -> dict[str, Any]:
    """Loads from `source`, or from the first that answers; `history` asks for all of its days.

    Returns `outcome` (words), `source`, and `tried`: who was asked before, and why that was not
    enough. Raises UserError when a source that was named has nothing usable.
    """
    tried: list[dict[str, str]] = []
    for asked in _to_ask(dsn, owner, source, history):
        try:
            outcome = _load_from(dsn, owner, asked, limits)
        except (FetchError, FeedError) as error:
            log.info("no rates from %s: %s", asked.source_id, error)
            tried.append({"source": asked.source_id, "error": str(error)})
        else:
            return {"outcome": outcome, "source": asked.source_id, "tried": tried}
    if source not in (None, ecb_bundled.SOURCE):
        words = "; ".join(attempt["error"] for attempt in tried)
        raise UserError(f"{source} has no usable rates: {words}.")
    outcome = ecb_bundled.load(dsn, owner=owner)
    return {"outcome": outcome, "source": ecb_bundled.SOURCE, "tried": tried}


def _to_ask(dsn: str, owner: bool, source: str | None, history: bool) -> list[Asked]:
    if source == ecb_bundled.SOURCE:
        return []
    if os.environ.get(OFFLINE) == "1":
        if source is not None:
            raise UserError(f"{OFFLINE} is set: {source} is not asked.")
        return []
    span = "history" if history else None
    with transaction(dsn, owner=owner) as connection:
        rows = call(connection, "fx.sources_to_ask", p_source_id=source, p_span=span)
    return [Asked(*row) for row in rows]


def _load_from(dsn: str, owner: bool, asked: Asked, limits: Limits | None) -> str:
    """Asks one publisher and hands over what came; whatever happens is remembered."""
    try:
        rates, arguments = _ask(asked, limits)
        with transaction(dsn, owner=owner) as connection:
            [counts] = call(
                connection,
                "fx.record_rates",
                p_source_id=asked.source_id,
                p_rates=rates,
                **arguments,
            )
            received, *_, quarantined = counts
            if usable := received > quarantined:
                call(connection, "fx.record_fetch", p_source_id=asked.source_id, p_succeeded=True)
        if not usable:
            raise FeedError(f"all {received:,} rates are in quarantine")
        return ecb_bundled.in_words(asked.source_id, counts)
    except (FetchError, FeedError) as error:
        _remember(dsn, owner, asked.source_id, error)
        raise
    except psycopg.Error as error:
        if error.sqlstate != "QB400":  # a feed that is refused as a whole
            raise
        refusal = FeedError(sentence(error).rstrip("."))
        _remember(dsn, owner, asked.source_id, refusal)
        raise refusal from None


def _remember(dsn: str, owner: bool, source: str, error: Exception) -> None:
    with transaction(dsn, owner=owner) as connection:
        call(
            connection,
            "fx.record_fetch",
            p_source_id=source,
            p_succeeded=False,
            p_error=str(error),
            p_retry_after_seconds=getattr(error, "retry_after", None),
        )


def _ask(asked: Asked, limits: Limits | None) -> tuple[list[dict[str, Any]], dict[str, Any]]:
    """The rates a publisher sends, and what else `fx.record_rates` wants to know about them."""
    kind = KINDS[asked.kind]
    url, is_latest = kind.address(asked.url, asked.span, asked.today)
    headers = {asked.key_header: _key(asked.key_name)} if asked.key_name else None
    feed = kind.parse(fetch(url, headers, limits))
    return feed.rates, {"p_is_latest": is_latest, "p_base_currency": feed.base}


def _key(name: str) -> str:
    """The API key of that name. It is never logged, stored, or part of an address."""
    key = os.environ.get(KEY_PREFIX + name, "").strip()
    # What a header cannot carry would be repeated by the error that says so.
    if not re.fullmatch(r"[!-~]{1,500}", key):
        raise FetchError(f"{KEY_PREFIX}{name} holds no API key")
    return key
