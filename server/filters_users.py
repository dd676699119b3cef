"""The filters of the list of users."""

from __future__ import annotations

from typing import Any

from litestar import Request

from server.filters import Limit, Name, Offset, Sort
from server.filters import link as link_of
from server.schemas.users import Role


def user_filters(
    request: Request[Any, Any, Any],
    role: Role | None = None,
    email: Name = None,
    active: bool | None = None,
    sort: Sort = None,
    limit: Limit = 100,
    offset: Offset = 0,
) -> dict[str, Any]:
    """Arguments of `security.list_users`."""
    return {
        "p_role": role,
        "p_email": email,
        "p_active": active,
        "p_sort": sort,
        "p_limit": limit,
        "p_offset": offset,
        "p_link": link_of(request),
    }
