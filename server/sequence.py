"""One dependency of a handler after the other, instead of a group of tasks for them.

Ours (the pool, the user, what a query holds) wait for nothing, and starting three tasks a request
costs more than all of them. Litestar sorts dependencies into batches when it builds its routes:
this splits the batches. Should a later Litestar keep them elsewhere, requests are slower and right.
"""

from __future__ import annotations

from litestar import Litestar
from litestar.routes import HTTPRoute


def resolve_in_sequence(app: Litestar) -> Litestar:
    """The same application; its handlers get their arguments in order."""
    for route in app.routes:
        if isinstance(route, HTTPRoute):
            for _, model in route.route_handler_map.values():
                model.dependency_batches = [
                    {dependency} for batch in model.dependency_batches for dependency in batch
                ]
    return app
