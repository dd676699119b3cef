"""A publisher of rates on this machine: a real HTTP server that can be told to misbehave."""

from __future__ import annotations

import ssl
import threading
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import date
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

DAILY = "/stats/eurofxref-daily.xml"


@dataclass
class Answer:
    """What one request gets. `drip` seconds lie between its bytes; `hang` before anything."""

    body: bytes = b""
    status: int = 200
    kind: str = "text/xml"
    headers: Mapping[str, str] = field(default_factory=dict)
    hang: float = 0
    drip: float = 0


@dataclass
class Publisher:
    """Answers by path; a list is used up, its last answer stays."""

    url: str
    answers: dict[str, list[Answer]] = field(default_factory=dict)
    asked: list[tuple[str, dict[str, str]]] = field(default_factory=list)
    closing: threading.Event = field(default_factory=threading.Event)

    def says(self, *answers: Answer, path: str = DAILY) -> None:
        self.answers[path] = list(answers)

    @property
    def paths(self) -> list[str]:
        return [path for path, _ in self.asked]


def ecb_xml(day: date | str, rates: Mapping[str, object] | list[tuple[str, object]]) -> bytes:
    """A day as the European Central Bank writes it."""
    items = rates.items() if isinstance(rates, Mapping) else rates
    cubes = "".join(f"<Cube currency='{c}' rate='{r}'/>" for c, r in items)
    return (
        '<?xml version="1.0" encoding="UTF-8"?>'
        '<gesmes:Envelope xmlns:gesmes="http://www.gesmes.org/xml/2002-08-01"'
        ' xmlns="http://www.ecb.int/vocabulary/2002-08-01/eurofxref">'
        "<gesmes:subject>Reference rates</gesmes:subject>"
        f"<Cube><Cube time='{day}'>{cubes}</Cube></Cube></gesmes:Envelope>"
    ).encode()


@contextmanager
def publisher(certificate: Path | None = None) -> Iterator[Publisher]:
    """A publisher on a free port; over HTTPS when it is given a certificate with its key."""

    class Handler(BaseHTTPRequestHandler):
        protocol_version = "HTTP/1.1"

        def do_GET(self) -> None:
            here.asked.append((self.path, {k.lower(): v for k, v in self.headers.items()}))
            queue = here.answers.get(self.path, [Answer(status=404)])
            answer = queue.pop(0) if len(queue) > 1 else queue[0]
            if answer.hang and here.closing.wait(answer.hang):
                return
            self.send_response(answer.status)
            self.send_header("Content-Type", answer.kind)
            for name, value in answer.headers.items():
                self.send_header(name, value)
            self.send_header("Content-Length", str(len(answer.body)))
            self.end_headers()
            try:
                for piece in [answer.body] if not answer.drip else map(bytes, zip(answer.body)):
                    self.wfile.write(piece)
                    if answer.drip and here.closing.wait(answer.drip):
                        return
            except OSError:
                self.close_connection = True

        def log_message(self, *_: object) -> None:
            """The tests look at `asked` instead."""

    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    server.daemon_threads = True
    server.block_on_close = False
    if certificate is not None:
        context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
        context.load_cert_chain(certificate)
        server.socket = context.wrap_socket(server.socket, server_side=True)
    scheme = "http" if certificate is None else "https"
    here = Publisher(f"{scheme}://127.0.0.1:{server.server_port}")
    thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.02})
    thread.start()
    try:
        yield here
    finally:
        here.closing.set()
        server.shutdown()
        server.server_close()
        thread.join()
