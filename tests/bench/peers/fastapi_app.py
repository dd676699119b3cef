"""The peer of `GET /v1/metrics/`: FastAPI, SQLAlchemy's asyncio, Pydantic, at their best.

What makes it fast: asyncpg; one statement for the rows and one for the total, on one connection, no
lazy loading; SQLAlchemy Core rows rather than mapped objects; rows validated once, by one
TypeAdapter, and written as JSON by pydantic-core straight into the response (FastAPI's own
response model would validate them a second time, `jsonable_encoder` is slower still); uvloop and
httptools; as many connections as ours. The token is checked, but no role is taken, which spares it
a statement: it reads as the owner.
"""

from __future__ import annotations

import os
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path
from typing import Annotated, Any
from uuid import UUID

import uvicorn
from fastapi import Depends, FastAPI, Header, HTTPException, Query, Request, Response
from pydantic import BaseModel, ConfigDict, TypeAdapter, create_model
from sqlalchemy import Column, MetaData, String, Table, Uuid, func, select
from sqlalchemy.ext.asyncio import AsyncEngine, create_async_engine

from server.keys import KeyRing
from server.tokens import TokenCheck, TokenRefused

SCHEMA = MetaData()


def app() -> FastAPI:
    engine = create_async_engine(
        os.environ["BENCH_OWNER_DSN"].replace("postgresql://", "postgresql+asyncpg://"),
        connect_args={"server_settings": {"role": "qb_owner", "application_name": "peer"}},
        pool_size=int(os.environ.get("QUARTERBASE_API_POOL") or 10),
        max_overflow=0,
    )
    tokens = TokenCheck(KeyRing(Path(os.environ["QUARTERBASE_HOME"])))
    tables: dict[str, Table] = {}
    pages: list[TypeAdapter[Any]] = []

    @asynccontextmanager
    async def lifespan(_: FastAPI) -> AsyncIterator[None]:
        tables.update(await _tables(engine))
        pages.append(_page(tables["metrics"]))
        yield
        await engine.dispose()

    # A coroutine, so that no thread is started for what waits for nothing.
    async def user(authorization: Annotated[str, Header()] = "") -> UUID:
        try:
            return tokens.verify(authorization.removeprefix("Bearer "))
        except TokenRefused as refused:
            raise HTTPException(401, refused.message) from None

    api = FastAPI(lifespan=lifespan)

    @api.get("/v1/metrics/")
    async def list_metrics(
        request: Request,
        _: UUID = Depends(user),  # noqa: B008 (how FastAPI is told)
        company_id: str | None = None,
        limit: Annotated[int, Query(ge=1, le=1000)] = 100,
        offset: Annotated[int, Query(ge=0)] = 0,
    ) -> Response:
        m, cu, lu = tables["metrics"], tables["created"], tables["updated"]
        hidden = {"created_by", "last_updated_by"}
        rows = (
            select(
                *(column for column in m.columns if column.name not in hidden),
                func.coalesce(cu.c.display_name, "Former user").label("created_by"),
                lu.c.display_name.label("last_updated_by"),
            )
            .outerjoin_from(m, cu, m.c.created_by == cu.c.user_id)
            .outerjoin(lu, m.c.last_updated_by == lu.c.user_id)
            .order_by(m.c.company_id, m.c.reporting_year, m.c.reporting_quarter, m.c.currency)
            .limit(limit)
            .offset(offset)
        )
        total = select(func.count()).select_from(m)
        if company_id is not None:
            rows = rows.where(m.c.company_id == company_id)
            total = total.where(m.c.company_id == company_id)
        async with engine.connect() as conn:
            found = (await conn.execute(rows)).mappings().all()
            count = (await conn.execute(total)).scalar_one()
        path = request.url.path
        answer = {
            "status": "success",
            "code": 200,
            "message": "Reporting metrics.",
            "data": found,
            "meta": {
                "total_records": count,
                "current_page": offset // limit + 1,
                "limit": limit,
                "offset": offset,
            },
            "links": {"self": f"{path}?limit={limit}&offset={offset}"},
        }
        page = pages[0]
        body = page.dump_json(page.validate_python(answer))
        return Response(body, media_type="application/json")

    return api


async def _tables(engine: AsyncEngine) -> dict[str, Table]:
    """Columns and their types as the database has them."""
    async with engine.connect() as conn:
        await conn.run_sync(
            lambda sync: SCHEMA.reflect(
                sync, schema="company", only=["quarterly_reporting_metrics"], resolve_fks=False
            )
        )
    columns = (Column("user_id", Uuid), Column("display_name", String))
    person = Table("person", SCHEMA, *columns, schema="security")
    return {
        "metrics": SCHEMA.tables["company.quarterly_reporting_metrics"],
        "created": person.alias("cu"),  # type: ignore[dict-item]
        "updated": person.alias("lu"),  # type: ignore[dict-item]
    }


def _page(metrics: Table) -> TypeAdapter[Any]:
    fields: dict[str, Any] = {}
    for column in metrics.columns:
        kind: Any = column.type.python_type
        fields[column.name] = (kind | None, None)
    fields["created_by"] = fields["last_updated_by"] = (str | None, None)
    record = create_model("Record", __config__=ConfigDict(extra="forbid"), **fields)

    class Meta(BaseModel):
        total_records: int
        current_page: int
        limit: int
        offset: int

    class Page(BaseModel):
        status: str
        code: int
        message: str
        data: list[record]  # type: ignore[valid-type]
        meta: Meta
        links: dict[str, str]

    Page.model_rebuild(_types_namespace={"record": record, "Meta": Meta})
    return TypeAdapter(Page)


def main() -> None:
    uvicorn.run(
        app(),
        port=int(os.environ["QUARTERBASE_PORT"]),
        log_config=None,
        access_log=False,
        loop="uvloop",
        http="httptools",
    )


if __name__ == "__main__":
    main()
