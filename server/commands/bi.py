"""bi export: what dbt and Superset need to know about the published views."""

from __future__ import annotations

import argparse
from pathlib import Path
from typing import Any

from db.calls import Connection, read_all, transaction
from db.ready import database
from db.settings import Settings, UserError
from server.commands.connect import check_login
from server.exports.target import Target


def register(commands: Any, common: argparse.ArgumentParser) -> None:
    parser = commands.add_parser("bi", help="files for BI tools")
    actions = parser.add_subparsers(title="actions", metavar="ACTION", required=True)
    export = actions.add_parser(
        "export",
        help="write the published views, with their descriptions, as files for dbt or Superset",
        description="Writes the published views, with their descriptions, as files for dbt or"
        " Superset, from the catalog alone. views/README.md says how to go on.",
        parents=[common],
    )
    export.add_argument(
        "--dbt",
        type=Path,
        metavar="DIR",
        help="a dbt project: sources with their tests, and a model to start from. sources.yml is"
        " written anew each time; files that you may have changed are kept",
    )
    export.add_argument(
        "--superset",
        type=Path,
        metavar="DIR|FILE.zip",
        help="a database connection and a dataset for each view, as Superset imports them",
    )
    export.add_argument(
        "--as",
        dest="login",
        default="bi_all",
        metavar="LOGIN",
        help="database login that the files name (bi_all); its password is not written",
    )
    export.set_defaults(run=_export)


def _export(arguments: argparse.Namespace, settings: Settings) -> int:
    from server.exports.dbt import GENERATED, dbt_files
    from server.exports.dictionary import views_of
    from server.exports.files import write_files, write_zip
    from server.exports.superset import superset_files

    if arguments.dbt is None and arguments.superset is None:
        raise UserError("Say what to write: --dbt DIR, --superset DIR, or both.")
    with database(settings), transaction(settings.dsn(), owner=True) as connection:
        views = views_of(read_all(connection, "bi.dictionary"))
        check_login(connection, arguments.login)
        target = _target(connection, arguments.login)
    report: list[str] = []
    if arguments.dbt is not None:
        files = dbt_files(views, target)
        report += write_files(arguments.dbt, files, keep=frozenset(files) - GENERATED)
    if arguments.superset is not None:
        files = superset_files(views, target)
        if arguments.superset.suffix == ".zip":
            report += write_zip(arguments.superset, files)
        else:
            report += write_files(arguments.superset, files, keep=frozenset())
    print("\n".join(report))
    return 0


def _target(connection: Connection, login: str) -> Target:
    """The database as this command reaches it; a tool elsewhere may need another name of it."""
    info = connection.info
    return Target(info.host, info.port, info.dbname, login)
