"""Documentation without a network."""

import json
import re

import pytest
from fastapi.testclient import TestClient

from app.api.docs import STATIC


def test_the_document_is_served(anonymous: TestClient) -> None:
    document = anonymous.get("/v1/openapi.json").json()
    assert document["openapi"].startswith("3.1")
    assert "/v1/tokens" in document["paths"]


def test_whoever_opens_the_address_is_sent_to_the_reader(anonymous: TestClient) -> None:
    answer = anonymous.get("/", follow_redirects=False)
    assert (answer.status_code, answer.headers["location"]) == (303, "/docs")
    assert anonymous.get("/", follow_redirects=True).headers["content-type"].startswith("text/html")


def test_the_reader_and_its_files_are_served(anonymous: TestClient) -> None:
    page = anonymous.get("/docs")
    assert page.headers["content-type"] == "text/html; charset=utf-8"
    for path in re.findall(r'(?:src|href)="(/docs/[^"]+)"', page.text):
        assert anonymous.get(path).status_code == 200
    assert anonymous.get("/docs/docs.js").headers["content-type"].startswith("text/javascript")
    assert anonymous.get("/docs/docs.css").headers["content-type"].startswith("text/css")


@pytest.mark.parametrize("name", ["passwd", "..%2fdocs.py", "docs.py"])
def test_no_other_file_is(anonymous: TestClient, name: str) -> None:
    assert anonymous.get(f"/docs/{name}").status_code == 404


def test_nothing_comes_from_elsewhere() -> None:
    for name, content in STATIC.items():
        assert not re.search(rb"https?://|//[a-z]+\.", content), name


def test_the_pages_need_nothing_that_the_policy_forbids() -> None:
    page = STATIC["docs.html"].decode()
    assert not re.search(r"<script(?![^>]*\bsrc=)|\son\w+=|\sstyle=|<style", page)
    assert not re.search(r"innerHTML|outerHTML|insertAdjacent|document\.write|\beval\b", STATIC["docs.js"].decode())


def test_the_reader_can_be_used_with_a_screen_reader_and_keys() -> None:
    page = STATIC["docs.html"].decode()
    for needed in ('lang="en"', '<label for="filter">', 'role="status"', 'class="skip"', "<main", "<noscript>"):
        assert needed in page


def test_problems_say_nothing_that_was_sent(anonymous: TestClient) -> None:
    page = anonymous.get("/problems/%3Cscript%3E")
    assert page.status_code == 404
    assert page.headers["content-type"] == "application/problem+json"
    json.loads(page.text)


def test_models_within_models_and_limits_are_drawn() -> None:
    script = STATIC["docs.js"].decode()
    for limit in ("default", "minimum", "maximum", "minLength", "maxLength", "minItems", "maxItems"):
        assert f'"{limit}"' in script
    assert "models(one).map(nested)" in script
    assert "limits(one)" in script
