"""Pages and their cursors."""

import base64
from typing import Any
from urllib.parse import quote

import pytest
from fastapi import FastAPI
from fastapi.testclient import TestClient

from app.api.faults import BadCursor
from app.api.page import PageAsked


@pytest.fixture
def probe(probing: FastAPI, client: TestClient) -> TestClient:
    return client


def pages(client: TestClient, **query: Any) -> list[Any]:
    found = [client.get("/probe/numbers", params=query).json()]
    while cursor := found[-1]["next_cursor"]:
        found.append(client.get("/probe/numbers", params=query | {"cursor": cursor}).json())
    return found


@pytest.mark.parametrize(("limit", "count"), [(1, 120), (50, 3), (119, 2), (120, 1), (500, 1)])
def test_the_pages_together_are_the_list(probe: TestClient, limit: int, count: int) -> None:
    found = pages(probe, limit=limit)
    assert [number for page in found for number in page["items"]] == list(range(120))
    assert len(found) == count


def test_a_page_holds_fifty_unless_told_otherwise(probe: TestClient) -> None:
    assert len(probe.get("/probe/numbers").json()["items"]) == 50


@pytest.mark.parametrize("limit", [0, -1, 501, 10**30])
def test_a_limit_outside_1_to_500_is_refused(probe: TestClient, limit: int) -> None:
    assert probe.get("/probe/numbers", params={"limit": limit}).status_code == 422


def test_the_cursor_of_a_derived_list_pins_its_position(probe: TestClient) -> None:
    assert {page["seq"] for page in pages(probe, limit=40)} == {7}


def cursor_of(client: TestClient, **query: Any) -> str:
    return client.get("/probe/numbers", params={"limit": 10} | query).json()["next_cursor"]


def test_a_cursor_goes_with_another_limit(probe: TestClient) -> None:
    page = probe.get("/probe/numbers", params={"limit": 3, "cursor": cursor_of(probe)}).json()
    assert page["items"] == [10, 11, 12]


def test_a_cursor_of_another_filter_is_refused(probe: TestClient) -> None:
    refused = probe.get("/probe/numbers", params={"kind": "b", "cursor": cursor_of(probe, kind="a")})
    assert (refused.status_code, refused.json()["code"]) == (400, "bad_cursor")


def test_a_cursor_of_another_list_is_refused(probe: TestClient) -> None:
    assert probe.get("/v1/organizations", params={"cursor": cursor_of(probe)}).status_code == 400


def test_a_changed_cursor_is_refused(probe: TestClient) -> None:
    raw = base64.urlsafe_b64decode(cursor_of(probe) + "==")
    changed = base64.urlsafe_b64encode(raw.replace(b"10", b"99")).rstrip(b"=").decode()
    assert probe.get("/probe/numbers", params={"cursor": changed}).status_code == 400


@pytest.mark.parametrize("cursor", ["", "x", "e30", "====", "ü", "A" * 399, "A" * 401, "null"])
def test_a_cursor_that_was_never_given_out_is_refused(probe: TestClient, cursor: str) -> None:
    assert probe.get(f"/probe/numbers?cursor={quote(cursor)}").status_code in (400, 422)


def test_a_place_in_a_list_of_several_things_is_of_their_kinds() -> None:
    assert PageAsked(10, None, None, b"").key(int, str) is None
    assert PageAsked(10, (3, "7"), None, b"").key(int, str) == (3, "7")
    for after in ((3, 7), (3,), (3, "7", 1), "7", 3):
        with pytest.raises(BadCursor):
            PageAsked(10, after, None, b"").key(int, str)
    with pytest.raises(BadCursor):
        _ = PageAsked(10, (3, "7"), None, b"").offset
