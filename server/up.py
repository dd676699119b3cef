"""quarterbase up: database, schema, data, API and clock, in the foreground until Ctrl-C."""

from __future__ import annotations

import argparse
import http.client
import os
import signal
import time
from contextlib import ExitStack, suppress
from typing import Any

from db.calls import has_rows, transaction
from db.embedded import EmbeddedServer
from db.lifeline import Lifeline
from db.ready import check_external, database_ready, embedded_server
from db.settings import LOGIN_VARIABLES, Settings, UserError, prepare_home
from server import demo
from server.children import Child, stop_all
from server.guards import check_port, only_one
from server.welcome import welcome

READY_SECONDS = 60
POLL_SECONDS = 0.02
WATCH_SECONDS = 0.2

# Each gets one login's connection and no other.
CHILDREN = {"api": ("server.serve", "qb_api"), "clock": ("jobs.scheduler", "qb_jobs")}


def register(commands: Any, common: argparse.ArgumentParser) -> None:
    words = "run everything: database, API and clock, until Ctrl-C"
    parser = commands.add_parser(
        "up", help=words, description=words[0].upper() + words[1:] + ".", parents=[common]
    )
    parser.add_argument(
        "--no-demo", action="store_true", help="leave the platform empty on its first start"
    )
    parser.set_defaults(run=_run)


def _run(arguments: argparse.Namespace, settings: Settings) -> int:
    # Also when a script started us in the background, where SIGINT is ignored from birth.
    signal.signal(signal.SIGINT, signal.default_int_handler)
    started = time.monotonic()
    try:
        up(settings, with_demo=not arguments.no_demo, started=started)
    except KeyboardInterrupt:
        _say("Stopped.")
    return 0


def up(settings: Settings, *, with_demo: bool, started: float) -> None:
    """Returns never: ends by KeyboardInterrupt, or by UserError when a part of it died."""
    # Under make: when that is killed nobody could stop us any more, so its end is ours.
    parent = os.getppid() if os.environ.pop("QUARTERBASE_FOLLOW_PARENT", None) else None
    host = os.environ.get("QUARTERBASE_HOST") or "127.0.0.1"
    prepare_home(settings.home)
    with only_one(settings.home) as lock:
        check_port(host, settings.port)
        with ExitStack() as stack:
            try:
                server = _reach_server(settings, stack)
                _deploy_and_load(settings, with_demo=with_demo)
                children = _start_children(settings, stack)
                _wait_ready(host, settings.port, children)
                _say(
                    welcome(
                        settings,
                        f"http://{host}:{settings.port}",
                        demo=demo.has_demo_users(settings) and not settings.external,
                        seconds=time.monotonic() - started,
                    )
                )
                while parent in (None, os.getppid()):
                    time.sleep(WATCH_SECONDS)
                    _check_alive(children, server)
                raise KeyboardInterrupt
            finally:
                lock.stopping()
                # A second Ctrl-C while stopping would leave processes behind.
                for name in (signal.SIGINT, signal.SIGTERM, signal.SIGHUP):
                    signal.signal(name, signal.SIG_IGN)


def _reach_server(settings: Settings, stack: ExitStack) -> EmbeddedServer | None:
    """The embedded server, ready and ours to stop; None for one elsewhere, which answers."""
    if settings.external:
        check_external(settings)
        for login in LOGIN_VARIABLES:
            settings.dsn(login)  # all three are there
        return None
    server = embedded_server(settings)
    stack.callback(server.stop)
    server.start()
    database_ready(settings, server)
    return server


def _start_children(settings: Settings, stack: ExitStack) -> list[Child]:
    lifeline = Lifeline()
    stack.callback(lifeline.close)
    children: list[Child] = []
    stack.callback(stop_all, children)
    for name, (module, login) in CHILDREN.items():
        children.append(Child(name, module, login, settings, lifeline))
    return children


def _deploy_and_load(settings: Settings, *, with_demo: bool) -> None:
    """Schema, rates and demo; what is done already costs next to nothing."""
    from db.apply import apply

    apply(settings.dsn(), echo=_say_unless_detail)
    with transaction(settings.dsn(), owner=True) as connection:
        knows_rates = has_rows(connection, "fx.rate")
    if not knows_rates:
        from jobs.fx import ecb_bundled

        _say("Loading the European Central Bank's exchange rates since 1999 …")
        _say(ecb_bundled.load(settings.dsn(), owner=True))
    if settings.external:
        return  # demo data reaches another server by `quarterbase demo load` only
    if with_demo and demo.is_empty(settings):
        _say("Loading the demo …")
        for line in demo.load_demo(settings):
            _say(line)
    demo.add_bi_login(settings)


def _wait_ready(host: str, port: int, children: list[Child]) -> None:
    deadline = time.monotonic() + READY_SECONDS
    while time.monotonic() < deadline:
        _check_alive(children, None)
        connection = http.client.HTTPConnection(host, port, timeout=5)
        with suppress(OSError, http.client.HTTPException):
            connection.request("GET", "/health/ready")
            if connection.getresponse().status == http.HTTPStatus.OK:
                return
        connection.close()
        time.sleep(POLL_SECONDS)
    raise UserError(f"The API is not ready after {READY_SECONDS} s (see {children[0].log}).")


def _check_alive(children: list[Child], server: EmbeddedServer | None) -> None:
    if server is not None and not server.running:
        raise UserError(f"The database server ended by itself (see {server.log}).")
    for child in children:
        if child.obituary:
            raise UserError(child.obituary)


def _say_unless_detail(line: str) -> None:
    """`quarterbase apply` names every object; a start says only what is out of the ordinary."""
    if not line.startswith("  ") and line != "nothing to do":
        _say(f"schema: {line}")


def _say(words: str) -> None:
    with suppress(OSError):  # the terminal may be gone
        print(words, flush=True)
