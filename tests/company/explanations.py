"""Reads explanations out of a database and checks them: against what is stored, against what they
say themselves, and against the oracle."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from datetime import date, timedelta
from decimal import Decimal
from typing import Any

from tests.company.books import Books, Row
from tests.company.evaluator import evaluate, from_the_ground
from tests.company.oracle import Oracle
from tests.company.oracle_check import MONEY_ABSOLUTE, RATIO_ABSOLUTE, RELATIVE
from tests.company.oracle_rates import Rates, quarter_start
from tests.company.oracle_reasons import Reasons

# Every reported quarter, in every currency it is shown in, or would be if there were a rate.
_QUARTERS = """
select i.company_id, i.reporting_year, i.reporting_quarter, c.currency,
    company.explain_quarter(
        i.company_id, i.reporting_year, i.reporting_quarter, c.currency
    )::text as explained,
    to_jsonb(m)::text as stored
from company.metrics_input as i
cross join lateral (
    select p.currency from fx.presentation_currency as p union select i.currency
) as c
left join company.quarterly_reporting_metrics as m
    on m.company_id = i.company_id and m.reporting_year = i.reporting_year
    and m.reporting_quarter = i.reporting_quarter and m.currency = c.currency
where i.quarter_ordinal %% %(every)s = 0
"""
Nodes = dict[str, Row]


def parse(text: str) -> Any:
    return json.loads(text, parse_float=Decimal, parse_int=Decimal)


def quarters(books: Books, every: int = 1) -> Iterator[tuple[Row, Nodes, Row]]:
    """Key, explained operands (metrics included) by name, and the stored row, of every so many
    quarters."""
    with books.conn.cursor(name="quarters") as cursor:
        cursor.itersize = 50
        for row in cursor.execute(_QUARTERS.encode(), {"every": every}):
            explained = parse(row.pop("explained"))
            listed = explained["metrics"] + explained["operands"]
            nodes = {node["operand"]: node for node in listed}
            assert len(nodes) == len(listed)
            yield row, nodes, parse(row.pop("stored") or "{}")


def is_near(value: Any, stored: Any, unit: str) -> bool:
    if isinstance(stored, bool) or value is None:
        return value is stored
    absolute = MONEY_ABSOLUTE if unit == "money" else RATIO_ABSOLUTE
    return bool(abs(value - stored) <= max(absolute, RELATIVE * abs(stored)))


class Auditor:
    """Somebody who believes no number that does not follow from the submissions."""

    def __init__(self, oracle: Oracle) -> None:
        self.oracle = oracle
        self.inputs = {
            (r["company_id"], r["reporting_year"], r["reporting_quarter"]): r for r in oracle.inputs
        }

    def check(self, key: Row, nodes: Nodes, stored: Row) -> Iterator[str]:
        """What is wrong with the explanations of one quarter in one currency."""
        ground = from_the_ground(nodes)
        for name, node in nodes.items():
            if (node["value"] is None) is (node["reason"] is None):
                yield f"{key} {name}: {node['value']} has the reason {node['reason']}"
            if node["value"] is not None:
                found = self.value_is_founded(key, node, nodes, ground)
                yield from (f"{key} {name}: {word}" for word in found)
        row = self.inputs[key["company_id"], key["reporting_year"], key["reporting_quarter"]]
        for metric, reason in Reasons(self.oracle, row, key["currency"]).all().items():
            given = nodes[metric]["reason"]
            if nodes[metric]["value"] != stored.get(metric):
                yield f"{key} {metric}: {nodes[metric]['value']} is not what is stored"
            if (given and given["code"]) != reason:
                yield f"{key} {metric}: {given} should be {reason}"

    def value_is_founded(self, key: Row, node: Row, nodes: Nodes, ground: Any) -> Iterator[str]:
        if node["expression"] is not None:
            # In one step from its operands, and all the way up from submissions and rates.
            one_step = evaluate(node["expression"], lambda name: nodes[name]["value"])
            for computed in (one_step, ground(node["operand"])):
                if not is_near(computed, node["value"], node["unit"]):
                    yield f"{node['expression']} is {computed}, not {node['value']}"
        period = node["reporting_year"], node["reporting_quarter"]
        row = self.inputs.get((key["company_id"], *period))
        assert row is not None
        if node["kind"] == "submitted":
            told = node["row"]["id"], node["row"]["row_version"], node["value"]
            name = re.sub(r"_p[1-7]$", "", node["operand"].removeprefix("submitted_"))
            if told != (str(row["id"]), row["row_version"], row[name]):
                yield f"{told} is not what was submitted"
        if node["kind"] == "rate":
            yield from rate_is_founded(node, self.oracle.rates, row["fiscal_reporting_date"])


def rate_is_founded(node: Row, rates: Rates, end: date) -> Iterator[str]:
    told = node["rate"]
    pair = told["from_currency"], told["to_currency"]
    fixings = [fixing for fixing in told["fixings"] if fixing["currency"] in pair]
    legs = {f["currency"]: f["rate"] for f in fixings}
    if told["kind"] == "same_currency":
        expected: Decimal | None = Decimal(1)
    elif told["kind"] == "closing":
        expected = rates.closing(*pair, end)
        computed = legs.get(pair[1], Decimal(1)) / legs.get(pair[0], Decimal(1))
        if not is_near(computed, node["value"], "rate"):
            yield f"{fixings} give {computed}, not {node['value']}"
    else:
        expected = rates.average(*pair, end)
        days = [quarter_start(end) + timedelta(days=n) for n in range(100)]
        fixed = [day for day in days if day <= end and rates.cross(*pair, day) is not None]
        if told["fixing_count"] != len(fixed):
            yield f"{told['fixing_count']} fixings should be {len(fixed)}"
        for currency in legs:
            of_leg = [f for f in fixings if f["currency"] == currency]
            span = min(f["first_on"] for f in of_leg), max(f["last_on"] for f in of_leg)
            counted = sum(f["fixing_count"] for f in of_leg)
            if (*span, counted) != (str(fixed[0]), str(fixed[-1]), len(fixed)):
                yield f"{of_leg} should be {len(fixed)} fixings {fixed[0]} to {fixed[-1]}"
    if not is_near(node["value"], expected, "rate"):
        yield f"{node['value']} should be {expected}"
