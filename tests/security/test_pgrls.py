"""pgrls, a linter of row security, finds no error beyond those accepted here, with reasons.

Its warnings are about the same decisions; ours that can be checked are lints of the house.
"""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

from db.settings import SUPERUSER
from tests.conftest import DEPLOYED, TestServer, clone

ROOMS = "company,fx,fund,ledger,security,ops,bi"
ACCEPTED = {
    "SEC002": "Row security is enabled and not forced: materialized aggregates and the definer"
    " functions that policies ask read as the owner, which cannot log in (ARCHITECTURE.md; lint"
    " row_security_is_not_forced, object_belongs_to_owner).",
    "SEC038": "`using (true)` is for group roles that see every row by right, and for reference"
    " data. It asks who is anonymous: nobody is, policies name their roles (lint"
    " policy_names_its_roles), public has no rights (lint public_has_no_rights), and see"
    " test_every_row_is_open_to_narrowed_roles_in_shared_tables_only.",
}
# Right at this object only: another one that breaks the rule is an error.
ACCEPTED_AT = {
    ("VIEW001", "fund.portfolio_quarter"): "Runs as its owner: the facade of kept totals that are"
    " granted to nobody. It is a security_barrier view that asks security.visible_funds() for the"
    " reader (ARCHITECTURE.md; lint view_is_security_invoker), and test_aggregates.py and"
    " test_random_queries.py compare what narrowed logins see of it.",
}
# Tables whose every row a narrowed user, submitter or investor may read: no company is in them.
SHARED = {
    "company.country", "company.customer_type", "company.metric_definition",
    "company.metric_operand", "company.null_reason", "company.revenue_type", "fx.currency",
    "fx.rate", "fx.source", "fx.source_state", "ledger.entry_kind", "ledger.template_account",
    "ops.setting",
}  # fmt: skip


def findings(dsn: str) -> list[dict[str, Any]]:
    """What pgrls calls an error."""
    program = Path(sys.executable).with_name("pgrls")
    command = [str(program), "lint", "--database-url", dsn, "--schemas", ROOMS, "--format", "json"]
    done = subprocess.run(command, capture_output=True, text=True, check=False, cwd=program.parent)
    assert done.stdout, done.stderr
    found: list[dict[str, Any]] = json.loads(done.stdout)["violations"]
    return [finding for finding in found if finding["severity"] == "error"]


def accepted(finding: dict[str, Any]) -> bool:
    rule, location = finding["rule_id"], finding["location"]
    return rule in ACCEPTED or (rule, location) in ACCEPTED_AT


def test_pgrls_finds_nothing_beyond_what_is_accepted(server: TestServer) -> None:
    with clone(server, DEPLOYED) as database:
        found = findings(database.dsn(SUPERUSER))
        assert [(f["rule_id"], f["location"]) for f in found if not accepted(f)] == []
        # No stale exception.
        assert {f["rule_id"] for f in found if f["rule_id"] in ACCEPTED} == set(ACCEPTED)
        assert {(f["rule_id"], f["location"]) for f in found} >= set(ACCEPTED_AT)
        with database.connect(SUPERUSER, autocommit=True) as conn:
            conn.execute(
                "create table fund.planted (x int); grant select on fund.planted to public;"
                " create view fund.planted_view as select c.company_id from company.company as c;"
                " grant select on fund.planted_view to qb_viewer_scoped"
            )
        beyond = {
            f["location"]: f["rule_id"]
            for f in findings(database.dsn(SUPERUSER))
            if not accepted(f)
        }
        assert beyond.keys() == {"fund.planted", "fund.planted_view"}  # it can fail
        assert beyond["fund.planted_view"] == "VIEW001"


@pytest.mark.parametrize(
    "role", ["qb_viewer_scoped", "qb_editor_scoped", "qb_submitter", "qb_investor"]
)
def test_every_row_is_open_to_narrowed_roles_in_shared_tables_only(
    server: TestServer, role: str
) -> None:
    with clone(server, DEPLOYED) as database, database.connect() as conn:
        found = conn.execute(
            "select polrelid::regclass::text from pg_policy where polcmd in ('r', '*')"
            " and %s::regrole = any(polroles) and pg_get_expr(polqual, polrelid) = 'true'",
            [role],
        )
        assert {table for (table,) in found} <= SHARED
