"""Room `security`, the people: administrators look after them, auditors look."""

from __future__ import annotations

from contextlib import suppress
from typing import Annotated, Any
from uuid import UUID

import msgspec
from litestar import Response, get, patch, post
from litestar.datastructures import State
from litestar.params import Body
from msgspec import UNSET

from server import examples
from server import examples_users as users
from server.db import Database, IdempotencyKey
from server.describe import change_of, list_of, record_of
from server.errors import Problem
from server.filters_users import user_filters
from server.openapi import WRITE_ERRORS, Versioned, documents, example
from server.preconditions import keyed_by_secret
from server.respond import respond
from server.schemas.body import JsonBody, encode
from server.schemas.envelope import Envelope
from server.schemas.users import User, UserChange, UserInput

_TAGS = ["security"]
_ONE = "/users/{user_id:uuid}"
_CREATED = examples.one(users.USER)


@get(
    "/users",
    tags=_TAGS,
    summary="List users, for administrators and auditors",
    **list_of(User, users.USER, user_filters),
)
async def list_users(db: Database, user: UUID, filters: dict[str, Any]) -> Response[bytes]:
    return respond(await db.call("security.list_users", user, **filters))


@post(
    "/users",
    dto=JsonBody[UserInput],
    operation_class=Versioned,
    tags=_TAGS,
    summary="Add a user with a role, and with what a narrowed role sees",
    responses=documents({201: Envelope[User]}, _CREATED, *WRITE_ERRORS),
)
async def create_user(
    data: Annotated[UserInput, Body(examples=[example(users.USER_INPUT)])],
    db: Database,
    state: State,
    user: UUID,
    idempotency: IdempotencyKey | None,
) -> Response[bytes]:
    secret = await _without_password(db, state, user, data, idempotency)
    return respond(await db.call("security.create_user", user, **secret))


@get(_ONE, tags=_TAGS, summary="One user", **record_of(User, users.USER))
async def get_user(db: Database, user: UUID, user_id: UUID) -> Response[bytes]:
    return respond(await db.call("security.get_user", user, p_user_id=user_id))


@patch(
    _ONE,
    dto=JsonBody[UserChange],
    tags=_TAGS,
    summary="Change a user: role, scope, password, activity; it acts on the next request",
    **change_of(User, users.USER),
)
async def update_user(
    data: Annotated[UserChange, Body(examples=[example(users.USER_CHANGE)])],
    db: Database,
    state: State,
    user: UUID,
    user_id: UUID,
    idempotency: IdempotencyKey | None,
    if_match: str | None,
) -> Response[bytes]:
    secret = await _without_password(db, state, user, data, idempotency)
    answer = await db.call(
        "security.update_user", user, p_user_id=user_id, p_if_match=if_match, **secret
    )
    if data.role is not UNSET or data.active is not UNSET:
        # Somebody may have come in while it was being committed, by the rights of before. The
        # change stands whatever becomes of this: those who end themselves may not ask for it.
        with suppress(Problem):
            await db.call("security.end_user_sessions", user, p_user_id=user_id)
    return respond(answer)


async def _without_password(
    db: Database,
    state: State,
    user: UUID,
    data: UserInput | UserChange,
    key: IdempotencyKey | None,
) -> dict[str, Any]:
    """What the database gets: of a password, hashes that are slow to guess from."""
    if not data.password:
        return {"p_user": encode(data), "idempotency": key}
    # Slow work is for those who may have it done.
    await db.call("security.ask_to_write_users", user)
    return {
        "p_user": encode(msgspec.structs.replace(data, password=UNSET)),
        "p_password_hash": await state.passwords.hash(data.password),
        "idempotency": await keyed_by_secret(key),
    }


ROUTES = [list_users, create_user, get_user, update_user]
