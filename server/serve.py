"""`python -m server.serve`: one API process, in the foreground, until it is told to stop."""

from __future__ import annotations

import sys

import uvicorn

from db import lifeline
from db.settings import UserError
from server.app import create_app
from server.config import ApiConfig
from server.log import log_as_json


def main() -> None:
    lifeline.watch()  # the process that started this one is gone: so are we
    try:
        config = ApiConfig.from_environment()
    except UserError as error:
        sys.exit(f"quarterbase: {error}")
    log_as_json()
    uvicorn.run(
        create_app(config),
        host=config.host,
        port=config.port,
        log_config=None,
        access_log=False,  # server.edge writes one line a request
        server_header=False,
        proxy_headers=False,  # nobody in front is trusted until a setting names them
        ws="none",  # there is no websocket here: an upgrade is an ordinary request
        lifespan="on",
        timeout_graceful_shutdown=10,
    )


if __name__ == "__main__":
    main()
