"""Where a platform lives and how to connect to it: the home directory, the ports, the logins."""

from __future__ import annotations

import fcntl
import json
import os
import secrets
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import quote

ROOT = Path(__file__).resolve().parent.parent

DATABASE = "quarterbase"
SUPERUSER = "postgres"
HOST = "127.0.0.1"

# The platform's own logins, and the variable that names each one's connection elsewhere.
LOGIN_VARIABLES = {
    "qb_deploy": "QUARTERBASE_DSN",
    "qb_api": "QUARTERBASE_API_DSN",
    "qb_jobs": "QUARTERBASE_JOBS_DSN",
}


class UserError(Exception):
    """One clear sentence for the person at the keyboard; the command line prints it and exits 1."""


@dataclass(frozen=True)
class Settings:
    """Read once at start-up; nothing else in the application looks at these variables."""

    home: Path
    port: int
    external: bool

    @classmethod
    def load(cls, home: Path | None = None, port: int | None = None) -> Settings:
        """Arguments win over the environment, the environment over the defaults."""
        chosen_home = home or Path(os.environ.get("QUARTERBASE_HOME") or ".quarterbase")
        chosen_port: int | str = os.environ.get("QUARTERBASE_PORT") or 8000
        chosen_port = chosen_port if port is None else port
        try:
            number = int(chosen_port)
        except ValueError:
            number = 0
        if not 1 <= number <= 65535:
            raise UserError(f"The port must be a number from 1 to 65535, not {chosen_port!r}.")
        return cls(
            home=Path(os.path.abspath(chosen_home.expanduser())),
            port=number,
            external=bool(os.environ.get("QUARTERBASE_DSN")),
        )

    def dsn(self, login: str = "qb_deploy") -> str:
        """The connection string of one login, its password included.

        On the embedded server any login has one: its password is made when first asked for.
        """
        variable = LOGIN_VARIABLES.get(login)
        # A process that was handed one login's connection (the API, the clock) has no other.
        if variable and (given := os.environ.get(variable)):
            return given
        if self.external:
            if variable:
                raise UserError(f"QUARTERBASE_DSN is set, so {variable} must be set too.")
            raise UserError(
                f"There is no connection string for {login} here: with QUARTERBASE_DSN set, "
                f"only {', '.join(LOGIN_VARIABLES)} have one."
            )
        port = self.database_port  # before a password is made in a home that may not be one
        password = quote(self.secret(login), safe="")
        return f"postgresql://{login}:{password}@{HOST}:{port}/{DATABASE}"

    @property
    def database_port(self) -> int:
        """The port of the embedded server, remembered in the home."""
        try:
            return int((self.home / "port").read_text())
        except (OSError, ValueError):
            raise UserError(
                f"No database has been started in {self.home} yet: run `quarterbase up` first, "
                "or name another home with --home."
            ) from None

    def secret(self, name: str) -> str:
        """The random secret kept under this name in the home; made when it is first asked for."""
        known = read_secrets(self.home)
        return known[name] if name in known else self.keep_secret(name)

    def keep_secret(self, name: str, value: str | None = None) -> str:
        """Keeps a value under this name; without one, what is there already or a random one."""
        prepare_home(self.home)
        with locked(self.home / "secrets.lock"):
            known = read_secrets(self.home)
            if value or name not in known:
                known[name] = value or secrets.token_urlsafe(18)
                write_private(self.home / "secrets.json", json.dumps(known, indent=2) + "\n")
        return known[name]


def read_secrets(home: Path) -> dict[str, str]:
    """Every secret of a home; an empty dictionary before the first one."""
    path = home / "secrets.json"
    try:
        return dict(json.loads(path.read_text()))
    except FileNotFoundError:
        return {}
    except (OSError, ValueError) as error:
        raise UserError(f"{path} cannot be read: {reason(error)}.") from None


def write_private(path: Path, text: str) -> None:
    """Replaces a file in one step, so that a kill leaves the old one or the new one; mode 0600."""
    draft = path.with_name(f".{path.name}.{os.getpid()}")
    descriptor = os.open(draft, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600)
    with os.fdopen(descriptor, "w") as file:
        file.write(text)
        file.flush()
        os.fsync(file.fileno())
    draft.replace(path)


def prepare_home(home: Path) -> None:
    """Makes the home if need be, for its owner only, and proves that it can be written."""
    try:
        if not home.is_dir():
            home.mkdir(parents=True)
            # As root the database runs as another user, who has to pass through to its own folder;
            # listing stays forbidden, and every file in here is 0600.
            home.chmod(0o711 if os.geteuid() == 0 else 0o700)
        probe = home / f".probe.{os.getpid()}"
        probe.touch()
        probe.unlink()
    except OSError as error:
        raise UserError(
            f"The home directory {home} cannot be written: {reason(error)}."
            " Choose another with --home or QUARTERBASE_HOME."
        ) from None


@contextmanager
def locked(path: Path) -> Iterator[None]:
    """Holds a lock file exclusively; the system frees it when the process ends, however it ends."""
    descriptor = os.open(path, os.O_RDWR | os.O_CREAT | os.O_CLOEXEC, 0o600)
    try:
        fcntl.flock(descriptor, fcntl.LOCK_EX)
        yield
    finally:
        os.close(descriptor)


def reason(error: Exception) -> str:
    """The words of an error without its number and path: "Permission denied"."""
    return (getattr(error, "strerror", None) or str(error)).rstrip(".")
