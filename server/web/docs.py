"""`/docs`: Swagger UI from an installed package, started by a script of ours."""

from __future__ import annotations

from importlib.metadata import version
from importlib.util import find_spec
from pathlib import Path

from litestar import MediaType, Response, get
from litestar.datastructures import CacheControlHeader
from litestar.response import Redirect
from litestar.static_files import create_static_files_router

_PACKAGE = "mkdocs-swagger-ui-tag"
_HERE = Path(__file__).parent
# Swagger UI writes style attributes; everything else is as strict as for any other page.
_CSP = (
    "default-src 'none'; script-src 'self'; style-src 'self' 'unsafe-inline'; "
    "img-src 'self' data:; connect-src 'self'; base-uri 'none'; form-action 'none'; "
    "frame-ancestors 'none'"
)


def packaged(package: str, folder: str) -> Path:
    """Found without importing the package, which is a plugin of a tool we do not have."""
    spec = find_spec(package.replace("-", "_"))
    if spec is None or spec.origin is None:
        raise RuntimeError(f"{package} is not installed")
    return Path(spec.origin).parent / folder


# The version in the address lets browsers keep the files for good.
_SWAGGER = f"/static/swagger-ui/{version(_PACKAGE)}"
_PAGE = (_HERE / "docs.html").read_text().replace("{swagger}", _SWAGGER)

swagger_files = create_static_files_router(
    path=_SWAGGER,
    directories=[packaged(_PACKAGE, "swagger-ui")],
    cache_control=CacheControlHeader(max_age=31_536_000, public=True, immutable=True),
    include_in_schema=False,
    name="swagger",
)
own_files = create_static_files_router(
    path="/static",
    directories=[_HERE / "static"],
    cache_control=CacheControlHeader(max_age=300, public=True),
    include_in_schema=False,
    name="static",
)


@get("/docs", include_in_schema=False, sync_to_thread=False)
def docs() -> Response[str]:
    headers = {"Content-Security-Policy": _CSP, "Cache-Control": "no-cache"}
    return Response(_PAGE, media_type=MediaType.HTML, headers=headers)


@get("/", include_in_schema=False, sync_to_thread=False)
def front_page() -> Redirect:
    return Redirect("/docs", status_code=307)
