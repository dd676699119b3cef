"""Puts the HTTP side together: routes, identity, errors, the OpenAPI document."""

from __future__ import annotations

import logging
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from typing import Any
from uuid import UUID

import msgspec
from litestar import Litestar, Request, Response, Router
from litestar.datastructures import State
from litestar.di import Provide
from litestar.exceptions import HTTPException, NotFoundException, ValidationException
from litestar.middleware import DefineMiddleware
from litestar.types import ASGIApp

from server.auth import OPEN_ROUTE, BearerToken
from server.config import ApiConfig
from server.db import Database
from server.edge import Edge, crash_body
from server.errors import STATUSES, ErrorEnvelope, FieldError, Problem
from server.filters import refuse_unknown_parameters
from server.keys import KeyRing
from server.metrics import MetricsPage, PoolGauges, count_requests
from server.oidc import Provider
from server.openapi import ChoiceSchemas, ValueSchemas, openapi_config
from server.passwords import PasswordCheck
from server.preconditions import WRITE_HEADERS
from server.routes import (
    auth,
    company,
    company_explain,
    company_quarter,
    company_round,
    fund,
    fund_capital,
    fund_contact,
    fund_event,
    fund_investor,
    fund_terms,
    fx,
    health,
    ledger,
    ops,
    users,
)
from server.sequence import resolve_in_sequence
from server.tokens import TokenCheck
from server.web.docs import docs, front_page, own_files, swagger_files
from server.web.redoc import redoc, redoc_files
from server.words.document import DescribedStructs

log = logging.getLogger("quarterbase.error")

_BODY_LIMIT_BYTES = 1_000_000


def create_app(config: ApiConfig) -> ASGIApp:
    """The whole door, ready to be served."""

    @asynccontextmanager
    async def lifespan(app: Litestar) -> AsyncIterator[None]:
        database = Database(
            config.dsn, pool_size=config.pool_size, prepare_threshold=config.prepare_threshold
        )
        app.state.key_ring = KeyRing(config.home)
        app.state.tokens = TokenCheck(app.state.key_ring)
        app.state.passwords = PasswordCheck()
        app.state.provider = (
            Provider(config.oidc_issuer, config.oidc_audience)
            if config.oidc_issuer and config.oidc_audience
            else None
        )
        async with database:
            app.state.db = database
            with PoolGauges(database):
                yield
        if app.state.provider is not None:
            await app.state.provider.close()

    v1 = Router(
        "/v1",
        route_handlers=[
            auth.login,
            auth.token,
            *company.ROUTES,
            *company_quarter.ROUTES,
            *company_round.ROUTES,
            *company_explain.ROUTES,
            *fund.ROUTES,
            *fund_capital.ROUTES,
            *fund_event.ROUTES,
            *fund_investor.ROUTES,
            *fund_contact.ROUTES,
            *fund_terms.ROUTES,
            *ledger.ROUTES,
            *fx.ROUTES,
            *ops.ROUTES,
            *users.ROUTES,
        ],
        # Closed by default: a route below /v1 needs a token unless it says that it does not.
        middleware=[DefineMiddleware(BearerToken, exclude_from_auth_key=OPEN_ROUTE)],
        guards=[refuse_unknown_parameters],
        dependencies={"user": Provide(_user, sync_to_thread=False), **WRITE_HEADERS},
    )
    app = Litestar(
        route_handlers=[
            v1,
            health.health_live,
            health.health_ready,
            auth.key_set,
            MetricsPage,
            docs,
            redoc,
            front_page,
            own_files,
            swagger_files,
            redoc_files,
        ],
        middleware=[count_requests],
        dependencies={"db": Provide(_db, sync_to_thread=False)},
        exception_handlers={
            Problem: _problem,
            ValidationException: _invalid,
            HTTPException: _http,
            Exception: _crash,
        },
        lifespan=[lifespan],
        openapi_config=openapi_config(),
        plugins=[ValueSchemas(), ChoiceSchemas(), DescribedStructs()],
        request_max_body_size=_BODY_LIMIT_BYTES,
        logging_config=None,
    )
    return Edge(resolve_in_sequence(app))


def _db(state: State) -> Database:
    return state.db  # type: ignore[no-any-return]


def _user(request: Request[UUID, None, Any]) -> UUID:
    return request.user


def _refuse(problem: Problem) -> Response[bytes]:
    body = ErrorEnvelope("error", problem.status, problem.message, list(problem.errors))
    return Response(
        msgspec.json.encode(body),
        status_code=problem.status,
        headers=problem.headers,
        media_type="application/json",
    )


def _problem(request: Request[Any, Any, Any], problem: Problem) -> Response[bytes]:
    return _crash(request, problem) if problem.status == 500 else _refuse(problem)


def _invalid(request: Request[Any, Any, Any], error: ValidationException) -> Response[bytes]:
    """Litestar's own checks: query parameters, and a body that is missing altogether."""
    found = []
    for item in error.extra if isinstance(error.extra, list) else []:
        key = item.get("key")
        if key == "data":
            found.append(FieldError(None, "invalid_json", "A JSON body is required."))
        else:
            found.append(FieldError(key, "invalid_value", f"{key}: {item['message']}."))
    return _refuse(Problem(400, *found))


def _http(request: Request[Any, Any, Any], error: HTTPException) -> Response[bytes]:
    if error.status_code >= 500:
        return _crash(request, error)
    status = error.status_code if error.status_code in STATUSES else 400
    allow = {k: v for k, v in (error.headers or {}).items() if k.lower() == "allow"}
    return _refuse(Problem(status, headers=allow))


def _crash(request: Request[Any, Any, Any], error: Exception) -> Response[bytes]:
    if isinstance(error, NotFoundException):
        return _refuse(Problem(404))
    log.error("unhandled", exc_info=error)
    return Response(crash_body(), status_code=500, media_type="application/json")
