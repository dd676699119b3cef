"""What estimates, statistics and catalogs tell a narrowed login: how many rows a table has, and no
more (`test_counts_of_whole_tables_are_known`)."""

from __future__ import annotations

import re

from tests.security.ears import HIDDEN, Ears
from tests.security.firm import COMPANIES, Firm


def test_statistics_of_columns_are_hidden(firm: Firm, ears: Ears) -> None:
    known = firm.one("select count(*) from pg_stats where schemaname in ('company', 'fund')")
    assert known[0] > 0  # there are some to hide
    query = "select * from {} where schemaname in ('company', 'fund', 'security', 'ops')"
    for view in ("pg_stats", "pg_stats_ext", "pg_stats_ext_exprs"):
        cursor = ears.conn.execute(query.format(view).encode())
        rows = [row for row in cursor if row[1] not in ("country", "metric_definition")]
        assert rows == [], view
    for table in ("pg_statistic", "pg_statistic_ext_data", "pg_authid", "pg_shadow",
                  "pg_user_mapping", "pg_subscription", "pg_largeobject", "pg_hba_file_rules",
                  "pg_file_settings", "pg_shmem_allocations",
                  "pg_backend_memory_contexts"):  # fmt: skip
        assert ears.ask(f"select * from {table}") == "42501", table
    assert ears.leaked() == []


def test_counts_of_whole_tables_are_known(ears: Ears) -> None:
    """Accepted, and here so that nobody is surprised: how many rows a table has, about. The planner
    and the size of a file tell it; no row, no value and no company comes with it."""
    [(about,)] = ears.conn.execute(
        "select reltuples from pg_class where oid = 'company.company'::regclass"
    ).fetchall()
    assert about == len(COMPANIES)
    for statement in (
        "explain select * from company.company where company_id = 'c-02'",
        "explain (analyze, verbose, buffers) select * from company.company where name like 'N%'",
        "explain (analyze, verbose) select * from bi.quarterly_metrics where arr > 1",
        "select pg_relation_size('company.company'), pg_total_relation_size('company.company')",
        "select * from pg_stat_user_tables", "select * from pg_statio_user_tables",
        "select * from pg_stat_user_indexes", "select * from pg_class", "select * from pg_stat_io",
    ):  # fmt: skip
        assert ears.ask(statement) is None or "c-02" in statement
    assert [text for text in ears.leaked() if "c-02" not in text] == []


def test_estimates_do_not_tell_a_hidden_value_from_one_that_nobody_has(ears: Ears) -> None:
    """The most a planner gives away is a number of rows; for keys it is the same for both."""

    def estimate(where: str) -> str:
        plan = ears.conn.execute(f"explain select * from company.company where {where}".encode())
        return re.sub(r"c-\d\d|x-99", "?", str(plan.fetchall()))

    assert estimate("company_id = 'c-02'") == estimate("company_id = 'x-99'")
    assert estimate("name = 'Name of c-02'") == estimate("name = 'Name of x-99'")


def test_catalogs_hold_no_secret(firm: Firm, ears: Ears) -> None:
    """Bodies, policies, comments and views can be read by everybody, so nothing stands in them."""
    secret = re.compile(
        firm.database.server.password
        + r"|password\s*(=>?|:)\s*'\w|secret\s*(=>?|:)\s*'\w|api_key\s*="
        r"|BEGIN [A-Z ]*PRIVATE KEY|eyJ[A-Za-z0-9_-]{10}|postgres(ql)?://\w+:\w+@"
    )
    for query in (
        "select prosrc from pg_proc where pronamespace >= 16384",
        "select definition from pg_views where schemaname !~ '^(pg_|information)'",
        "select coalesce(qual, '') || coalesce(with_check, '') from pg_policies",
        "select description from pg_description where objoid >= 16384",
        "select pg_get_constraintdef(oid) from pg_constraint where oid >= 16384",
        "select pg_get_triggerdef(oid) from pg_trigger where oid >= 16384",
        "select array_to_string(setconfig, ' ') from pg_db_role_setting",
        "select setting from pg_settings", "select pg_get_expr(adbin, adrelid) from pg_attrdef",
    ):  # fmt: skip
        texts = [str(row[0]) for row in ears.conn.execute(query.encode())]
        assert texts
        assert not [text for text in texts if secret.search(text) or HIDDEN.search(text)], query


def test_what_others_are_doing_is_masked(firm: Firm, ears: Ears) -> None:
    with firm.database.connect() as busy:
        busy.execute("select 'c-02'")
        [(query, address)] = ears.conn.execute(
            "select query, client_addr from pg_stat_activity where pid = %s",
            [busy.info.backend_pid],
        ).fetchall()
        assert (query, address) == ("<insufficient privilege>", None)
        for name in ("pg_cancel_backend", "pg_terminate_backend", "pg_log_backend_memory_contexts"):
            assert ears.ask(f"select {name}({busy.info.backend_pid})") == "42501"
    for view in ("pg_prepared_xacts", "pg_cursors", "pg_prepared_statements", "pg_locks",
                 "pg_replication_slots", "pg_stat_progress_copy", "pg_stat_replication",
                 "pg_stat_ssl", "pg_stat_gssapi", "pg_stat_statements", "pg_config"):  # fmt: skip
        ears.ask(f"select * from {view}")
    assert ears.leaked() == []


def test_sequences_do_not_count_for_it(ears: Ears) -> None:
    sequences = [
        row[0]
        for row in ears.conn.execute("select oid::regclass::text from pg_class where relkind = 'S'")
    ]
    assert sequences
    for sequence in sequences:
        for call in (
            f"nextval('{sequence}')",
            f"currval('{sequence}')",
            f"setval('{sequence}', 1)",
        ):
            assert ears.ask(f"select {call}") == "42501"
        assert ears.ask(f"select * from {sequence}") == "42501"
    assert (
        ears.conn.execute("select * from pg_sequences where last_value is not null").rowcount == 0
    )
    assert ears.ask("select lastval()") == "55000"
