"""What `quarterbase up` says when it is ready: the things one can do now."""

from __future__ import annotations

import os
import shutil
import sys
from pathlib import Path

from db.settings import Settings
from server.demo import (
    BI_LOGIN,
    BI_NARROWED,
    ONE_COMPANY,
    ONE_FUND,
    ONE_INVESTOR,
    USERS,
    demo_password,
)

EXAMPLE = "/v1/metrics/?company_id=snow&currency=USD&limit=1"


def welcome(settings: Settings, url: str, *, demo: bool, seconds: float) -> str:
    """The closing block; every line of it works as printed."""
    command = own_command(settings)
    narrow = {
        "submitter": f" ({ONE_COMPANY})",
        "scoped": f" ({ONE_FUND})",
        "investor": f" ({ONE_INVESTOR})",
    }
    everybody = [email + narrow.get(name, "") for name, email in USERS.items()]
    lines = [
        "",
        f"Quarterbase is ready after {seconds:.1f} s. You can now",
        "",
        f"  look around   {url}/docs",
    ]
    if demo:
        lines += [
            f"  log in        {' · '.join(everybody[:4])}",
            f"                {' · '.join(everybody[4:])}",
            f"                password {demo_password(settings)}",
            f'  ask the API   curl -s -H "Authorization: Bearer $({command} user token'
            f" {USERS['viewer']})\" '{url}{EXAMPLE}'",
        ]
    else:
        lines += [
            f"  add yourself  {command} user add you@example.com --role admin",
            f"  ask the API   curl -s {url}/health/ready",
        ]
    if not settings.external:
        lines.append(f"  plug in BI    {settings.dsn(BI_LOGIN)}   (schema bi)")
        if demo:
            lines.append(f"                {command} dsn --as {BI_NARROWED}   ({ONE_FUND} only)")
    stays = "The database runs on." if settings.external else f"The data stays in {settings.home}."
    return "\n".join([*lines, "", f"Ctrl-C stops everything. {stays}", ""])


def own_command(settings: Settings) -> str:
    """How this very command is called from the current directory."""
    program = Path(sys.argv[0]).resolve()
    if program.name != "quarterbase":
        name = f"{sys.executable} -m server.cli"
    elif (found := shutil.which("quarterbase")) and Path(found).resolve() == program:
        name = "quarterbase"
    elif program.is_relative_to(Path.cwd()):
        name = str(program.relative_to(Path.cwd()))
    else:
        name = str(program)
    usual = Path(os.environ.get("QUARTERBASE_HOME") or ".quarterbase").absolute()
    return name if settings.home == usual else f"{name} --home {settings.home}"
