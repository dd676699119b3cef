"""Shapes of the people of the platform."""

from __future__ import annotations

from datetime import datetime
from typing import Annotated, Literal
from uuid import UUID

from msgspec import UNSET, Meta, Struct, UnsetType

from server.passwords import SHORTEST_PASSWORD

Role = Literal[
    "admin",
    "editor",
    "viewer",
    "auditor",
    "submitter",
    "investor",
    "editor_scoped",
    "viewer_scoped",
]
Email = Annotated[str, Meta(min_length=3, max_length=320)]
DisplayName = Annotated[str, Meta(min_length=1, max_length=200)]
Password = Annotated[str, Meta(min_length=SHORTEST_PASSWORD, max_length=1024)]
FundName = Annotated[str, Meta(min_length=1, max_length=200)]
CompanyId = Annotated[str, Meta(min_length=1, max_length=200)]
Funds = Annotated[list[FundName], Meta(max_length=1000)]
Companies = Annotated[list[CompanyId], Meta(max_length=10_000)]
InvestorCode = Annotated[str, Meta(min_length=1, max_length=100)]
Investors = Annotated[list[InvestorCode], Meta(max_length=1000)]


class UserInput(Struct, frozen=True, forbid_unknown_fields=True):
    """A user to create. `editor_scoped` and `viewer_scoped` are narrowed to `funds` (names or
    ids), `companies` or both, a `submitter` to `companies`; an `investor` acts for `investors`
    (codes or ids). Without a password the user logs in by an identity provider only."""

    email: Email
    role: Role
    display_name: DisplayName | UnsetType = UNSET
    password: Password | UnsetType = UNSET
    funds: Funds | UnsetType = UNSET
    companies: Companies | UnsetType = UNSET
    investors: Investors | UnsetType = UNSET


class UserChange(Struct, frozen=True, forbid_unknown_fields=True):
    """What changes about a user. A key that is absent stays as it is; a list is replaced. A
    narrowed user comes to see the whole firm by a role with `funds` and `companies` both empty, an
    investor by one with `investors` empty."""

    email: Email | UnsetType = UNSET
    role: Role | UnsetType = UNSET
    display_name: DisplayName | UnsetType = UNSET
    password: Password | UnsetType = UNSET
    funds: Funds | UnsetType = UNSET
    companies: Companies | UnsetType = UNSET
    investors: Investors | UnsetType = UNSET
    active: bool | UnsetType = UNSET


class UserFund(Struct, frozen=True, forbid_unknown_fields=True):
    """A fund that a narrowed user sees whole."""

    fund_id: UUID
    name: str


class UserInvestor(Struct, frozen=True, forbid_unknown_fields=True):
    """An investor that a user with the role investor acts for."""

    investor_id: UUID
    investor_code: str
    name: str


class User(Struct, frozen=True, forbid_unknown_fields=True):
    """A person or BI service. `database_login` is the PostgreSQL login, null for most."""

    user_id: UUID
    email: str
    display_name: str
    role: Role
    funds: list[UserFund]
    companies: list[str]
    investors: list[UserInvestor]
    active: bool
    database_login: str | None
    created_at: datetime
    last_update_date: datetime | None
    row_version: int
