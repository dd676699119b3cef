"""The programs that analysts open a view with, each in the way its own manual shows.

A reader takes a connection URI and queries, and returns what arrives for each: the type of every
column, in the client's words, and the rows as Python values.
"""

from __future__ import annotations

import warnings
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from importlib.metadata import files
from typing import Any

import adbc_driver_postgresql.dbapi
import duckdb
import pandas as pd
import polars as pl
import psycopg

Row = tuple[Any, ...]


@dataclass(frozen=True)
class Answer:
    types: dict[str, str]
    rows: list[Row]


Reader = Callable[[str, Sequence[str]], list[Answer]]


def with_psycopg(uri: str, queries: Sequence[str]) -> list[Answer]:
    """The plain driver: what the others are compared with."""
    answers = []
    with psycopg.connect(uri) as conn:
        for query in queries:
            cursor = conn.execute(query.encode())
            types = {c.name: c.type_display for c in cursor.description or []}
            answers.append(Answer(types, cursor.fetchall()))
    return answers


def with_polars_connectorx(uri: str, queries: Sequence[str]) -> list[Answer]:
    return [_of_polars(pl.read_database_uri(query, uri, engine="connectorx")) for query in queries]


def with_polars_adbc(uri: str, queries: Sequence[str]) -> list[Answer]:
    """ADBC hands numeric over as text in an extension type, exact: `.ext.storage()` unwraps it."""
    answers = []
    for query in queries:
        frame = pl.read_database_uri(query, uri, engine="adbc")
        opaque = [name for name, kind in frame.schema.items() if "arrow.opaque" in repr(kind)]
        # Room for whatever a bi column may hold: 28 digits, 10 of them after the point.
        number = pl.col(opaque).ext.storage().cast(pl.Decimal(38, 10))
        types = {n: "opaque" if n in opaque else str(kind) for n, kind in frame.schema.items()}
        answers.append(Answer(types, frame.with_columns(number).rows()))
    return answers


def with_pandas(uri: str, queries: Sequence[str]) -> list[Answer]:
    """As most scripts have it; `coerce_float=False` keeps decimals, which else become floats."""
    with psycopg.connect(uri) as conn, warnings.catch_warnings():
        warnings.filterwarnings("ignore", message="pandas only supports SQLAlchemy")
        return [_of_pandas(pd.read_sql(query, conn, coerce_float=False)) for query in queries]


def with_pandas_adbc(uri: str, queries: Sequence[str]) -> list[Answer]:
    with adbc_driver_postgresql.dbapi.connect(uri) as conn:
        return [_of_pandas(pd.read_sql(query, conn, dtype_backend="pyarrow")) for query in queries]


def with_duckdb(uri: str, queries: Sequence[str]) -> list[Answer]:
    """DuckDB plans the queries itself, over the attached database."""
    answers = []
    with duckdb.connect() as conn:
        conn.execute(f"load '{_duckdb_extension()}'")
        conn.execute("set timezone = 'UTC'")
        conn.execute(f"attach '{uri}' as quarterbase (type postgres, read_only)")
        conn.execute("use quarterbase.bi")
        for query in queries:
            cursor = conn.execute(query)
            types = {column[0]: str(column[1]) for column in cursor.description or []}
            answers.append(Answer(types, cursor.fetchall()))
    return answers


def _duckdb_extension() -> str:
    """DuckDB would download it: it comes as a package of its own instead."""
    [path] = [p for p in files("duckdb-ext-postgres") or [] if p.suffix == ".duckdb_extension"]
    return str(path.locate())


def _of_polars(frame: pl.DataFrame) -> Answer:
    return Answer({name: str(kind) for name, kind in frame.schema.items()}, frame.rows())


def _of_pandas(frame: pd.DataFrame) -> Answer:
    types = {str(name): str(kind) for name, kind in frame.dtypes.items()}
    values = frame.astype(object).itertuples(index=False, name=None)
    return Answer(types, [tuple(map(_plain, row)) for row in values])


def _plain(value: Any) -> Any:
    """pandas has missing values and times of its own."""
    if value is None or value is pd.NA or value is pd.NaT or value != value:
        return None
    return value.to_pydatetime() if isinstance(value, pd.Timestamp) else value
