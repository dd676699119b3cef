"""What Superset imports: one database connection, and a dataset for every published view."""

from __future__ import annotations

from typing import Any
from urllib.parse import quote
from uuid import UUID, uuid5

from server.exports.dictionary import Column, View
from server.exports.files import as_yaml
from server.exports.target import Target

VERSION = "1.0.0"
# The same names give the same ids, so that a later export replaces an earlier one.
NAMESPACE = UUID("c5a5f7f0-6f0e-5b0e-9a3e-7d1f0a5f4b11")
# Superset's own mark: it asks for the password when it imports.
MASKED = "XXXXXXXXXX"
# What quarters are drawn over. Fiscal dates of several companies are not of one quarter.
QUARTER_DATE = "quarter_end_date"


def superset_files(views: list[View], target: Target) -> dict[str, str]:
    """The files by name, in the layout of Superset's own exports."""
    name = f"quarterbase_{target.login}"
    database = str(uuid5(NAMESPACE, f"{target.host}:{target.port}/{target.database}/{name}"))
    files = {
        "metadata.yaml": {"version": VERSION, "type": "SqlaTable"},
        f"databases/{name}.yaml": _database(name, database, target),
    }
    for view in views:
        files[f"datasets/{name}/{view.name}.yaml"] = _dataset(view, database)
    return {path: as_yaml(content) for path, content in files.items()}


def _database(name: str, uuid: str, target: Target) -> dict[str, Any]:
    login, host = quote(target.login, safe=""), target.host
    host = f"[{host}]" if ":" in host else host
    return {
        "database_name": name,
        "sqlalchemy_uri": f"postgresql+psycopg2://{login}:{MASKED}@{host}:{target.port}"
        f"/{quote(target.database, safe='')}",
        "cache_timeout": None,
        "expose_in_sqllab": True,
        "allow_run_async": False,
        "allow_ctas": False,
        "allow_cvas": False,
        "allow_dml": False,
        "allow_csv_upload": False,
        "impersonate_user": False,
        "extra": {"allows_virtual_table_explore": True},
        "uuid": uuid,
        "version": VERSION,
    }


def _dataset(view: View, database: str) -> dict[str, Any]:
    return {
        "table_name": view.name,
        "main_dttm_col": QUARTER_DATE if view.is_quarterly else view.period,
        "currency_code_column": view.currency,
        "description": _description(view),
        "schema": "bi",
        "sql": None,
        "filter_select_enabled": True,
        "uuid": str(uuid5(UUID(database), f"bi.{view.name}")),
        "database_uuid": database,
        "version": VERSION,
        "columns": [_column(column) for column in view.columns] + _quarter_date(view),
        "metrics": [
            {
                "metric_name": "count",
                "metric_type": "count",
                "expression": "COUNT(*)",
                "description": "Number of rows.",
            },
            *(metric for column in view.columns if (metric := _metric(view, column))),
        ],
    }


def _description(view: View) -> str:
    balances = [column.name for column in view.columns if column.additivity == "semi-additive"]
    note = f" Do not sum over time: {', '.join(balances)}." if balances else ""
    return view.description + note


def _column(column: Column) -> dict[str, Any]:
    warning = " Do not sum over time." if column.additivity == "semi-additive" else ""
    return {
        "column_name": column.name,
        "is_dttm": column.unit in {"date", "time"},
        "is_active": True,
        "type": column.data_type.upper(),
        "groupby": column.additivity == "attribute",
        "filterable": True,
        "expression": None,
        "description": column.description + warning,
    }


def _quarter_date(view: View) -> list[dict[str, Any]]:
    """The last day of the reporting quarter, computed by Superset where the view has none."""
    if not view.is_quarterly or view.has(QUARTER_DATE):
        return []
    words = "Last day of the reporting (calendar) quarter."
    column = _column(Column(QUARTER_DATE, "date", "date", "attribute", words))
    month = "MAKE_DATE(calendar_year, calendar_quarter * 3, 1)"
    return [column | {"expression": f"CAST({month} + INTERVAL '1 month' AS DATE) - 1"}]


def _metric(view: View, column: Column) -> dict[str, Any] | None:
    """The sum of a column, where there is one; null where adding would give no number.

    Money adds up within one currency, and only where a row says which that is. Where there is a row
    for each currency, nothing adds up over several: heads would be counted again. A balance adds up
    within one period.
    """
    guards, notes = [], []
    if column.unit == "money" and view.currency is None:
        return None
    if view.currency is not None and (column.unit == "money" or view.currency in view.grain):
        guards.append(view.currency)
        notes.append("several currencies")
    if column.additivity == "semi-additive":
        if view.period is None:
            return None
        guards.append(view.period)
        notes.append("several periods")
    elif column.additivity != "additive":
        return None
    total, note = f"SUM({column.name})", ""
    if guards:
        one = " AND ".join(f"MIN({name}) = MAX({name})" for name in guards)
        total = f"CASE WHEN {one} THEN {total} END"
        note = f" Null over {' or '.join(notes)}: filter on one, or group by it."
    return {
        "metric_name": f"sum_{column.name}",
        "metric_type": "sum",
        "expression": total,
        "description": f"Sum. {column.description}{note}",
    }
