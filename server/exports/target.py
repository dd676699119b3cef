"""Where an export says the published views are. A password is never part of it."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True)
class Target:
    """A database and the login that a tool is to use there."""

    host: str
    port: int
    database: str
    login: str
