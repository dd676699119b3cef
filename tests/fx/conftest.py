"""The shared databases, for the tests of this folder."""

from tests.company.worlds import books, history, history_books, request_as, shared

__all__ = ["books", "history", "history_books", "request_as", "shared"]
