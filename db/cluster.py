"""Makes the data directory of an embedded server, whole or not at all."""

from __future__ import annotations

import hashlib
import os
import secrets
import shutil
import subprocess
from pathlib import Path

from db.binaries import SHARED_PLACE, Account, Binaries, can_enter
from db.settings import SUPERUSER, UserError, reason

# The same order and the same lower() on Linux and on macOS: none of it comes from the C library.
LOCALE = ("--locale-provider=builtin", "--builtin-locale=C.UTF-8", "--locale=C", "--encoding=UTF8")


def data_directory(home: Path) -> Path:
    """`home/data`, or where that link leads."""
    link = home / "data"
    return link.readlink() if link.is_symlink() else link


def ensure_cluster(
    home: Path, binaries: Binaries, account: Account | None, password: str, *, durable: bool
) -> Path:
    """Returns the data directory, made if it is missing.

    initdb works in a draft that is renamed when it is done, so that a kill in the middle leaves
    nothing that looks like a database.
    """
    try:
        data = _place(home, account)
        # An initdb whose starter was killed may still be writing: what it leaves goes next time.
        for leftover in data.parent.glob(".data-draft-*"):
            shutil.rmtree(leftover, ignore_errors=True)
        if (data / "PG_VERSION").exists():
            _check_owner_and_version(data, binaries, account)
            return data
        if data.exists() and any(data.iterdir()):
            raise UserError(f"{data} is neither empty nor a PostgreSQL data directory.")
        draft = _draft(data.parent, account)
        try:
            _initdb(draft, binaries, account, password, durable=durable)
            (draft / "data").rename(data)
        finally:
            shutil.rmtree(draft, ignore_errors=True)
        return data
    except OSError as error:
        raise UserError(f"The data directory of {home} cannot be made: {reason(error)}.") from None


def remove_cluster(home: Path) -> None:
    """Deletes the data directory of a stopped server, wherever it is."""
    data = data_directory(home)
    shutil.rmtree(data.parent if (home / "data").is_symlink() else data, ignore_errors=True)
    (home / "data").unlink(missing_ok=True)


def _place(home: Path, account: Account | None) -> Path:
    """Where the data goes: in the home, or behind a link when the account cannot reach the home."""
    data = data_directory(home)
    if (home / "data").is_symlink():
        data.parent.mkdir(parents=True, exist_ok=True)
    elif account and not data.exists() and not can_enter(home, account):
        # A new name each time: a home that was deleted and made again has other passwords.
        digest = hashlib.sha256(str(home).encode()).hexdigest()[:12]
        place = SHARED_PLACE / f"{digest}-{secrets.token_hex(4)}"
        place.mkdir(parents=True, mode=0o711)
        SHARED_PLACE.chmod(0o755)
        data = place / "data"
        (home / "data").symlink_to(data)
    elif account and data.exists() and not can_enter(home, account):
        raise UserError(
            f"The server's user {account.name} cannot reach {data}: run Quarterbase as the owner"
            " of that directory."
        )
    return data


def _check_owner_and_version(data: Path, binaries: Binaries, account: Account | None) -> None:
    major = (data / "PG_VERSION").read_text().strip()
    if major != str(binaries.major):
        raise UserError(
            f"{data} was made by PostgreSQL {major}, but PostgreSQL {binaries.major} is installed:"
            " move the data with pg_upgrade, or install the older one."
        )
    if account is None and data.stat().st_uid != os.geteuid():
        raise UserError(f"{data} belongs to another user: run Quarterbase as that user.")


def _draft(parent: Path, account: Account | None) -> Path:
    draft = parent / f".data-draft-{secrets.token_hex(4)}"
    draft.mkdir(mode=0o700)
    if account:
        os.chown(draft, account.uid, account.gid)
    return draft


def _initdb(
    draft: Path, binaries: Binaries, account: Account | None, password: str, *, durable: bool
) -> None:
    password_file = draft / "password"
    password_file.touch(mode=0o600)
    password_file.write_text(password + "\n")
    if account:
        os.chown(password_file, account.uid, account.gid)
    done = subprocess.run(
        [
            binaries.program("initdb"),
            f"--pgdata={draft / 'data'}",
            f"--username={SUPERUSER}",
            f"--pwfile={password_file}",
            "--auth=scram-sha-256",
            "--data-checksums",
            "--no-instructions",
            *LOCALE,
            *(() if durable else ("--no-sync",)),
        ],
        cwd="/",
        env={"PATH": os.defpath, "LC_ALL": "C", "TZ": "UTC", **binaries.environment},
        stdin=subprocess.DEVNULL,
        capture_output=True,
        text=True,
        **(account.popen_options if account else {}),
    )
    if done.returncode != 0:
        words = (done.stderr.strip() or done.stdout.strip()).splitlines()
        raise UserError(f"initdb failed: {words[-1] if words else 'it was ended from outside'}.")
