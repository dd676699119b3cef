"""Database logins of a deployed platform: put right by each deployment, reported if that fails."""

from __future__ import annotations

from psycopg.errors import Diagnostic

from db.session import Connection, Echo

_IS_DEPLOYED = """
    select
        to_regprocedure('security.reading_roles()') is not null
        and to_regclass('security.database_login') is not null
"""
# Who should be let in and is not, or the other way round: after a restore, after bootstrap.sql.
_OUT_OF_LINE = """
    select exists (
        select
        from security.database_login as l
        inner join security.app_user as u on l.user_id = u.user_id
        left join pg_catalog.pg_roles as r on l.login = r.rolname
        where
            (
                u.is_active
                and u.group_role = any(security.reading_roles())
            ) is distinct from (
                r.oid is not null
                and r.rolcanlogin
                and (
                    pg_catalog.has_database_privilege(r.oid, current_database(), 'connect')
                    or (not u.is_active and not security.is_admitted_elsewhere(l.login))
                )
            )
    )
"""


def align(conn: Connection, echo: Echo, *, only_if_needed: bool = False) -> None:
    """Makes every login what its user is; says which one it had to leave outside, and why.

    Roles belong to the server and the right to connect to the database's name: neither is part of
    what a deployment compares.
    """
    if not _holds(conn, _IS_DEPLOYED) or (only_if_needed and not _holds(conn, _OUT_OF_LINE)):
        return

    def tell(said: Diagnostic) -> None:
        if said.severity_nonlocalized == "WARNING":
            words = (said.message_primary, said.message_hint)
            echo("  logins   " + " ".join(word.rstrip(".") + "." for word in words if word))

    conn.add_notice_handler(tell)
    try:
        conn.execute("select security.align_database_logins()")
    finally:
        conn.remove_notice_handler(tell)


def _holds(conn: Connection, question: str) -> bool:
    row = conn.execute(question.encode()).fetchone()
    return bool(row and row[0])
