"""What is the same for several operations stands in the document once."""

from typing import Any

from app.api.components import share
from app.api.plainer import plain
from app.api.problems import MEDIA_TYPE
from tests.api.whole import whole

Doc = dict[str, Any]


def problems(*slugs: str) -> Doc:
    examples = {slug: {"summary": slug, "value": {"code": slug}} for slug in slugs}
    return {"description": "Conflict", "content": {MEDIA_TYPE: {"schema": {}, "examples": examples}}}


def one_model(example: Doc) -> Doc:
    schema = {"$ref": "#/components/schemas/HeatOut"}
    tag = {"ETag": {"schema": {"type": "string"}}}
    return {
        "description": "OK",
        "headers": tag,
        "content": {"application/json": {"schema": schema, "example": example}},
    }


def document(*operations: Doc) -> Doc:
    return {"paths": {f"/{at}": {"get": one} for at, one in enumerate(operations)}, "components": {}}


def test_nothing_of_it_is_lost() -> None:
    def fresh() -> Doc:
        limit = {"name": "limit", "in": "query", "schema": {"type": "integer"}}
        return document(
            {"parameters": [limit], "responses": {"200": one_model({"number": 1}), "409": problems("stale", "closed")}},
            {"parameters": [limit], "responses": {"200": one_model({"number": 1}), "409": problems("closed", "stale")}},
            {"responses": {"200": one_model({"number": 2}), "304": {"description": "Not Modified"}}},
        )

    shared, before = fresh(), fresh()
    share(shared)
    first, second, third = (item["get"] for item in shared["paths"].values())
    assert first == second
    assert first["parameters"] == [{"$ref": "#/components/parameters/query-limit"}]
    assert first["responses"]["409"] == {"$ref": "#/components/responses/closed-or-stale"}
    assert first["responses"]["200"]["headers"] == {"ETag": {"$ref": "#/components/headers/ETag"}}
    assert third["responses"]["304"] == {"description": "Not Modified"}
    assert whole(shared, third) == before["paths"]["/2"]["get"]
    opened, was = whole(shared, first), before["paths"]["/0"]["get"]
    assert (opened["parameters"], opened["responses"]["409"]) == (was["parameters"], was["responses"]["409"])
    media = opened["responses"]["200"]["content"]["application/json"]
    assert media["examples"] == {"HeatOut": {"value": {"number": 1}}}


def test_of_two_meanings_of_a_name_the_commoner_is_shared() -> None:
    bib: Doc = {"name": "bib", "in": "query", "description": "Wears it.", "schema": {}}
    chips = bib | {"description": "Chips of who wears it."}
    made = document(*({"parameters": [one], "responses": {}} for one in (chips, bib, bib)))
    share(made)
    assert [item["get"]["parameters"][0] for item in made["paths"].values()] == [
        chips,
        *[{"$ref": "#/components/parameters/query-bib"}] * 2,
    ]
    assert made["components"]["parameters"] == {"query-bib": bib}


def test_a_schema_says_each_thing_once() -> None:
    card: Doc = {"anyOf": [{"enum": ["YC"], "type": "string"}, {"type": "null"}], "title": "Card"}
    schema: Doc = {
        "title": "Ruling",
        "properties": {
            "title": {"title": "Title", "type": "string"},
            "elapsed_us": {"title": "Elapsed Us", "anyOf": [{"type": "integer", "minimum": 0}, {"type": "null"}]},
            "at": {"title": "When", "type": "string"},
            "cards": {"title": "Cards", "type": "array", "items": card},
        },
    }
    plain(schema)
    assert schema == {
        "title": "Ruling",
        "properties": {
            "title": {"type": "string"},
            "elapsed_us": {"type": ["integer", "null"], "minimum": 0},
            "at": {"title": "When", "type": "string"},
            "cards": {"type": "array", "items": card},
        },
    }
