"""Room `company`: the companies themselves."""

from __future__ import annotations

from typing import Annotated, Any
from uuid import UUID

from litestar import Response, delete, get, patch, post
from litestar.params import Body

from server import examples
from server.db import Database, IdempotencyKey
from server.describe import change_of, deletion_of, list_of, record_of
from server.filters import period_filters
from server.openapi import WRITE_ERRORS, Versioned, documents, example
from server.respond import respond
from server.schemas.body import JsonBody, encode
from server.schemas.company import Company, CompanyChange, CompanyDeleted, CompanyInput
from server.schemas.envelope import Envelope

_TAGS = ["company"]
_ONE = "/company/{company_id:str}"


@post(
    "/company",
    dto=JsonBody[CompanyInput],
    operation_class=Versioned,
    tags=_TAGS,
    summary="Create a company, or update the one with this company_id",
    responses=documents(
        {200: Envelope[Company], 201: Envelope[Company]}, examples.COMPANY_SAVED, *WRITE_ERRORS, 412
    ),
)
async def save_company(
    data: Annotated[CompanyInput, Body(examples=[example(examples.COMPANY_INPUT)])],
    db: Database,
    user: UUID,
    idempotency: IdempotencyKey | None,
    if_match: str | None,
) -> Response[bytes]:
    return respond(
        await db.call(
            "company.save_company",
            user,
            idempotency=idempotency,
            p_company=encode(data),
            p_if_match=if_match,
        )
    )


@get(
    "/company",
    tags=_TAGS,
    summary="List companies",
    **list_of(Company, examples.COMPANY, period_filters),
)
async def list_companies(db: Database, user: UUID, filters: dict[str, Any]) -> Response[bytes]:
    return respond(await db.call("company.list_companies", user, **filters))


@get(_ONE, tags=_TAGS, summary="One company", **record_of(Company, examples.COMPANY))
async def get_company(db: Database, user: UUID, company_id: str) -> Response[bytes]:
    return respond(await db.call("company.get_company", user, p_company_id=company_id))


@patch(
    _ONE,
    dto=JsonBody[CompanyChange],
    tags=_TAGS,
    summary="Change a company: only the keys that are sent",
    **change_of(Company, examples.COMPANY),
)
async def update_company(
    data: Annotated[CompanyChange, Body(examples=[example(examples.COMPANY_CHANGE)])],
    db: Database,
    user: UUID,
    company_id: str,
    idempotency: IdempotencyKey | None,
    if_match: str | None,
) -> Response[bytes]:
    return respond(
        await db.call(
            "company.update_company",
            user,
            idempotency=idempotency,
            p_company_id=company_id,
            p_company=encode(data),
            p_if_match=if_match,
        )
    )


@delete(
    _ONE,
    tags=_TAGS,
    summary="Delete a company that has not reported; one that has is archived by PATCH",
    **deletion_of(CompanyDeleted, {"company_id": "reciLI8sBuJE9vEAv"}),
)
async def delete_company(
    db: Database,
    user: UUID,
    company_id: str,
    idempotency: IdempotencyKey | None,
    if_match: str | None,
) -> Response[bytes]:
    return respond(
        await db.call(
            "company.delete_company",
            user,
            idempotency=idempotency,
            p_company_id=company_id,
            p_if_match=if_match,
        )
    )


ROUTES = [save_company, list_companies, get_company, update_company, delete_company]
