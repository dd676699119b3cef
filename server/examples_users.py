"""A user, as the OpenAPI page shows one."""

from __future__ import annotations

from typing import Any

USER_INPUT: dict[str, Any] = {
    "email": "vera@example.com",
    "role": "viewer_scoped",
    "display_name": "Vera Viewer",
    "password": "a long one, please",
    "funds": ["Fund IV"],
}
USER_CHANGE: dict[str, Any] = {"funds": ["Fund IV", "Fund V"], "companies": ["snow"]}
USER: dict[str, Any] = {
    "user_id": "6b1f0b9e-5a0c-4f7e-9f43-0d4c9a1e7b55",
    "email": "vera@example.com",
    "display_name": "Vera Viewer",
    "role": "viewer_scoped",
    "funds": [{"fund_id": "0b0e7c3e-5a4f-4f0c-9c53-7d2f1f3c9a10", "name": "Fund IV"}],
    "companies": [],
    "investors": [],
    "active": True,
    "database_login": None,
    "created_at": "2026-03-02T09:30:00+00:00",
    "last_update_date": None,
    "row_version": 1,
}
