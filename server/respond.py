"""What the routes share: an answer of the database becomes a response."""

from __future__ import annotations

from litestar import Response

from server.db import Answer


def respond(answer: Answer) -> Response[bytes]:
    """The answer as it is: its status, its ETag, its bytes."""
    headers = {"ETag": answer.etag} if answer.etag else None
    return Response(
        answer.body, status_code=answer.status, headers=headers, media_type="application/json"
    )
