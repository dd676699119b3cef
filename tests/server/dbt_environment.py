"""dbt in a virtual environment of its own: its pins and ours do not go together.

It stands inside the environment that runs the tests, so that `make clean` forgets both. Made when
it is first asked for (20 s, from PyPI), again when the requirements change.
"""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from pathlib import Path

from db.settings import ROOT, locked

# dbt-core 1.12 does not install without GitHub: its parser is downloaded from there.
REQUIREMENTS = ("dbt-core==1.11.16", "dbt-postgres==1.9.1")


def dbt_program() -> Path:
    """The `dbt` command, installed if need be; raises what pip said when it cannot be."""
    isolated = sys.prefix != sys.base_prefix
    folder = (Path(sys.prefix) if isolated else ROOT / ".venv") / "dbt"
    folder.parent.mkdir(exist_ok=True)
    stamp, wanted = folder / "requirements.txt", "\n".join(REQUIREMENTS) + "\n"
    with locked(folder.with_name("dbt.lock")):
        if not stamp.exists() or stamp.read_text() != wanted:
            shutil.rmtree(folder, ignore_errors=True)
            _run(sys.executable, "-m", "venv", str(folder))
            _run(str(folder / "bin" / "python"), "-m", "pip", "install", "-q", *REQUIREMENTS)
            stamp.write_text(wanted)
    return folder / "bin" / "dbt"


def _run(*command: str) -> None:
    quiet = os.environ | {"PIP_DISABLE_PIP_VERSION_CHECK": "1", "PIP_ROOT_USER_ACTION": "ignore"}
    done = subprocess.run(command, env=quiet, capture_output=True, text=True)
    if done.returncode:
        raise RuntimeError(f"{' '.join(command)} failed:\n{done.stdout}{done.stderr}")
