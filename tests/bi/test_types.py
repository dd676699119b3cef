"""The type table: what arrives in the programs of analysts, under a login that sees one fund.

Every view is opened with every client. The types are those that views/README.md promises, and the
values are those that the plain driver reads: exact decimals, days, UTC times, flags, text, null.
"""

from __future__ import annotations

import re
from datetime import UTC, datetime
from decimal import Decimal
from typing import Any

import pandas as pd
import pytest

from tests.bi import clients
from tests.bi.clients import Answer, Reader
from tests.bi.conftest import Published
from tests.bi.queries import query_of

# By the type of the column in bi.dictionary. Nothing else arrives as something opaque.
ARRIVES: dict[Reader, dict[str, str]] = {
    clients.with_polars_connectorx: {
        "text": "String",
        "integer": "Int32",
        "bigint": "Int64",
        "boolean": "Boolean",
        "date": "Date",
        "timestamp with time zone": r"Datetime\(time_unit='us', time_zone='UTC'\)",
        "numeric": r"Decimal\(precision=38, scale=10\)",
    },
    clients.with_polars_adbc: {
        "text": "String",
        "integer": "Int32",
        "bigint": "Int64",
        "boolean": "Boolean",
        "date": "Date",
        "timestamp with time zone": r"Datetime\(time_unit='us', time_zone='UTC'\)",
        "numeric": "opaque",
    },
    clients.with_pandas: {
        "text": "str|object",
        # With a null among them, pandas counts in floats or objects.
        "integer": "int64|float64|object",
        "bigint": "int64|float64|object",
        "boolean": "bool|object",
        "date": "object",
        "timestamp with time zone": r"datetime64\[us, UTC\]|object",
        "numeric": "object",
    },
    clients.with_pandas_adbc: {
        "text": r"string\[pyarrow\]",
        "integer": r"int32\[pyarrow\]",
        "bigint": r"int64\[pyarrow\]",
        "boolean": r"bool\[pyarrow\]",
        "date": r"date32\[day\]\[pyarrow\]",
        "timestamp with time zone": r"timestamp\[us, tz=UTC\]\[pyarrow\]",
        "numeric": r"extension<arrow.opaque\[storage_type=string, type_name=numeric.*",
    },
    clients.with_duckdb: {
        "text": "VARCHAR",
        "integer": "INTEGER",
        "bigint": "BIGINT",
        "boolean": "BOOLEAN",
        "date": "DATE",
        "timestamp with time zone": "TIMESTAMP WITH TIME ZONE",
        "numeric": r"DECIMAL\({0}\)",
    },
}


def read_all(read: Reader, published: Published) -> dict[str, Answer]:
    queries = [query_of(view, key) for view, key in published.views.items()]
    return dict(zip(published.views, read(published.dsn(), queries), strict=True))


@pytest.fixture(scope="module")
def truth(published: Published) -> dict[str, Answer]:
    """Every view as the plain driver reads it."""
    return read_all(clients.with_psycopg, published)


@pytest.fixture(scope="module")
def declared(published: Published) -> dict[tuple[str, str], str]:
    """The type of each column, by view and column."""
    query = "select d.view_name, d.column_name, d.data_type from bi.dictionary d"
    with published.connect() as conn:
        return {(view, column): kind for view, column, kind in conn.execute(query)}


def same(value: Any) -> Any:
    """Numbers compare by value: Decimal('1.50') equals '1.5', and 3 equals 3.0."""
    if isinstance(value, bool) or value is None:
        return value
    if isinstance(value, int | float):
        return Decimal(value)
    if isinstance(value, datetime):
        return value.astimezone(UTC)
    return value


@pytest.mark.parametrize("read", ARRIVES, ids=lambda read: read.__name__)
def test_every_view_arrives_with_its_types_and_exact_values(
    read: Reader,
    published: Published,
    truth: dict[str, Answer],
    declared: dict[tuple[str, str], str],
) -> None:
    for view, answer in read_all(read, published).items():
        assert list(answer.types) == list(truth[view].types), view
        for column, arrived in answer.types.items():
            kind, _, size = declared[view, column].rstrip(")").partition("(")
            expected = ARRIVES[read][kind].replace("{0}", size)
            assert re.fullmatch(expected, arrived), (view, column, arrived)
        decimals = [i for i, kind in enumerate(truth[view].types.values()) if "numeric" in kind]
        assert len(answer.rows) == len(truth[view].rows) > 0, view
        for row, expected_row in zip(answer.rows, truth[view].rows, strict=True):
            values = [same(value) for value in row]
            for i in decimals:
                # Text where the client has no decimal of any size.
                values[i] = None if values[i] is None else Decimal(values[i])
            assert values == [same(value) for value in expected_row], (view, expected_row[0])


def test_no_number_is_nan_or_infinite(truth: dict[str, Answer]) -> None:
    numbers = [v for a in truth.values() for r in a.rows for v in r if isinstance(v, Decimal)]
    assert len(numbers) > 1000
    assert all(number.is_finite() for number in numbers)


def test_times_are_in_utc(truth: dict[str, Answer]) -> None:
    times = [v for a in truth.values() for r in a.rows for v in r if isinstance(v, datetime)]
    assert {time.utcoffset() for time in times} == {UTC.utcoffset(None)}


def test_pandas_makes_floats_of_decimals_unless_told_not_to(published: Published) -> None:
    """What the manual warns of: fifteen digits are right, the cent of a billion is not."""
    with published.connect() as conn, pytest.warns(UserWarning, match="SQLAlchemy"):
        frame = pd.read_sql("select 123456789012345.67::numeric(24, 2) as amount", conn)
    assert str(frame["amount"].dtype) == "float64"


def test_a_join_planned_by_duckdb_gives_what_postgresql_gives(published: Published) -> None:
    query = (
        "select c.fund, m.quarter_label, sum(m.arr) as arr from bi.quarterly_metrics as m"
        " join bi.company as c using (company_id) where m.currency = 'USD'"
        " group by c.fund, m.quarter_label order by m.quarter_label"
    )
    [ours] = clients.with_psycopg(published.dsn(), [query])
    [theirs] = clients.with_duckdb(published.dsn(), [query])
    assert theirs.rows == ours.rows
    assert len(ours.rows) > 10


@pytest.mark.parametrize("read", [clients.with_psycopg, *ARRIVES], ids=lambda read: read.__name__)
def test_every_client_is_refused_what_the_login_may_not_read(
    read: Reader, published: Published
) -> None:
    # Whatever the client calls it, the server's word comes through.
    with pytest.raises(Exception, match="permission denied for table app_user"):
        read(published.dsn(), ["select * from security.app_user"])
