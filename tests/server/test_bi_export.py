"""`quarterbase bi export` says about the views what the catalog says, and nothing by heart."""

from __future__ import annotations

import subprocess
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any
from uuid import UUID
from zipfile import ZipFile

import psycopg
import pytest
import yaml

from db.calls import read_all
from db.settings import SUPERUSER, UserError
from server.exports.dbt import sources
from server.exports.dictionary import View, views_of
from tests.conftest import DEPLOYED, Database, TestServer, clone
from tests.server.supervised import quarterbase

Export = Callable[..., subprocess.CompletedProcess[str]]


@pytest.fixture(scope="module")
def published(server: TestServer) -> Iterator[Database]:
    with clone(server, DEPLOYED) as database:
        with database.connect(options="-c role=qb_owner") as connection:
            connection.execute("select security.add_database_login('bi_all', 'viewer')")
        yield database
    with psycopg.connect(server.dsn(SUPERUSER, "postgres")) as connection:
        connection.execute("drop role bi_all")


@pytest.fixture(scope="module")
def dictionary(published: Database) -> list[dict[str, Any]]:
    with published.connect(options="-c role=qb_owner") as connection:
        return read_all(connection, "bi.dictionary")


@pytest.fixture(scope="module")
def export(published: Database, tmp_path_factory: pytest.TempPathFactory) -> Export:
    home = tmp_path_factory.mktemp("export")

    def run(*arguments: str) -> subprocess.CompletedProcess[str]:
        environment = {"QUARTERBASE_DSN": published.dsn()}
        return quarterbase("bi", "export", *arguments, home=home, env=environment)

    return run


@pytest.fixture(scope="module")
def folder(export: Export, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """One export of everything."""
    folder = tmp_path_factory.mktemp("exported")
    done = export("--dbt", str(folder / "dbt"), "--superset", str(folder / "superset"))
    assert done.returncode == 0, done.stderr
    return folder


@pytest.fixture(scope="module")
def datasets(folder: Path) -> dict[str, dict[str, Any]]:
    found = (folder / "superset" / "datasets" / "quarterbase_bi_all").glob("*.yaml")
    return {path.stem: yaml.safe_load(path.read_text()) for path in found}


def test_sources_hold_every_published_column_with_its_words(
    folder: Path, dictionary: list[dict[str, Any]]
) -> None:
    [source] = yaml.safe_load((folder / "dbt" / "models" / "sources.yml").read_text())["sources"]
    assert source["schema"] == "bi"
    written = [
        (table["name"], table["description"], column["name"], column["description"])
        for table in source["tables"]
        for column in table["columns"]
    ]
    names = ("view_name", "view_description", "column_name", "description")
    assert sorted(written) == sorted(tuple(row[name] for name in names) for row in dictionary)
    for table in source["tables"]:
        keys = [column["name"] for column in table["columns"] if "data_tests" in column]
        assert len(keys) == 1 or table["data_tests"], table["name"]
        if table["name"] == "quarterly_metrics":
            assert keys == ["company_quarter_currency_key"]


def rows_of(name: str, comment: str, *columns: tuple[str, str]) -> list[dict[str, Any]]:
    """Rows of bi.dictionary for one view."""
    return [
        {
            "view_name": name,
            "view_description": comment,
            "column_name": column,
            "column_position": place,
            "data_type": "text",
            "unit": unit,
            "additivity": "attribute",
            "description": column,
        }
        for place, (column, unit) in enumerate(columns, 1)
    ]


def test_a_view_without_a_key_is_tested_over_its_grain() -> None:
    comment = "One row per fund and day: fund_id, nav_date. More words: of no matter."
    views = views_of(rows_of("nav", comment, ("fund_id", "key"), ("nav_date", "date")))
    assert views[0].key is None
    [table] = sources(views)["sources"][0]["tables"]
    grain = {"arguments": {"columns": ["fund_id", "nav_date"]}}
    assert table["data_tests"] == [{"unique_grain": grain}]


@pytest.mark.parametrize(
    "comment", ["Funds.", "One row per fund.", "One row per fund: found_id.", ""]
)
def test_a_view_that_does_not_say_its_grain_is_refused(comment: str) -> None:
    with pytest.raises(UserError, match=r"bi\.nav"):
        views_of(rows_of("nav", comment, ("fund_id", "key")))


def test_a_second_export_keeps_what_may_be_changed(export: Export, tmp_path: Path) -> None:
    export("--dbt", str(tmp_path))
    model, listed = (
        tmp_path / "models" / name for name in ("portfolio_latest_quarter.sql", "sources.yml")
    )
    fresh = listed.read_text()
    model.write_text("-- mine\n")
    listed.write_text("version: 2\n")
    again = export("--dbt", str(tmp_path))
    assert (model.read_text(), listed.read_text()) == ("-- mine\n", fresh)
    assert f"kept {model}" in again.stdout


def test_no_password_is_written(folder: Path, server: TestServer) -> None:
    for path in folder.rglob("*.*"):
        assert server.password not in path.read_text()
    profile = yaml.safe_load((folder / "dbt" / "profiles.yml").read_text())
    output = profile["quarterbase"]["outputs"]["bi"]
    assert output["password"] == "{{ env_var('DBT_ENV_SECRET_PASSWORD') }}"
    assert f"'{server.port}'" in output["port"]


def test_a_destination_is_needed_and_must_be_usable(export: Export, tmp_path: Path) -> None:
    assert export().stderr.startswith("quarterbase: Say what to write: ")
    (tmp_path / "file").touch()
    refused = export("--dbt", str(tmp_path / "file"))
    assert (refused.returncode, refused.stderr.count("\n")) == (1, 1)
    missing = export("--superset", str(tmp_path / "no" / "x.zip"))
    assert (missing.returncode, missing.stderr.count("\n")) == (1, 1)


def test_superset_gets_a_connection_and_a_dataset_for_each_view(
    folder: Path, datasets: dict[str, dict[str, Any]], dictionary: list[dict[str, Any]]
) -> None:
    root = folder / "superset"
    metadata = yaml.safe_load((root / "metadata.yaml").read_text())
    assert metadata == {"version": "1.0.0", "type": "SqlaTable"}
    [path] = (root / "databases").iterdir()
    database = yaml.safe_load(path.read_text())
    assert database["database_name"] == path.stem == "quarterbase_bi_all"
    assert database["sqlalchemy_uri"].startswith("postgresql+psycopg2://bi_all:XXXXXXXXXX@127.0")
    assert database["extra"] is not None  # Superset reads it without asking
    assert UUID(database["uuid"])
    assert set(datasets) == {row["view_name"] for row in dictionary}
    assert len({dataset["uuid"] for dataset in datasets.values()}) == len(datasets)
    for name, dataset in datasets.items():
        assert (dataset["schema"], dataset["table_name"]) == ("bi", name)
        assert (dataset["version"], dataset["database_uuid"]) == ("1.0.0", database["uuid"])
        assert dataset["description"].startswith("One row per ")
        columns = {column["column_name"]: column for column in dataset["columns"]}
        assert all(c["description"] and c["type"] for c in columns.values())
        known = {row["column_name"] for row in dictionary if row["view_name"] == name}
        assert {n for n, c in columns.items() if c["expression"] is None} == known
        assert dataset["main_dttm_col"] is None or columns[dataset["main_dttm_col"]]["is_dttm"]
        assert all(m["metric_name"] and m["expression"] for m in dataset["metrics"])


def test_metrics_are_sums_that_cannot_mix_currencies_or_periods(
    datasets: dict[str, dict[str, Any]], dictionary: list[dict[str, Any]]
) -> None:
    sums = {
        (name, metric["metric_name"].removeprefix("sum_")): metric["expression"]
        for name, dataset in datasets.items()
        for metric in dataset["metrics"]
        if metric["metric_name"] != "count"
    }
    additivity = {(r["view_name"], r["column_name"]): r["additivity"] for r in dictionary}
    assert {additivity[where] for where in sums} == {"additive", "semi-additive"}
    one_currency = "MIN(currency) = MAX(currency)"
    where = ("quarterly_financials", "total_revenue")
    assert sums[where] == f"CASE WHEN {one_currency} THEN SUM(total_revenue) END"
    one_quarter = f"{one_currency} AND MIN(quarter_sort) = MAX(quarter_sort)"
    where = ("quarterly_financials", "cash_balance")
    assert sums[where] == f"CASE WHEN {one_quarter} THEN SUM(cash_balance) END"
    # There is a row for each currency: people would be counted as often.
    assert sums["quarterly_financials", "employees"].startswith(f"CASE WHEN {one_quarter}")
    assert "Do not sum over time: " in datasets["quarterly_financials"]["description"]
    # Its amounts are in a currency for each company: no sum of them is offered.
    assert "company" not in {name for name, _ in sums}
    assert datasets["quarterly_metrics"]["main_dttm_col"] == "quarter_end_date"
    assert datasets["quarterly_metrics"]["currency_code_column"] == "currency"
    assert datasets["fx_rate"]["main_dttm_col"] == "rate_date"
    assert datasets["company"]["main_dttm_col"] is None


def test_the_zip_holds_the_same_files_in_one_folder(
    export: Export, folder: Path, tmp_path: Path
) -> None:
    assert export("--superset", str(tmp_path / "bi.zip"), "--as", "bi_all").returncode == 0
    root = folder / "superset"
    with ZipFile(tmp_path / "bi.zip") as archive:
        packed = {name: archive.read(name) for name in archive.namelist()}
    assert packed == {
        f"bi/{path.relative_to(root).as_posix()}": path.read_bytes()
        for path in root.rglob("*.yaml")
    }


def test_periods_are_known_from_the_grain(dictionary: list[dict[str, Any]]) -> None:
    views: dict[str, View] = {view.name: view for view in views_of(dictionary)}
    assert views["quarterly_metrics"].period == "quarter_sort"
    assert views["calendar"].period == "calendar_date"
    assert views["company"].period is None
