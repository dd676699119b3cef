"""What a narrowed BI login asks is answered from its own rows: compared with an oracle."""

from __future__ import annotations

import decimal
import os
import random
from contextlib import ExitStack

import pytest

from tests.security.firm import COMPANIES, FUNDS, SCOPES, Firm, Scope
from tests.security.oracle_rows import BY_COMPANY, BY_FUND, Books
from tests.security.query_words import order
from tests.security.random_queries import Dice

RESCOPED_EVERY = 50
MOVED_EVERY = 500


def some_scope(dice: random.Random) -> Scope:
    funds = dice.sample(FUNDS, dice.choice([0, 0, 1, 1, 2]))
    companies = dice.sample(list(COMPANIES), dice.choice([0, 1, 3]))
    return Scope.of(*funds, *companies)


def disagreement(firm: Firm, queries: int, *, rescoping: bool = True) -> str | None:
    """Asks so many random questions through the logins of all scopes, over their connections.

    The first answer that is not the oracle's, with what reproduces it. Meanwhile logins are given
    other scopes, and companies go to other funds.
    """
    seed = int(os.environ.get("QUARTERBASE_SEED") or random.SystemRandom().randrange(2**32))
    print(f"QUARTERBASE_SEED={seed}")
    dice = random.Random(seed)
    books, scopes, filled = Books(firm.owner), dict(SCOPES), 0
    with ExitStack() as stack:
        connections = {
            name: stack.enter_context(firm.connect(name, prepare_threshold=None)) for name in scopes
        }
        stack.enter_context(decimal.localcontext(prec=100))  # sums are exact
        for number in range(queries):
            if rescoping and number % RESCOPED_EVERY == RESCOPED_EVERY - 1:
                name = dice.choice(list(scopes))
                scopes[name] = some_scope(dice)
                firm.rescope(name, scopes[name])
            if rescoping and number % MOVED_EVERY == MOVED_EVERY // 2:
                books.move(dice.choice(list(COMPANIES)), dice.choice((*FUNDS, None)))
            name = dice.choice(list(scopes))
            query = Dice(books, scopes[name], dice).query()
            rows = connections[name].execute(query.sql.encode(), query.values).fetchall()
            filled += bool(rows)
            if sorted(rows, key=order) != sorted(query.answer, key=order):
                return (
                    f"seed {seed}, query {number}, {name} {scopes[name]}:\n{query.sql}\n"
                    f"{query.values}\nanswered {rows[:5]}\nexpected {query.answer[:5]}"
                )
    assert filled > queries / 3  # not a comparison of nothing with nothing
    return None


@pytest.mark.parametrize("name", SCOPES)
def test_every_relation_shows_a_narrowed_login_its_rows_and_no_others(
    firm: Firm, name: str
) -> None:
    books = Books(firm.owner)
    with firm.connect(name) as conn:
        for relation in (*BY_COMPANY, *BY_FUND):
            columns = books.relations[relation].columns()
            query = f"select {', '.join(columns)} from {relation}"
            found = conn.execute(query.replace("fund_id", "fund_id::text").encode()).fetchall()
            expected = [
                tuple(row[column] for column in columns)
                for row in books.rows(relation, SCOPES[name])
            ]
            assert sorted(found, key=order) == sorted(expected, key=order), relation


@pytest.mark.parametrize("relation", ["company.valuation_round", "fund.fund", "company.company"])
def test_a_policy_too_many_is_found_by_random_queries(firm: Firm, relation: str) -> None:
    """The oracle can fail: with one relation open to everybody, it does."""
    firm.owner.execute(
        f"create policy too_many on {relation} for select to qb_viewer_scoped using (true)".encode()
    )
    try:
        assert disagreement(firm, 1_000, rescoping=False) is not None
    finally:
        firm.owner.execute(f"drop policy too_many on {relation}".encode())


@pytest.mark.parametrize("queries", [2_500, pytest.param(50_000, marks=pytest.mark.long)])
def test_random_queries_are_answered_from_visible_rows(firm: Firm, queries: int) -> None:
    """The last of the file: it leaves other scopes and funds behind."""
    found = disagreement(firm, queries)
    if found:
        pytest.fail(found)
