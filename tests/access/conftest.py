"""A real API for the matrix of routes."""

from __future__ import annotations

from tests.server.conftest import api

__all__ = ["api"]
