"""The peer of `POST /v1/input`: the very same server, whose database only inserts.

`bench.submit_metrics_input` takes and answers what the real function does. Its table has the
columns, checks and indexes of the real one and no triggers: nothing is checked against other rows,
nothing is derived.
"""

from __future__ import annotations

from typing import Any
from uuid import UUID

from server import app
from server.db import Answer, Database
from server.serve import main
from tests.bench.server import Platform

REAL, ONLY_INSERTS = "company.submit_metrics_input", "bench.submit_metrics_input"

# Quarter and key come from triggers of the real table: here they come with the insert.
FUNCTION = """
    create or replace function bench.submit_metrics_input({arguments})
    returns table (status integer, etag text, body text)
    language plpgsql volatile security invoker set search_path = '' as $$
    declare v_row bench.metrics_input;
    begin
        insert into bench.metrics_input ({columns}, created_by)
        values ({values}, security.current_user_id())
        returning * into v_row;
        return query select 201, '"1"'::text,
            ops.success_body(201, 'Metrics input created successfully.', to_json(v_row));
    end $$
"""


def prepare(platform: Platform) -> None:
    """Makes schema `bench`; `forget` takes it away again."""
    forget(platform)
    with platform.owner() as conn, conn.transaction():
        row = conn.execute(
            "select pg_get_function_arguments(oid), proargnames[:pronargs] from pg_proc"
            " where oid = 'company.submit_metrics_input'::regproc"
        ).fetchone()
        assert row is not None
        columns = [name.removeprefix("p_") for name in row[1]]
        conn.execute("create schema bench")
        conn.execute("create table bench.metrics_input (like company.metrics_input including all)")
        text = FUNCTION.format(
            arguments=row[0], columns=", ".join(columns), values=", ".join(row[1])
        )
        conn.execute(text.encode())
        conn.execute("grant usage on schema bench to qb_editor")
        conn.execute("grant insert, select on bench.metrics_input to qb_editor")
        conn.execute("grant execute on all functions in schema bench to qb_editor")


def forget(platform: Platform) -> None:
    with platform.owner() as conn, conn.transaction():
        conn.execute("drop schema if exists bench cascade")


class InsertsOnly(Database):
    """The same pool, the same round trip, another function."""

    async def call(self, function: str, user_id: UUID, /, **arguments: Any) -> Answer:
        name = ONLY_INSERTS if function == REAL else function
        return await super().call(name, user_id, **arguments)


if __name__ == "__main__":
    vars(app)["Database"] = InsertsOnly
    main()
