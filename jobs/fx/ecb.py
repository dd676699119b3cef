"""Kind `ecb`: the European Central Bank's euro foreign exchange reference rates.

https://www.ecb.europa.eu/stats/eurofxref/: the day and the last 90 days as XML, everything since
1999 as a zipped CSV (a line per day, a column per currency, "N/A" where there was no fixing).
Units of the currency per euro.
"""

from __future__ import annotations

import csv
import io
import zipfile
import zlib
from collections.abc import Iterator
from datetime import date
from typing import NoReturn
from urllib.parse import urljoin
from xml.parsers import expat

from jobs.fx.feed import Feed, FeedError, checked

BASE = "EUR"
DOCUMENTS = {"recent": "eurofxref-hist-90d.xml", "history": "eurofxref-hist.zip"}
ABSENT = ("", "N/A")
MAX_UNZIPPED_BYTES = 50_000_000


def address(url: str, span: str, today: date) -> tuple[str, bool]:
    """Where a span is found, and whether only the newest day is there. The days' files lie side by
    side."""
    del today
    return (urljoin(url, DOCUMENTS[span]), False) if span in DOCUMENTS else (url, True)


def parse(body: bytes) -> Feed:
    """The fixings of any of the three documents."""
    if body.startswith(b"PK"):
        return checked(BASE, list(read_archive(body)))
    return checked(BASE, _read_xml(body))


def read_archive(archive: bytes) -> Iterator[dict[str, str]]:
    """Every fixing as {date, currency, rate}; the rate is the text of the file, never a float."""
    try:
        with zipfile.ZipFile(io.BytesIO(archive)) as bundle:
            entries = bundle.infolist()
            # Before anything is unpacked: a few kilobytes can hold gigabytes.
            if sum(entry.file_size for entry in entries) > MAX_UNZIPPED_BYTES:
                raise FeedError("the archive is larger than an archive of rates can be")
            files = [entry for entry in entries if entry.filename.endswith(".csv")]
            if len(files) != 1:
                raise FeedError("the archive does not hold one CSV file")
            with bundle.open(files[0]) as raw:
                yield from _read_csv(io.TextIOWrapper(raw, "utf-8"))
    except (zipfile.BadZipFile, zlib.error, NotImplementedError, RuntimeError, EOFError):
        raise FeedError("the archive cannot be unpacked") from None
    except (csv.Error, UnicodeDecodeError):
        raise FeedError("the archive does not hold a CSV file") from None


def _read_csv(text: io.TextIOBase) -> Iterator[dict[str, str]]:
    table = csv.DictReader(text)
    if "Date" not in (table.fieldnames or ()):
        raise FeedError("the archive does not hold a table of rates")
    for row in table:
        day = row.pop("Date").strip()
        for currency, cell in row.items():
            # The file ends each line with a comma: one nameless, empty column.
            if currency and currency.strip() and cell and cell.strip() not in ABSENT:
                yield {"date": day, "currency": currency.strip(), "rate": cell.strip()}


def _read_xml(body: bytes) -> list[dict[str, str | None]]:
    """`<Cube time="2026-01-02"><Cube currency="USD" rate="1.17"/>…`, at any depth."""
    found: list[dict[str, str | None]] = []
    days: list[str | None] = [None]

    def start(name: str, attributes: dict[str, str]) -> None:
        days.append(attributes.get("time", days[-1]))
        if name.rpartition(" ")[2] == "Cube" and "currency" in attributes:
            found.append(
                {
                    "date": days[-1],
                    "currency": attributes["currency"],
                    "rate": attributes.get("rate"),
                }
            )

    def end(name: str) -> None:
        del name
        days.pop()

    def refuse(*_: object) -> NoReturn:
        # Entities are declared in a document type: without one there is nothing to expand or fetch.
        raise FeedError("the answer declares a document type")

    parser = expat.ParserCreate(namespace_separator=" ")
    parser.StartElementHandler = start
    parser.EndElementHandler = end
    parser.StartDoctypeDeclHandler = refuse
    try:
        parser.Parse(body, True)
    except (expat.ExpatError, ValueError, LookupError):
        raise FeedError("the answer is not XML") from None
    return found
