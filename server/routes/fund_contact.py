"""Room `fund`: the people to write to at an investor."""

from __future__ import annotations

from typing import Annotated, Any
from uuid import UUID

from litestar import Response, delete, get, patch, post
from litestar.params import Body

from server import examples_fund_terms as examples
from server.db import Database, IdempotencyKey
from server.describe import dropped_of, list_of, record_of, saved_of
from server.filters_fund import page_filters
from server.openapi import example
from server.respond import respond
from server.schemas.body import JsonBody, encode
from server.schemas.fund_terms import Contact, ContactChange, ContactDeleted, ContactInput

_TAGS = ["fund"]
_CONTACTS = "/investors/{investor_id:uuid}/contacts"
_CONTACT = _CONTACTS + "/{contact_id:uuid}"


@get(
    _CONTACTS,
    tags=_TAGS,
    summary="List the people to write to at an investor",
    **list_of(Contact, examples.CONTACT, page_filters, 404),
)
async def list_contacts(
    db: Database, user: UUID, investor_id: UUID, filters: dict[str, Any]
) -> Response[bytes]:
    return respond(await db.call("fund.list_contacts", user, p_investor_id=investor_id, **filters))


@post(
    _CONTACTS,
    dto=JsonBody[ContactInput],
    tags=_TAGS,
    summary="Add a person to write to",
    **saved_of(Contact, examples.CONTACT, status=201),
)
async def add_contact(
    data: Annotated[ContactInput, Body(examples=[example(examples.CONTACT_INPUT)])],
    db: Database,
    user: UUID,
    investor_id: UUID,
    idempotency: IdempotencyKey | None,
    filters: dict[str, Any],
) -> Response[bytes]:
    return respond(
        await db.call(
            "fund.add_contact",
            user,
            idempotency=idempotency,
            p_investor_id=investor_id,
            p_contact=encode(data),
            **filters,
        )
    )


@get(
    _CONTACT,
    tags=_TAGS,
    summary="One person to write to",
    **record_of(Contact, examples.CONTACT),
)
async def get_contact(
    db: Database, user: UUID, investor_id: UUID, contact_id: UUID
) -> Response[bytes]:
    return respond(
        await db.call("fund.get_contact", user, p_investor_id=investor_id, p_contact_id=contact_id)
    )


@patch(
    _CONTACT,
    dto=JsonBody[ContactChange],
    tags=_TAGS,
    summary="Change a contact: only the keys that are sent",
    **saved_of(Contact, examples.CONTACT),
)
async def update_contact(
    data: Annotated[ContactChange, Body(examples=[example(examples.CONTACT_CHANGE)])],
    db: Database,
    user: UUID,
    investor_id: UUID,
    contact_id: UUID,
    idempotency: IdempotencyKey | None,
    if_match: str | None,
    filters: dict[str, Any],
) -> Response[bytes]:
    return respond(
        await db.call(
            "fund.update_contact",
            user,
            idempotency=idempotency,
            p_investor_id=investor_id,
            p_contact_id=contact_id,
            p_contact=encode(data),
            p_if_match=if_match,
            **filters,
        )
    )


@delete(
    _CONTACT,
    tags=_TAGS,
    summary="Forget a person; nothing else names him",
    **dropped_of(ContactDeleted, examples.CONTACT_KEY),
)
async def delete_contact(
    db: Database,
    user: UUID,
    investor_id: UUID,
    contact_id: UUID,
    idempotency: IdempotencyKey | None,
    if_match: str | None,
    filters: dict[str, Any],
) -> Response[bytes]:
    return respond(
        await db.call(
            "fund.delete_contact",
            user,
            idempotency=idempotency,
            p_investor_id=investor_id,
            p_contact_id=contact_id,
            p_if_match=if_match,
            **filters,
        )
    )


ROUTES = [list_contacts, add_contact, get_contact, update_contact, delete_contact]
