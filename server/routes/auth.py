"""Room `security`, the door: credentials in, bearer token out."""

from __future__ import annotations

from typing import Annotated

import msgspec
from litestar import Response, post
from litestar.datastructures import State
from litestar.params import Body

from server.auth import OPEN_ROUTE, log_in
from server.db import Database
from server.errors import FieldError, Problem
from server.openapi import documents, example
from server.schemas.auth import Login, Token
from server.schemas.body import JsonBody
from server.schemas.envelope import Envelope
from server.tokens import LIFETIME_SECONDS

_ENVELOPE = {
    "status": "success",
    "code": 200,
    "message": "Logged in.",
    "data": {"access_token": "eyJhbGciOiJFUzI1NiIs…", "token_type": "Bearer", "expires_in": 43200},
    "meta": {},
    "links": {},
}
_EXAMPLE = example({"email": "editor@example.com", "password": "…"})


@post(
    "/auth/login",
    status_code=200,
    dto=JsonBody[Login],
    opt={OPEN_ROUTE: True},
    tags=["security"],
    summary="Exchange an e-mail and a password for a bearer token",
    security=[{}],
    responses=documents({200: Envelope[Token]}, _ENVELOPE, 400, 401, 413, 415, 429, 500, 503, 504),
)
async def login(
    data: Annotated[Login, Body(examples=[_EXAMPLE])], db: Database, state: State
) -> Response[bytes]:
    email = data.email or data.username
    if not email:
        raise Problem(400, FieldError("email", "required", "email is required."))
    token = await log_in(db, state.passwords, state.key_ring, email, data.password)
    answer = Envelope(
        "success", 200, "Logged in.", Token(token, "Bearer", LIFETIME_SECONDS), {}, {}
    )
    return Response(msgspec.json.encode(answer), media_type="application/json")
