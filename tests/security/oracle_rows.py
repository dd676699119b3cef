"""The rows a narrowed user must see, worked out in Python from the rows of the whole tables."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Any

from tests.conftest import Connection
from tests.security.firm import COMPANIES, Scope

Row = Mapping[str, Any]

# What shows a company's rows to those who see the company …
BY_COMPANY = (
    "company.company", "company.metrics_input", "company.quarterly_reporting_financials",
    "company.quarterly_reporting_metrics", "company.valuation_round", "company.company_record",
    "company.input_record", "company.financials_record", "company.metrics_record",
    "company.valuation_round_record", "bi.company", "bi.quarterly_input",
    "bi.quarterly_financials", "bi.quarterly_metrics", "bi.quarterly_metrics_tidy",
)  # fmt: skip
# … and a fund's to those who see all of the fund.
BY_FUND = (
    "fund.fund", "bi.fund", "bi.portfolio_quarter", "fund.portfolio_quarter",
    "fund.portfolio_quarter_record", "fund.terms_record", "fund.event", "fund.commitment_line",
    "fund.capital_call_line", "ledger.journal_line",
)  # fmt: skip
# Which fund a company beside it belongs to, by name or key, is for those who see the fund.
NAMES_A_FUND = (
    "company.company_record", "bi.company", "bi.quarterly_input", "bi.quarterly_financials",
    "bi.quarterly_metrics", "bi.quarterly_metrics_tidy",
)  # fmt: skip
KINDS: Mapping[type, str] = {str: "text", int: "number", Decimal: "number", date: "date"}


@dataclass(frozen=True)
class Relation:
    """A table or view as its owner sees it; `kinds` are the columns a query may work with."""

    name: str
    rows: list[dict[str, Any]]
    kinds: dict[str, str]

    def columns(self, kind: str | None = None) -> list[str]:
        return [name for name, is_of in self.kinds.items() if kind in (None, is_of)]


class Books:
    """Every relation, read once as the owner; `fund_of` is who holds which company."""

    def __init__(self, owner: Connection) -> None:
        self.fund_of = dict(COMPANIES)
        self._owner = owner
        self._narrowed: dict[tuple[str, Scope], list[Row]] = {}
        self.read()

    def read(self) -> None:
        self._narrowed.clear()
        query = "select name, fund_id::text from fund.fund"
        self.fund_names = {key: name for name, key in self._owner.execute(query.encode())}
        self.relations = {
            name: read_relation(self._owner, name) for name in (*BY_COMPANY, *BY_FUND)
        }

    def move(self, company_id: str, fund: str | None) -> None:
        """Another fund takes a company over, and the kept totals of both follow."""
        self._owner.execute(
            "update company.company set fund_id = (select fund_id from fund.fund where name = %s)"
            " where company_id = %s",
            [fund, company_id],
        )
        self._owner.execute("select fund.refresh_portfolio(60)")
        self.fund_of[company_id] = fund
        self.read()

    def visible(self, scope: Scope) -> set[str]:
        held = {company for company, fund in self.fund_of.items() if fund in scope.funds}
        return held | scope.companies

    def rows(self, name: str, scope: Scope) -> list[Row]:
        """The rows of a relation that somebody with this scope must see: these and no others."""
        if (name, scope) not in self._narrowed:
            self._narrowed[name, scope] = list(self._filter(name, scope))
        return self._narrowed[name, scope]

    def _filter(self, name: str, scope: Scope) -> list[Row]:
        rows = self.relations[name].rows
        if name in BY_FUND:
            return [row for row in rows if self.fund_names.get(row["fund_id"]) in scope.funds]
        visible = self.visible(scope)
        kept = [row for row in rows if row["company_id"] in visible]
        if name in NAMES_A_FUND:
            of_fund = {"fund", "fund_id"} & set(self.relations[name].kinds)
            hidden = dict.fromkeys(of_fund)
            kept = [
                row if self.fund_names.get(row["fund_id"]) in scope.funds else row | hidden
                for row in kept
            ]
        return kept  # type: ignore[return-value]


def read_relation(owner: Connection, name: str) -> Relation:
    """Columns that are neither text, number nor date are left out; keys travel as text."""
    cursor = owner.execute(f"select * from {name}".encode())
    columns = [column.name for column in cursor.description or ()]
    rows = [
        {
            column: str(value) if column == "fund_id" and value is not None else value
            for column, value in zip(columns, values, strict=True)
        }
        for values in cursor
    ]
    kinds = {}
    for column in columns:
        # Our own stamps and random ids tell nothing that the rest of the row does not.
        types = {type(row[column]) for row in rows} - {type(None)}
        if len(types) == 1 and (kind := KINDS.get(types.pop())):
            kinds[column] = kind
    return Relation(name, rows, kinds)
