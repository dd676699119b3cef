"""`/docs` works offline and under a strict content security policy."""

from __future__ import annotations

import re

import httpx


def test_the_front_page_leads_to_the_docs(anyone: httpx.Client) -> None:
    answer = anyone.get("/")
    assert answer.is_redirect
    assert answer.headers["location"] == "/docs"


def test_the_docs_page_loads_everything_from_here(anyone: httpx.Client) -> None:
    page = anyone.get("/docs")
    assert page.headers["content-type"].startswith("text/html")
    assert "://" not in page.text.replace("http-equiv", "")
    addresses = re.findall(r'(?:src|href)="([^"]+)"', page.text)
    assert len(addresses) == 5
    for address in addresses:
        answer = anyone.get(address)
        assert answer.status_code == 200, address
        assert len(answer.content) > 100


def test_the_docs_page_has_no_inline_script_and_allows_none(anyone: httpx.Client) -> None:
    page = anyone.get("/docs")
    assert re.findall(r"<script(?![^>]*\ssrc=)", page.text) == []
    assert re.findall(r"\son\w+=", page.text) == []
    policy = dict(
        part.strip().split(" ", 1) for part in page.headers["content-security-policy"].split(";")
    )
    assert policy["default-src"] == "'none'"
    assert policy["script-src"] == "'self'"
    assert policy["connect-src"] == "'self'"
    assert policy["img-src"] == "'self' data:"


def test_versioned_files_are_kept_and_ours_are_not_for_long(anyone: httpx.Client) -> None:
    bundle = re.findall(r'src="(/static/swagger[^"]+)"', anyone.get("/docs").text)[0]
    assert "immutable" in anyone.get(bundle).headers["cache-control"]
    assert "max-age=300" in anyone.get("/static/docs.js").headers["cache-control"]


def test_files_outside_the_static_folder_are_not_served(anyone: httpx.Client) -> None:
    for address in ("/static/..%2fdocs.html", "/static/%2e%2e/docs.py", "/static//etc/passwd"):
        assert anyone.get(address).status_code == 404


def test_the_docs_read_the_openapi_document_of_this_server(anyone: httpx.Client) -> None:
    script = anyone.get("/static/docs.js").text
    assert "'/schema/openapi.json'" in script
    document = anyone.get("/schema/openapi.json").json()
    assert document["openapi"].startswith("3.1")
    assert document["info"]["title"] == "Quarterbase"
