"""One JSON object a line on standard error, and the id that ties a line to a request."""

from __future__ import annotations

import json
import logging
import sys
import traceback
from contextvars import ContextVar
from datetime import UTC, datetime

_LONGEST_TRACE = 200

request_id: ContextVar[str] = ContextVar("request_id", default="")


class JsonLine(logging.Formatter):
    """Whatever a caller puts under `extra={"fields": {...}}` becomes keys of the line."""

    def format(self, record: logging.LogRecord) -> str:
        line = {
            "at": datetime.fromtimestamp(record.created, UTC).isoformat(timespec="milliseconds"),
            "level": record.levelname.lower(),
            "logger": record.name,
            "message": record.getMessage(),
            "request_id": request_id.get(),
            **getattr(record, "fields", {}),
        }
        if record.exc_info:
            line["trace"] = trace(record.exc_info[1])
        return json.dumps(line, default=str, ensure_ascii=False)


def trace(error: BaseException | None) -> str:
    """Where it happened and what kind of error it was, causes first. Never an error's message: it
    may quote what somebody sent, and lines of our code say enough to find it."""
    told: list[str] = []
    while error is not None:
        frames = [
            f"{frame.filename}:{frame.lineno} {frame.name}: {frame.line}"
            for frame in traceback.extract_tb(error.__traceback__)
        ]
        told = [*frames, type(error).__qualname__, *told]
        error = error.__cause__ or (None if error.__suppress_context__ else error.__context__)
        if len(told) > _LONGEST_TRACE:
            break
    return "\n".join(told)


def log_as_json(level: int = logging.INFO) -> None:
    handler = logging.StreamHandler(sys.stderr)
    handler.setFormatter(JsonLine())
    logging.basicConfig(level=level, handlers=[handler], force=True)
    # Connection attempts against a database that is away repeat every second; their text names
    # the host, never the password, but once per refused request is enough.
    logging.getLogger("psycopg.pool").setLevel(logging.ERROR)
    logging.getLogger("httpx").setLevel(logging.WARNING)  # one line for each request it makes
