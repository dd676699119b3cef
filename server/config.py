"""What one API process needs to know, beside what `db.settings` reads for everyone."""

from __future__ import annotations

import os
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from db.settings import Settings, UserError


@dataclass(frozen=True)
class ApiConfig:
    """Settings of one API process; it is handed the API's own connection and no other.

    `prepare_threshold` is None behind a transaction-mode pooler that does not follow prepared
    statements (`QUARTERBASE_API_PREPARE=off`); nothing else in the API is session state.
    """

    dsn: str
    home: Path
    host: str = "127.0.0.1"
    port: int = 8000
    pool_size: int = 10
    prepare_threshold: int | None = 5

    @classmethod
    def from_environment(cls, environ: Mapping[str, str] = os.environ) -> ApiConfig:
        settings = Settings.load()
        prepare = environ.get("QUARTERBASE_API_PREPARE") or "on"
        if prepare not in ("on", "off"):
            raise UserError(f"QUARTERBASE_API_PREPARE must be on or off, not {prepare!r}.")
        pool_size = environ.get("QUARTERBASE_API_POOL") or "10"
        if not (pool_size.isdecimal() and 1 <= int(pool_size) <= 1000):
            raise UserError(
                f"QUARTERBASE_API_POOL must be a number from 1 to 1000, not {pool_size!r}."
            )
        return cls(
            dsn=settings.dsn("qb_api"),
            home=settings.home,
            host=environ.get("QUARTERBASE_HOST") or "127.0.0.1",
            port=settings.port,
            pool_size=int(pool_size),
            prepare_threshold=5 if prepare == "on" else None,
        )
