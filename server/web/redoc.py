"""`/redoc`: the contract to read, drawn by ReDoc from an installed package, without a network."""

from __future__ import annotations

from importlib.metadata import version
from pathlib import Path

from litestar import MediaType, Response, get
from litestar.datastructures import CacheControlHeader
from litestar.static_files import create_static_files_router

from server.web.docs import packaged

_PACKAGE = "mkdocs-redoc-tag"
_HERE = Path(__file__).parent
# ReDoc writes style elements, and searches in a worker that it makes from a blob. It also asks a
# CDN for a logo beside its name; the policy stops that, and it leaves the logo out.
_CSP = (
    "default-src 'none'; script-src 'self'; style-src 'unsafe-inline'; img-src 'self' data:; "
    "connect-src 'self'; worker-src blob:; base-uri 'none'; form-action 'none'; "
    "frame-ancestors 'none'"
)
_REDOC = f"/static/redoc/{version(_PACKAGE)}"
_PAGE = (_HERE / "redoc.html").read_text().replace("{redoc}", _REDOC)

redoc_files = create_static_files_router(
    path=_REDOC,
    directories=[packaged(_PACKAGE, "redoc") / "javascripts"],
    cache_control=CacheControlHeader(max_age=31_536_000, public=True, immutable=True),
    include_in_schema=False,
    name="redoc",
)


@get("/redoc", include_in_schema=False, sync_to_thread=False)
def redoc() -> Response[str]:
    headers = {"Content-Security-Policy": _CSP, "Cache-Control": "no-cache"}
    return Response(_PAGE, media_type=MediaType.HTML, headers=headers)
