"""What row security costs: roles that see everything against the owner, who is not asked; narrowed
users against a viewer who writes the same filter by hand, in each way that people write it."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import ExitStack
from dataclasses import dataclass

from tests.bench.data import Scale
from tests.bench.measure import Contest, Side
from tests.bench.server import Connection, Platform

UNRESTRICTED_BAR = 1.05
NARROWED_BAR = 1.2

METRICS = "company.quarterly_reporting_metrics"
FINANCIALS = "company.quarterly_reporting_financials"
VIEW = "bi.quarterly_metrics"
FUND = "Fund 7"

# One request lasts as long as the bench: the API's own limit on idle transactions is lifted.
UNHURRIED = "-c idle_in_transaction_session_timeout=0"

Values = dict[str, str]


@dataclass(frozen=True)
class Query:
    """Rows of one relation, as somebody asks who does not know of row security."""

    name: str
    relation: str
    columns: str
    where: str = "true"
    tail: str = ""
    copies: bool = False

    def sql(self, *, join: str = "", condition: str = "true") -> str:
        return (
            f"select {self.columns} from {self.relation} as t {join}"
            f" where {self.where} and {condition} {self.tail}"
        )

    def by_hand(self) -> Iterator[tuple[str, str]]:
        """The fund's companies as a sub-select, as a join, by the column of a published view."""
        companies = "select c.company_id from company.company as c where c.fund_id = %(fund)s"
        yield "by sub-select", self.sql(condition=f"t.company_id in ({companies})")
        if self.relation == VIEW:
            yield "by column", self.sql(condition="t.fund_id = %(fund)s")
        else:
            join = "join company.company as c on t.company_id = c.company_id"
            yield "by join", self.sql(join=join, condition="c.fund_id = %(fund)s")


def totals(relation: str, money: str, ratio: str) -> Query:
    columns = f"t.currency, count(*), sum(t.{money}), avg(t.{ratio})"
    grouped = "group by t.currency order by t.currency"
    return Query(f"totals of {relation}", relation, columns, tail=grouped)


QUERIES = (
    totals(FINANCIALS, "total_revenue", "closing_rate_used"),
    totals(METRICS, "arr", "gross_profit_margin"),
    totals(VIEW, "arr", "gross_profit_margin"),
    Query(f"rows of {FINANCIALS} in USD", FINANCIALS, "t.*", "t.currency = 'USD'", copies=True),
    Query(
        f"one quarter of {VIEW}",
        VIEW,
        "count(*), sum(t.arr)",
        "t.currency = 'USD' and t.calendar_year = 2024 and t.calendar_quarter = 3",
    ),
    Query(
        f"one company of {METRICS}",
        METRICS,
        "t.*",
        "t.company_id = %(company)s",
        "order by t.reporting_year, t.reporting_quarter, t.currency",
    ),
    Query(
        f"one company of {VIEW}",
        VIEW,
        "t.*",
        "t.company_id = %(company)s",
        "order by t.quarter_sort, t.currency",
    ),
)


def contests(platform: Platform, scale: Scale) -> Iterator[Contest]:
    with ExitStack() as stack:
        owner = stack.enter_context(platform.owner())
        viewer = stack.enter_context(platform.bi_login("bench_viewer", "viewer"))
        narrowed = stack.enter_context(platform.bi_login("bench_narrowed", "viewer_scoped", FUND))
        api = stack.enter_context(platform.connect("qb_api", options=UNHURRIED))
        values = example(owner)
        begin(owner, api)
        for query in QUERIES:
            theirs = side("owner", owner, query, query.sql(), values)
            rows = count(owner, query, values)
            for name, conn in (("viewer's login", viewer), ("viewer in a request", api)):
                ours = side(name, conn, query, query.sql(), values)
                yield Contest(f"{query.name}, {name}", ours, theirs, UNRESTRICTED_BAR, rows)
            ours = side("narrowed login", narrowed, query, query.sql(), values)
            rows = count(narrowed, query, values)
            for name, text in query.by_hand():
                theirs = side(f"viewer {name}", viewer, query, text, values)
                yield Contest(f"{query.name}, one fund", ours, theirs, NARROWED_BAR, rows)


def side(name: str, conn: Connection, query: Query, text: str, values: Values) -> Side:
    """Rows that are copied are read and counted, not kept."""
    statement = text.encode()

    def fetch() -> object:
        return conn.execute(statement, values).fetchall()

    def copy() -> object:
        with conn.cursor().copy(b"copy (" + statement + b") to stdout", values) as lines:
            return sum(len(line) for line in lines)

    return Side(name, copy if query.copies else fetch)


def count(conn: Connection, query: Query, values: Values) -> int:
    """Rows that the query reads."""
    text = f"select count(*) from {query.relation} as t where {query.where}"
    row = conn.execute(text.encode(), values).fetchone()
    assert row is not None
    return int(row[0])


def example(owner: Connection) -> Values:
    """The fund that somebody is narrowed to, and one of its companies."""
    row = owner.execute(
        "select f.fund_id::text, min(c.company_id) from fund.fund as f"
        " join company.company as c using (fund_id) where f.name = %s group by f.fund_id",
        [FUND],
    ).fetchone()
    assert row is not None
    return {"fund": row[0], "company": row[1]}


def begin(owner: Connection, api: Connection) -> None:
    """A viewer's request as the API opens it, for as long as the connection is used."""
    row = owner.execute(
        "select coalesce(security.user_id_by_email(%(email)s),"
        " security.add_user(%(email)s, 'viewer', 'Viewer', null))",
        {"email": "viewer@bench.example"},
    ).fetchone()
    api.autocommit = False
    api.execute("select security.begin_request(%s)", row)
