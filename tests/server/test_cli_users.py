"""user add, set, revoke, list: the same functions as over HTTP, from the keyboard."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import psycopg
import pytest

from db.embedded import EmbeddedServer
from db.ready import database
from db.settings import Settings
from server.database_logins import url
from tests.server.supervised import quarterbase


@pytest.fixture(scope="module")
def home(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Path]:
    """A home with the demo, whose server runs all the while."""
    home = tmp_path_factory.mktemp("cli") / "home"
    assert quarterbase("apply", home=home).returncode == 0
    with database(Settings(home=home, port=8000, external=False)):
        done = quarterbase("demo", "load", home=home)
        assert done.returncode == 0, done.stderr
        yield home
    EmbeddedServer(home, superuser_password="").remove()


def said(home: Path, *arguments: str, stdin: str = "") -> str:
    done = quarterbase("user", *arguments, home=home, stdin=stdin)
    return done.stdout if done.returncode == 0 else done.stderr


def companies(home: Path, login: str) -> str:
    query = "select string_agg(distinct fund, ',' order by fund) from bi.company"
    asked = quarterbase("psql", "--as", login, "-Atc", query, home=home)
    return asked.stdout.strip() or asked.stderr


def test_the_demo_has_a_user_of_each_kind_and_two_bi_logins(home: Path) -> None:
    rows = {line.split()[0]: line.split()[1:] for line in said(home, "list").splitlines()}
    assert rows["submitter@quarterbase.example"] == ["submitter", "active", "company", "alpenglow"]
    assert rows["scoped@quarterbase.example"] == ["viewer_scoped", "active", "Fund", "IV"]
    assert rows["investor@quarterbase.example"] == [
        "investor", "active", "investor", "LP-03",
    ]  # fmt: skip
    assert (rows["bi_demo"][0], rows["bi_all"][0]) == ("viewer_scoped", "viewer")
    assert companies(home, "bi_demo") == "Fund IV"
    assert companies(home, "bi_all") == "Fund III,Fund IV,Fund V"


def test_a_viewer_with_a_fund_becomes_the_scoped_twin(home: Path) -> None:
    added = said(home, "add", "v@example.com", "--role", "viewer", "--fund", "Fund V")
    assert added.startswith("v@example.com can log in as viewer_scoped: Fund V.\npassword: ")
    narrowed = ("set", "v@example.com", "--fund", "Fund IV", "--company", "crm")
    assert said(home, *narrowed) == "v@example.com is viewer_scoped: Fund IV, company crm.\n"
    kept = "v@example.com is editor_scoped: Fund IV, company crm.\n"
    assert said(home, "set", "v@example.com", "--role", "editor") == kept
    assert "say so with --all" in said(home, "set", "v@example.com", "--role", "auditor")
    whole = "v@example.com is editor: the whole firm.\n"
    assert said(home, "set", "v@example.com", "--all") == whole
    assert said(home, "set", "v@example.com", "--inactive") == "v@example.com is ended.\n"
    assert "no active user" in said(home, "token", "v@example.com")
    assert said(home, "set", "v@example.com", "--active") == whole
    changed = said(home, "set", "v@example.com", "--password", "-", stdin="another long one\n")
    assert changed == whole


def test_an_investor_is_named_by_its_code(home: Path) -> None:
    for code in ("LP-81", "LP-82"):
        sql = f"insert into fund.investor (investor_code, name) values ('{code}', '{code}')"
        assert quarterbase("psql", "--as", "postgres", "-c", sql, home=home).returncode == 0
    add = ("add", "lp@example.com", "--role", "investor", "--investor", "LP-81")
    added = said(home, *add)
    assert added.startswith("lp@example.com can log in as investor: investor LP-81.\npassword: ")
    both = ("set", "lp@example.com", "--investor", "LP-82", "--investor", "LP-81")
    assert said(home, *both) == "lp@example.com is investor: investor LP-81, investor LP-82.\n"
    assert "say so with --all" in said(home, "set", "lp@example.com", "--role", "viewer")
    whole = said(home, "set", "lp@example.com", "--role", "viewer", "--all")
    assert whole == "lp@example.com is viewer: the whole firm.\n"


def test_a_bi_login_is_made_and_ended_with_its_connections(home: Path) -> None:
    login = ("add", "bi_fund", "--database-login", "--role", "viewer", "--fund", "Fund V")
    words, dsn = said(home, *login).splitlines()
    assert words == "bi_fund reads the database as viewer_scoped: Fund V."
    with psycopg.connect(dsn, autocommit=True) as conn:
        assert conn.execute("select count(*) from bi.company").fetchone() == (4,)
        done = "bi_fund is ended: logins, tokens and open connections.\n"
        assert said(home, "revoke", "bi_fund") == done
        with pytest.raises(psycopg.OperationalError):
            conn.execute("select 1")
    with pytest.raises(psycopg.OperationalError):
        psycopg.connect(dsn)
    assert quarterbase("demo", "load", home=home).returncode == 0
    assert said(home, "set", "bi_fund", "--active") == "bi_fund is viewer_scoped: Fund V.\n"
    assert companies(home, "bi_fund") == "Fund V"
    widened = said(home, "set", "bi_fund", "--role", "auditor", "--all")
    assert widened == "bi_fund is auditor: the whole firm.\n"
    assert companies(home, "bi_fund") == "Fund III,Fund IV,Fund V"


def test_a_revoked_demo_login_stays_revoked(home: Path) -> None:
    said(home, "revoke", "bi_all")
    assert quarterbase("demo", "load", home=home).returncode == 0
    assert "bi_all is ended" in companies(home, "bi_all")
    said(home, "set", "bi_all", "--active")
    assert companies(home, "bi_all") == "Fund III,Fund IV,Fund V"


@pytest.mark.parametrize("command", [("dsn",), ("psql",), ("bi", "export", "--dbt", "never")])
def test_a_login_that_nobody_made_is_no_login(home: Path, command: tuple[str, ...]) -> None:
    before = (home / "secrets.json").read_text()
    asked = quarterbase(*command, "--as", "bi_typo", home=home)
    assert asked.stderr == (
        "quarterbase: There is no database login bi_typo: quarterbase user list shows them.\n"
    )
    assert (home / "secrets.json").read_text() == before


def test_a_password_that_was_changed_by_hand_is_set_anew(home: Path) -> None:
    changed = "alter role bi_demo password 'by hand'"
    assert quarterbase("psql", "--as", "postgres", "-c", changed, home=home).returncode == 0
    assert "user set bi_demo --password -" in companies(home, "bi_demo")
    said(home, "set", "bi_demo", "--password", "-", stdin="a long password\n")
    assert companies(home, "bi_demo") == "Fund IV"


def test_the_password_of_a_login_can_be_chosen(home: Path) -> None:
    add = ("add", "bi_chosen", "--database-login", "--role", "auditor", "--password", "-")
    dsn = said(home, *add, stdin="correct horse@battery\n").splitlines()[1]
    assert "correct%20horse%40battery" in dsn
    psycopg.connect(dsn).close()
    assert companies(home, "bi_chosen") == "Fund III,Fund IV,Fund V"


@pytest.mark.parametrize(
    ("arguments", "words"),
    [
        (("add", "bi_x", "--role", "viewer"), "is no e-mail address"),
        (("add", "bi_x", "--database-login", "--role", "editor"), "a reading role only"),
        (("add", "bi_x", "--database-login", "--role", "viewer_scoped"), "is narrowed"),
        (("add", "Bi X", "--database-login", "--role", "viewer"), "name is not usable"),
        (("add", "bi_all", "--database-login", "--role", "viewer"), "There already is"),
        (("add", "x@example.com", "--role", "submitter"), "is narrowed to something"),
        (
            ("add", "x@example.com", "--role", "viewer", "--fund", "Fund IX"),
            "The funds are Fund III",
        ),
        (("add", "x@example.com", "--role", "investor", "--investor", "LP-0"), "no investor"),
        (("add", "x@example.com", "--role", "viewer", "--investor", "LP-81"), "is not narrowed"),
        (
            ("add", "bi_x", "--database-login", "--role", "viewer", "--investor", "LP-81"),
            "--investor is for people",
        ),
        (("set", "nobody", "--active"), "no user and no database login nobody"),
        (("set", "bi_all"), "Say what to change"),
        (("add", "x@example.com", "--role", "admin", "--fund", "Fund V"), "is not narrowed"),
        (("set", "bi_all", "--role", "editor"), "a reading role only"),
        (("set", "bi_all", "--all", "--fund", "Fund V"), "--all is for"),
        (("revoke", "admin@quarterbase.example"), "last active administrator"),
    ],
)
def test_a_refusal_is_one_sentence(home: Path, arguments: tuple[str, ...], words: str) -> None:
    refused = said(home, *arguments)
    assert refused.startswith("quarterbase: ")
    assert words in refused
    assert refused.count("\n") == 1


def test_a_connection_string_leads_to_the_server_of_the_platform(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    given = "host=db.example port=6432 dbname=firm user=qb_deploy sslmode=require"
    monkeypatch.setenv("QUARTERBASE_DSN", given)
    made = url(Settings(home=tmp_path, port=8000, external=True), "bi_x", "a/b")
    assert made == "postgresql://bi_x:a%2Fb@db.example:6432/firm?sslmode=require"
