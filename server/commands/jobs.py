"""job list, job run: the clock's jobs, by hand."""

from __future__ import annotations

import argparse
import json
import logging
import sys
from typing import Any

from db.calls import call, transaction
from db.ready import database
from db.settings import Settings

_COLUMNS = ("job", "cron", "time_zone", "is_enabled", "last_run_status", "last_run_scheduled_for")


def register(commands: Any, common: argparse.ArgumentParser) -> None:
    parser = commands.add_parser("job", help="the jobs of the clock")
    actions = parser.add_subparsers(title="actions", metavar="ACTION", required=True)
    listing = actions.add_parser(
        "list", help="list the jobs, their schedules and last runs", parents=[common]
    )
    listing.set_defaults(run=_list)
    words = "run a job now; exit status 1 if it fails"
    run = actions.add_parser("run", help=words, description=words + ".", parents=[common])
    run.add_argument("job", metavar="NAME", help="as `quarterbase job list` shows it")
    run.set_defaults(run=_run)


def _list(_: argparse.Namespace, settings: Settings) -> int:
    with database(settings), transaction(settings.dsn(), owner=True) as connection:
        [(_status, _etag, body)] = call(connection, "ops.list_jobs", p_limit=1000)
    rows = [[_word(job[column]) for column in _COLUMNS] for job in json.loads(body)["data"]]
    table = [["job", "cron", "time zone", "enabled", "last run", "slot (UTC)"], *rows]
    widths = [max(map(len, column)) for column in zip(*table, strict=True)]
    for row in table:
        line = "  ".join(word.ljust(width) for word, width in zip(row, widths, strict=True))
        print(line.rstrip())
    return 0


def _word(value: Any) -> str:
    if isinstance(value, bool):
        return "yes" if value else "no"
    # A slot is a moment in UTC; of a run by hand, to the second.
    return "-" if value is None else str(value).partition("+")[0].partition(".")[0]


def _run(arguments: argparse.Namespace, settings: Settings) -> int:
    from jobs.clock.node import Node
    from jobs.clock.runs import run_by_hand

    # A failure is told in one sentence; its trace is the clock's.
    logging.getLogger("quarterbase.clock").setLevel(logging.CRITICAL)
    with database(settings):
        outcome = run_by_hand(Node(settings.dsn("qb_jobs")), arguments.job)
    if outcome.succeeded:
        print(f"{arguments.job} succeeded.")
        if outcome.detail:
            print(json.dumps(outcome.detail, default=str, indent=2))
        return 0
    message = outcome.detail.get("message") or outcome.detail["error"]
    print(f"quarterbase: {arguments.job} failed: {str(message).rstrip('.')}.", file=sys.stderr)
    return 1
