"""What one API process needs to know, beside what `db.settings` reads for everyone."""

from __future__ import annotations

import os
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from db.settings import Settings, UserError
from server.provider_keys import is_trustworthy


@dataclass(frozen=True)
class ApiConfig:
    """Settings of one API process; it is handed the API's own connection and no other.

    `prepare_threshold` is None behind a transaction-mode pooler that does not follow prepared
    statements (`QUARTERBASE_API_PREPARE=off`); nothing else in the API is session state.
    Tokens of `oidc_issuer` for `oidc_audience` are accepted beside our own; both are set or none.
    """

    dsn: str
    home: Path
    host: str = "127.0.0.1"
    port: int = 8000
    pool_size: int = 10
    prepare_threshold: int | None = 5
    oidc_issuer: str | None = None
    oidc_audience: str | None = None

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
        issuer = environ.get("QUARTERBASE_OIDC_ISSUER") or None
        audience = environ.get("QUARTERBASE_OIDC_AUDIENCE") or None
        if (issuer is None) != (audience is None):
            raise UserError(
                "QUARTERBASE_OIDC_ISSUER and QUARTERBASE_OIDC_AUDIENCE belong together:"
                " set both or none."
            )
        if issuer is not None and ("?" in issuer or not is_trustworthy(issuer)):
            raise UserError(
                "QUARTERBASE_OIDC_ISSUER must be the https address of an identity provider,"
                f" as its tokens say it in iss, not {issuer!r}."
            )
        return cls(
            dsn=settings.dsn("qb_api"),
            home=settings.home,
            host=environ.get("QUARTERBASE_HOST") or "127.0.0.1",
            port=settings.port,
            pool_size=int(pool_size),
            prepare_threshold=5 if prepare == "on" else None,
            oidc_issuer=issuer,
            oidc_audience=audience,
        )
