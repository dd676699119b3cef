"""A dbt project over the published views: sources with their tests, and a model to start from."""

from __future__ import annotations

from pathlib import Path
from string import Template
from typing import Any

from server.exports.dictionary import Column, View
from server.exports.files import as_yaml
from server.exports.target import Target

FOLDER = Path(__file__).parent / "dbt_project"
SOURCES = "models/sources.yml"
MODEL = "portfolio_latest_quarter"
MODEL_OF = "quarterly_metrics"
# Ours again at every export; the other files belong to whoever uses the project.
GENERATED = frozenset({SOURCES, "tests/generic/unique_grain.sql"})
HEADER = "# Written by `quarterbase bi export --dbt` from the catalog; edits below are lost.\n"


def dbt_files(views: list[View], target: Target) -> dict[str, str]:
    """The project's files by name."""
    words = {
        "host": target.host,
        "port": str(target.port),
        "database": target.database,
        "login": target.login,
        "columns": "",
    }
    files = {SOURCES: as_yaml(sources(views), HEADER)}
    start = next((view for view in views if view.name == MODEL_OF), None)
    if start is not None:
        words["columns"] = ",\n".join(f"    m.{column.name}" for column in start.columns)
        files[f"models/{MODEL}.yml"] = as_yaml(starter(start))
    for path in sorted(FOLDER.rglob("*.*")):
        name = path.relative_to(FOLDER).as_posix()
        if start is not None or path.stem != MODEL:
            files[name] = Template(path.read_text(encoding="utf-8")).substitute(words)
    return files


def sources(views: list[View]) -> dict[str, Any]:
    """`sources.yml`: every view and column with its description, every grain with its test."""
    return {
        "version": 2,
        "sources": [
            {
                "name": "quarterbase",
                "description": "What Quarterbase publishes, under the rights of the login.",
                "schema": "bi",
                "tables": [_table(view) for view in views],
            }
        ],
    }


def starter(view: View) -> dict[str, Any]:
    """What the starter model says about itself: its columns are those of the view."""
    columns = [_column(column) for column in view.columns]
    for column in columns:
        if column["name"] == "company_id":
            column["data_tests"] = ["unique", "not_null"]
    return {
        "version": 2,
        "models": [
            {
                "name": MODEL,
                "description": "One row per company: its newest reported quarter, in one currency"
                " (`dbt build --vars 'currency: EUR'`).",
                "columns": columns,
            }
        ],
    }


def _table(view: View) -> dict[str, Any]:
    columns = [_column(column) for column in view.columns]
    table: dict[str, Any] = {"name": view.name, "description": view.description}
    if view.key is None:
        grain = {"unique_grain": {"arguments": {"columns": list(view.grain)}}}
        table["data_tests"] = [grain]
    for column in columns:
        if column["name"] == view.key:
            column["data_tests"] = ["unique", "not_null"]
    return table | {"columns": columns}


def _column(column: Column) -> dict[str, Any]:
    return {
        "name": column.name,
        "description": column.description,
        "data_type": column.data_type,
        "config": {"meta": {"unit": column.unit, "additivity": column.additivity}},
    }
