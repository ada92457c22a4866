"""ETag, If-None-Match, If-Match, Cache-Control, and bytes that are made once."""

import pytest
from fastapi import FastAPI
from fastapi.testclient import TestClient

from app.api import conditional
from app.api.answers import Bytes, encode
from app.api.conditional import Matching, etag, etag_of
from app.api.faults import MatchRequired, Stale
from app.api.models import Out
from tests.api import probe
from tests.api.meets import Meets


def test_an_etag_changes_with_position_audience_representation_and_language() -> None:
    tags = {
        etag(7, "public"),
        etag(8, "public"),
        etag(7, "organizer"),
        etag(7, "public", "csv"),
        etag(7, "public", "json", "de"),
    }
    assert len(tags) == 5
    assert all(tag.startswith('"') and tag.endswith('"') and "," not in tag for tag in tags)


def test_an_etag_changes_with_the_build(monkeypatch: pytest.MonkeyPatch) -> None:
    before = etag(7, "public"), etag_of("row")
    conditional._variant.cache_clear()
    with monkeypatch.context() as patch:
        patch.setattr(conditional, "build", lambda: "another")
        assert etag(7, "public") != before[0]
        assert etag_of("row") != before[1]
    conditional._variant.cache_clear()
    assert etag(7, "public") == before[0]


@pytest.mark.parametrize("given", ['"a"', '"b", "a"', ' "a" ', "*", '"b","a","c"'])
def test_if_match_lets_through_what_names_the_state(given: str) -> None:
    Matching(given).require('"a"')


@pytest.mark.parametrize("given", ['"b"', 'W/"a"', "a", "", '"b", W/"a"'])
def test_if_match_is_stale_for_anything_else(given: str) -> None:
    with pytest.raises(Stale, match="fetch it again"):
        Matching(given).require('"a"')


def test_without_if_match_nothing_changes() -> None:
    assert Matching(None).missing
    with pytest.raises(MatchRequired):
        Matching(None).require('"a"')


@pytest.fixture
def address(probing: FastAPI, meets: Meets) -> str:
    return f"/probe/meets/{meets.make(visibility='public')}/answer"


@pytest.mark.parametrize("header", ["{tag}", "W/{tag}", '"x", {tag}', "*"])
def test_who_has_it_already_is_told_so(address: str, anonymous: TestClient, header: str) -> None:
    first = anonymous.get(address)
    again = anonymous.get(address, headers={"If-None-Match": header.format(tag=first.headers["etag"])})
    assert (again.status_code, again.content) == (304, b"")
    for name in ("etag", "cache-control", "vary"):
        assert again.headers[name] == first.headers[name]


def test_who_has_another_state_gets_this_one(address: str, anonymous: TestClient) -> None:
    assert anonymous.get(address, headers={"If-None-Match": '"1-other"'}).status_code == 200


def test_public_answers_may_be_shared_and_others_not(address: str, anonymous: TestClient, client: TestClient) -> None:
    assert anonymous.get(address).headers["cache-control"] == "public, s-maxage=1"
    assert client.get(address).headers["cache-control"] == "private"
    assert anonymous.get(address).headers["vary"] == "Authorization"


def test_the_tag_of_one_audience_does_not_serve_the_other(
    address: str, anonymous: TestClient, client: TestClient
) -> None:
    tag = client.get(address).headers["etag"]
    assert anonymous.get(address, headers={"If-None-Match": tag}).status_code == 200


def test_the_bytes_of_a_state_are_made_once_for_each_audience(
    address: str, anonymous: TestClient, client: TestClient
) -> None:
    for _ in range(3):
        anonymous.get(address)
        client.get(address)
    assert probe.gate.calls == 2


def test_kept_bytes_stay_within_their_budget() -> None:
    kept = Bytes(budget=100)
    for number in range(30):
        kept.keep(f"/{number}", '"a"', b"x" * 10)
        kept.get("/0", '"a"')
    assert sum(kept.get(f"/{number}", '"a"') is not None for number in range(30)) == 10
    assert kept.get("/0", '"a"') is not None
    kept.keep("/0", '"a"', b"y" * 10)
    assert kept.get("/0", '"a"') == b"y" * 10


def test_models_within_other_content_are_encoded() -> None:
    class Small(Out):
        mark: str

    assert encode({"items": [Small(mark="10.00")]}) == b'{"items":[{"mark":"10.00"}]}'
    assert encode(Small(mark="ü")) == '{"mark":"ü"}'.encode()
    with pytest.raises(NotImplementedError):
        encode({"items": [object()]})
