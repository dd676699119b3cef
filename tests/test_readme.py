"""The README's worked sessions: their commands are run as they stand, and print what it says."""

from __future__ import annotations

import os
import re
import shutil
import subprocess
import sys
from pathlib import Path

from db.settings import ROOT
from tests.server.supervised import CLEAN_ENVIRONMENT, Up

FOLDERS = ("db", "procedures", "views", "server", "jobs", "tests")
BLOCK = re.compile(r"^```(sh|text)\n(.*?)^```$", re.MULTILINE | re.DOTALL)


def test_the_worked_sessions_print_what_they_say(tmp_path: Path) -> None:
    """One shell runs all the blocks, as a reader's terminal does; each output is compared."""
    # A checkout of the reader's own: the DBA changes a file in it.
    for folder in FOLDERS:
        ignored = shutil.ignore_patterns("__pycache__")
        shutil.copytree(ROOT / folder, tmp_path / folder, ignore=ignored)
    programs = tmp_path / ".venv" / "bin"
    programs.mkdir(parents=True)
    for name, arguments in (("quarterbase", "-m server.cli "), ("python3", "")):
        program = programs / name
        program.write_text(f'#!/bin/sh\nexec {sys.executable} {arguments}"$@"\n')
        program.chmod(0o755)

    blocks = BLOCK.findall((ROOT / "README.md").read_text(encoding="utf-8"))
    assert [kind for kind, _ in blocks] == ["sh", "text"] * (len(blocks) // 2) != []
    up = Up(tmp_path / "home")
    try:
        up.wait_ready()
        end = "--- end of a block ---\n"
        script = "".join(f"{text}printf '%s' '{end}'\n" for kind, text in blocks if kind == "sh")
        script = script.replace("127.0.0.1:8000", f"127.0.0.1:{up.port}")
        done = subprocess.run(
            ["bash", "-euo", "pipefail", "-c", script],
            cwd=tmp_path,
            env=CLEAN_ENVIRONMENT
            | {
                "QUARTERBASE_HOME": str(up.home),
                "PATH": f"{programs}{os.pathsep}{os.environ['PATH']}",
                "PYTHONPATH": str(tmp_path),
                "PAGER": "cat",
            },
            capture_output=True,
            text=True,
            timeout=120,
        )
    finally:
        up.press_ctrl_c()
        up.wait()
    assert (done.returncode, done.stderr) == (0, "")
    expected = [text for kind, text in blocks if kind == "text"]
    # Exactly, spaces and all: what a reader sees is what the README shows.
    assert done.stdout.split(end)[:-1] == expected
