"""Puts the files of an export where they were asked for."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from zipfile import ZIP_DEFLATED, ZipFile

import yaml

from db.settings import UserError


def as_yaml(content: object, header: str = "") -> str:
    """YAML in the order given, after a comment."""
    text: str = yaml.safe_dump(content, sort_keys=False, allow_unicode=True, width=100)
    return header + text


def write_files(folder: Path, files: Mapping[str, str], *, keep: frozenset[str]) -> list[str]:
    """Writes files under their relative names; one named in `keep` is never written over.

    Returns a line for people about each.
    """
    if folder.exists() and not folder.is_dir():
        raise UserError(f"{folder} is a file: name a directory.")
    report = []
    for name, text in files.items():
        path = folder / name
        if name in keep and path.exists():
            report.append(f"kept {path}: it is there and may be yours")
            continue
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, encoding="utf-8")
        report.append(f"wrote {path}")
    return report


def write_zip(path: Path, files: Mapping[str, str]) -> list[str]:
    """Writes one archive with everything under one folder, as its readers expect."""
    if not path.parent.is_dir():
        raise UserError(f"{path.parent} is no directory.")
    with ZipFile(path, "w", ZIP_DEFLATED) as archive:
        for name, text in files.items():
            archive.writestr(f"{path.stem}/{name}", text)
    return [f"wrote {path}"]
