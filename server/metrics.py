"""What Prometheus reads at `/metrics`: requests by route and status, and the connection pool.

A label is never a value of a request: the path is the route's template, so neither an id nor a
stranger's address makes a series.
"""

from __future__ import annotations

from collections.abc import Iterator

from litestar._asgi.utils import wrap_in_exception_handler
from litestar.plugins.prometheus import (
    PrometheusConfig,
    PrometheusController,
    PrometheusMiddleware,
)
from litestar.types import ASGIApp
from prometheus_client import REGISTRY
from prometheus_client.core import GaugeMetricFamily
from prometheus_client.registry import Collector

from server.db import Database

# What a request may take: one call is milliseconds, the statement time-out 30 seconds.
_BUCKETS: list[str | float] = [0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10, 30]
_POOL = {
    "pool_size": ("quarterbase_pool_connections", "Connections to the database."),
    "pool_available": ("quarterbase_pool_connections_idle", "Of those, waiting for a request."),
    "requests_waiting": ("quarterbase_pool_requests_waiting", "Requests without a connection."),
}


class CountedRequests(PrometheusMiddleware):
    """Counts what a caller is answered. A middleware further in that refuses (no token) raises,
    and what is raised has no status until it has become an answer."""

    def __init__(self, app: ASGIApp, config: PrometheusConfig) -> None:
        super().__init__(wrap_in_exception_handler(app), config)


class MetricsPage(PrometheusController):
    """`/metrics`."""

    include_in_schema = False


class PoolGauges(Collector):
    """The pool's own figures at the moment somebody asks."""

    def __init__(self, database: Database) -> None:
        self._database = database

    def __enter__(self) -> None:
        REGISTRY.register(self)

    def __exit__(self, *_: object) -> None:
        REGISTRY.unregister(self)

    def collect(self) -> Iterator[GaugeMetricFamily]:
        figures = self._database.pool_stats()
        for name, (metric, help_text) in _POOL.items():
            yield GaugeMetricFamily(metric, help_text, value=figures.get(name, 0))


count_requests = PrometheusConfig(
    app_name="quarterbase",
    prefix="quarterbase",
    group_path=True,
    buckets=_BUCKETS,
    middleware_class=CountedRequests,
).middleware
