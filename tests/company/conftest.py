"""The shared databases and sessions, for the tests of this folder."""

from tests.company.sessions import first, second, waits, watcher
from tests.company.worlds import books, history, history_books, request_as, shared

__all__ = [
    "books",
    "first",
    "history",
    "history_books",
    "request_as",
    "second",
    "shared",
    "waits",
    "watcher",
]
