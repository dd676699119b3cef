"""A thief who listens: what the server tells the narrowed login of Fund I beside its answers."""

from __future__ import annotations

import psycopg

from tests.conftest import Connection
from tests.security.firm import SCOPES

OWN = SCOPES["fund"]
HIDDEN = OWN.secret


class Ears:
    """A connection of the narrowed login of Fund I, and everything the server tells it."""

    def __init__(self, conn: Connection) -> None:
        self.conn, self.heard = conn, list[str]()
        conn.add_notice_handler(lambda note: self.heard.append(str(note.message_primary)))

    def ask(self, statement: str) -> str | None:
        """Runs it; the SQLSTATE of its error, if one."""
        try:
            cursor = self.conn.execute(statement.encode())
            if cursor.description:
                self.heard += [str(row) for row in cursor.fetchall()]
        except psycopg.Error as error:
            self.heard += [str(part) for part in (error, error.diag.message_detail) if part]
            return error.sqlstate
        return None

    def leaked(self) -> list[str]:
        return [text for text in self.heard if HIDDEN.search(text)]
