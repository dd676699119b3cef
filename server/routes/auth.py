"""Room `security`, the door: credentials in, bearer token out."""

from __future__ import annotations

from typing import Annotated, Any

import msgspec
from litestar import Request, Response, get, post
from litestar.datastructures import State
from litestar.exceptions import HTTPException
from litestar.openapi.datastructures import ResponseSpec
from litestar.params import Body

from server.auth import OPEN_ROUTE, grant, log_in
from server.db import Database
from server.errors import FieldError, Problem
from server.openapi import Open, documents, example
from server.schemas.auth import GrantedToken, Login, Token, TokenError, TokenRequest
from server.schemas.body import JsonBody
from server.schemas.envelope import Envelope
from server.schemas.token_form import FORM, GrantRefused, TokenForm

_TOKEN = {
    "access_token": "eyJhbGciOiJFUzI1NiIs…",
    "token_type": "Bearer",
    "expires_in": 43200,
    "refresh_token": "mF_9.B5f-4.1JqM…",
}
_ENVELOPE = {
    "status": "success",
    "code": 200,
    "message": "Logged in.",
    "data": _TOKEN,
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
    operation_class=Open,
    responses=documents({200: Envelope[Token]}, _ENVELOPE, 400, 401, 413, 415, 429, 500, 503, 504),
)
async def login(
    data: Annotated[Login, Body(examples=[_EXAMPLE])], db: Database, state: State
) -> Response[bytes]:
    email = data.email or data.username
    if not email:
        raise Problem(400, FieldError("email", "required", "email is required."))
    token = await log_in(db, state, email, data.password)
    answer = Envelope("success", 200, "Logged in.", token, {}, {})
    return Response(msgspec.json.encode(answer), media_type="application/json")


def _refused(
    status: int, error: str, description: str, headers: dict[str, str] | None = None
) -> Response[bytes]:
    return Response(
        msgspec.json.encode({"error": error, "error_description": description}),
        status_code=status,
        headers={"Cache-Control": "no-store", "Pragma": "no-cache", **(headers or {})},
        media_type="application/json",
    )


def _grant_refused(request: Request[Any, Any, Any], refused: GrantRefused) -> Response[bytes]:
    return _refused(400, refused.error, refused.description)


def _problem(request: Request[Any, Any, Any], problem: Problem) -> Response[bytes]:
    """Ours in the words of RFC 6749: what was refused is 400, what may pass by itself stays."""
    waits = {name: value for name, value in problem.headers.items() if name == "Retry-After"}
    if problem.status == 401:
        return _refused(400, "invalid_grant", problem.message)
    if waits or problem.status == 504:
        return _refused(problem.status, "temporarily_unavailable", problem.message, waits)
    error = "invalid_request" if problem.status < 500 else "server_error"
    return _refused(problem.status, error, problem.message)


def _http(request: Request[Any, Any, Any], error: HTTPException) -> Response[bytes]:
    return _problem(request, Problem(error.status_code))


def _token_errors(*statuses: int) -> dict[int, ResponseSpec]:
    return {
        status: ResponseSpec(TokenError, description="RFC 6749 5.2.", generate_examples=False)
        for status in statuses
    }


@post(
    "/auth/token",
    status_code=200,
    dto=TokenForm,
    opt={OPEN_ROUTE: True},
    exception_handlers={GrantRefused: _grant_refused, Problem: _problem, HTTPException: _http},
    tags=["security"],
    summary="OAuth 2.0 token endpoint: a password or a refresh token for tokens",
    operation_class=Open,
    responses={
        200: ResponseSpec(
            GrantedToken,
            description="Success.",
            generate_examples=False,
            examples=[example(_TOKEN)],
        )
    }
    | _token_errors(400, 413, 429, 500, 503, 504),
)
async def token(
    data: Annotated[TokenRequest, Body(media_type=FORM)], db: Database, state: State
) -> Response[bytes]:
    granted = await grant(db, state, data)
    return Response(
        msgspec.json.encode(granted),
        headers={"Cache-Control": "no-store", "Pragma": "no-cache"},
        media_type="application/json",
    )


@get("/.well-known/jwks.json", include_in_schema=False, sync_to_thread=False)
def key_set(state: State) -> Response[bytes]:
    """The public keys of our tokens, for whoever verifies them without asking us (RFC 7517)."""
    return Response(
        msgspec.json.encode(state.key_ring.published()),
        headers={"Cache-Control": "public, max-age=300"},
        media_type="application/json",
    )
