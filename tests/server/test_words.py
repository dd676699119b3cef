"""Who reads the contract of the fund and ledger rooms finds words for all that can be sent there,
for all that is answered, and for every operation; and the words are true of what there is."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any

import httpx
import msgspec
import pytest

from db.settings import ROOT
from server.words.document import OPERATIONS, WORDS
from server.words.fund_terms import DEFAULTS, TERMS
from server.words.shared import FIELDS, PARAMETERS
from tests.server.test_contract import operations

Document = dict[str, Any]
ROOMS = ("/v1/funds", "/v1/investors")
# Choices that say what they mean.
PLAIN = {"FundChange.status", "FundInput.status", "InvestorChange.investor_type"}
PLAIN |= {"InvestorInput.investor_type"}


@pytest.fixture(scope="module")
def document(api: Any) -> Document:
    found: Document = httpx.get(f"{api.url}/schema/openapi.json").json()
    return found


@pytest.fixture(scope="module")
def told(document: Document) -> list[tuple[str, Document]]:
    """Method and operation of the two rooms."""
    found = [(m, o) for m, path, o in operations(document) if path.startswith(ROOMS)]
    assert len(found) >= 48
    return found


def named(document: Document, schema: Any) -> Iterator[str]:
    """Names of the shapes that a schema is made of, however deep."""
    seen: set[str] = set()
    waiting = [schema]
    while waiting:
        part = waiting.pop()
        if isinstance(part, list):
            waiting += part
        elif isinstance(part, dict):
            waiting += part.values()
            name = str(part.get("$ref", "")).rpartition("/")[2]
            if name and name not in seen:
                seen.add(name)
                yield name
                waiting.append(document["components"]["schemas"][name])


def fields(document: Document, shapes: set[str]) -> Iterator[tuple[str, bool, Document]]:
    """`Shape.field`, whether it has to be sent, and its schema."""
    for shape in sorted(shapes):
        schema = document["components"]["schemas"][shape]
        for name, field in schema.get("properties", {}).items():
            yield f"{shape}.{name}", name in schema.get("required", ()), field


def sent(document: Document, told: list[tuple[str, Document]], *methods: str) -> set[str]:
    bodies = [o["requestBody"] for m, o in told if m in methods and "requestBody" in o]
    assert bodies
    return set(named(document, bodies))


def answered(document: Document, told: list[tuple[str, Document]]) -> set[str]:
    """What stands in `data`: the envelope around it is everybody's."""
    found: set[str] = set()
    for _, operation in told:
        for status, response in operation["responses"].items():
            if status < "300":
                schema = response["content"]["application/json"]["schema"]
                envelope = document["components"]["schemas"][schema["$ref"].rpartition("/")[2]]
                found |= set(named(document, envelope["properties"]["data"]))
    return found


def test_every_field_that_is_sent_or_answered_is_described(
    document: Document, told: list[tuple[str, Document]]
) -> None:
    bodies = sent(document, told, "post", "patch")
    assert {"TermsInput", "FeeStepInput", "CloseExcuse", "LineInput", "ContactChange"} <= bodies
    answers = answered(document, told)
    assert {"Terms", "Position", "CalledPartner", "NavLine", "PartnerCapital"} <= answers
    found = list(fields(document, bodies | answers))
    assert len(found) > 500
    assert [name for name, _, field in found if not field.get("description")] == []


def test_every_field_that_may_be_left_out_says_what_it_then_is(
    document: Document, told: list[tuple[str, Document]]
) -> None:
    silent = [
        name
        for name, is_needed, field in fields(document, sent(document, told, "post"))
        if not is_needed and "left out" not in field["description"].lower()
    ]
    assert silent == []


def test_every_choice_that_is_sent_is_explained(
    document: Document, told: list[tuple[str, Document]]
) -> None:
    silent = [
        (name, choice)
        for name, _, field in fields(document, sent(document, told, "post", "patch"))
        if name not in PLAIN
        for kind in (field, *field.get("oneOf", ()))
        for choice in kind.get("enum", ())
        if isinstance(choice, str) and f"`{choice}`" not in field["description"]
    ]
    assert silent == []


def test_every_operation_and_parameter_is_described(told: list[tuple[str, Document]]) -> None:
    for method, operation in told:
        words = operation.get("description", "")
        assert len(words) > 20, operation["operationId"]
        for parameter in operation.get("parameters", ()):
            assert parameter.get("description"), (operation["operationId"], parameter["name"])
        writes = method != "get"
        assert (
            "`preview=true`" in words,
            "same `Idempotency-Key`" in words,
            "Refused, among others: `" in words,
        ) == (writes, writes, writes or "Refused" in words), operation["operationId"]


def test_an_event_says_that_it_keeps_its_key_and_a_record_that_it_does_not(
    told: list[tuple[str, Document]],
) -> None:
    for _, operation in told:
        words = operation["description"]
        is_once = "`event_key_unique`" in words or "`entry_key_unique`" in words
        assert is_once == ("sent again after days" in words), operation["operationId"]


def test_no_words_are_left_without_what_they_are_of(document: Document) -> None:
    for shape, words in WORDS.items():
        known = {field.name for field in msgspec.structs.fields(shape)}
        assert words.keys() <= known, shape
    every = [operation for _, _, operation in operations(document)]
    assert OPERATIONS.keys() <= {operation["operationId"] for operation in every}
    given = {p["name"] for operation in every for p in operation.get("parameters", ())}
    assert PARAMETERS.keys() <= given
    shapes = document["components"]["schemas"].values()
    assert FIELDS.keys() <= {name for shape in shapes for name in shape.get("properties", ())}


def test_what_words_name_is_there(document: Document, told: list[tuple[str, Document]]) -> None:
    """Rules, fields, choices and parameters stand in backticks: what is renamed is found."""
    folders = (ROOT / "procedures", ROOT / "views", ROOT / "db")
    sql = " ".join(p.read_text() for f in folders for p in sorted(f.rglob("*.sql")))
    rules = set(re.findall(r"constraint (?:= ')?([a-z0-9_]+)", sql))
    assert {rule for words in OPERATIONS.values() for rule in words.refusals.split()} <= rules
    known = set(re.findall(r"[a-z0-9_]+", sql)) | {"preview=true", "limited_only=true", "*"}
    known |= {"Idempotency-Key", "act/365", "act/360", "act/act", "30/360"} | set(DEFAULTS.values())
    known |= {p["name"] for _, operation in told for p in operation.get("parameters", ())}
    shapes = sent(document, told, "post", "patch") | answered(document, told)
    texts = [field["description"] for _, _, field in fields(document, shapes)]
    texts += [operation["description"] for _, operation in told]
    names = {name for text in texts for name in re.findall(r"`([^`]+)`", text)}
    assert len(names) > 150
    assert names - known == set()


def test_defaults_of_terms_are_those_of_the_database(api: Any) -> None:
    kept = api.run(
        "select jsonb_object_agg(a.attname, pg_get_expr(d.adbin, d.adrelid)) "
        "from pg_attribute as a left join pg_attrdef as d on a.attrelid = d.adrelid "
        "and a.attnum = d.adnum where a.attrelid = 'fund.terms'::regclass and a.attnum > 0"
    )
    assert kept.keys() >= TERMS.keys() - {"fee_schedule"}
    for name in TERMS.keys() - {"fee_schedule", "valid_from"}:
        default = kept[name] and api.run(f"select ({kept[name]})::text")
        words = default and default.strip("{}").replace(",", ", ")
        assert DEFAULTS.get(name) == words, name
