"""Bad requests: each a clear problem, nothing stored."""

import pytest
from fastapi import FastAPI
from fastapi.testclient import TestClient
from httpx2 import Response

JSON = {"Content-Type": "application/json"}


@pytest.fixture
def probe(probing: FastAPI, client: TestClient) -> TestClient:
    return client


def code(answer: Response) -> tuple[int, str]:
    assert answer.headers["content-type"] == "application/problem+json"
    return answer.status_code, answer.json()["code"]


def errors(answer: Response) -> list[tuple[str | None, str]]:
    return [(one["pointer"], one["code"]) for one in answer.json()["errors"]]


@pytest.mark.parametrize(
    "body", ["{", "", "[1,", b"\xff\xfe{}", "[" * 100_000], ids=["cut", "empty", "list", "not-utf8", "deep"]
)
def test_a_body_that_is_no_json_is_refused(probe: TestClient, body: str | bytes) -> None:
    answer = probe.post("/probe/echo", content=body, headers=JSON)
    assert answer.status_code in (400, 422)
    assert answer.headers["content-type"] == "application/problem+json"


def test_malformed_json_says_where(probe: TestClient) -> None:
    answer = probe.post("/probe/echo", content='{"text" "x"}', headers=JSON)
    assert code(answer) == (400, "malformed_body")
    assert "character 8" in answer.json()["detail"]


def test_an_unknown_field_is_refused_by_name(probe: TestClient) -> None:
    answer = probe.post("/probe/echo", json={"text": "x", "lanee": 4})
    assert code(answer) == (422, "invalid_request")
    assert errors(answer) == [("/lanee", "unknown_field")]


def test_all_faults_are_named_at_once(probe: TestClient) -> None:
    answer = probe.post("/probe/echo", json={"bib": 7, "chips": ["A", 3], "elapsed_us": 1.5})
    assert errors(answer) == [
        ("/text", "missing"),
        ("/bib", "string_type"),
        ("/elapsed_us", "int_type"),
        ("/chips/1", "string_type"),
        ("/chips", "literal_error"),
    ]


@pytest.mark.parametrize("value", ["1", 1.0, True, 2**53, -(2**70), None.__class__.__name__])
def test_a_number_is_an_integer_that_json_keeps_exact_and_nothing_else(probe: TestClient, value: object) -> None:
    assert probe.post("/probe/echo", json={"text": "x", "elapsed_us": value}).status_code == 422


@pytest.mark.parametrize("text", ["a\nb", "a\x00b", "\x1b[2J", "a\x7fb", "", "x" * 201])
def test_a_text_is_one_line_of_some_length(probe: TestClient, text: str) -> None:
    assert code(probe.post("/probe/echo", json={"text": text})) == (422, "invalid_request")


def test_half_a_surrogate_pair_is_no_text(probe: TestClient) -> None:
    answer = probe.post("/probe/echo", content=r'{"text": "\ud800"}', headers=JSON)
    assert code(answer) == (422, "invalid_request")


def test_names_of_every_script_are_text(probe: TestClient) -> None:
    for name in ("Ingrid Løvås", "محمد", "李娜", "O’Brien 🏃"):
        assert probe.post("/probe/echo", json={"text": name}).json()["text"] == name


@pytest.mark.parametrize("kind", ["text/plain", "application/x-www-form-urlencoded", "", "application/jsonx"])
def test_a_body_of_another_type_is_refused(probe: TestClient, kind: str) -> None:
    answer = probe.post("/probe/echo", content='{"text": "x"}', headers={"Content-Type": kind})
    assert code(answer) == (415, "unsupported_media_type")


@pytest.mark.parametrize("kind", ["application/json; charset=utf-8", "application/merge-patch+json"])
def test_json_by_another_name_is_json(probe: TestClient, kind: str) -> None:
    answer = probe.post("/probe/echo", content='{"text": "x"}', headers={"Content-Type": kind})
    assert answer.status_code == 200


def test_an_unknown_parameter_is_refused_and_the_known_ones_named(probe: TestClient) -> None:
    answer = probe.get("/probe/numbers", params={"limti": 5})
    assert code(answer) == (400, "unknown_parameter")
    assert answer.json()["errors"][0]["parameter"] == "limti"
    assert "cursor, kind, limit" in answer.json()["detail"]


def test_a_parameter_given_twice_is_refused(probe: TestClient) -> None:
    assert code(probe.get("/probe/numbers?limit=5&limit=6")) == (400, "repeated_parameter")


def test_a_parameter_of_the_wrong_shape_is_refused_by_name(probe: TestClient) -> None:
    answer = probe.get("/probe/numbers", params={"limit": "many"})
    assert code(answer) == (422, "invalid_request")
    assert answer.json()["errors"][0]["parameter"] == "limit"


@pytest.mark.parametrize("path", ["/probe/numbers?kind=%00", "/probe/heats/%00"])
def test_a_nul_in_an_address_is_refused(probe: TestClient, path: str) -> None:
    assert code(probe.get(path)) == (400, "bad_request")


def test_a_body_above_the_limit_is_refused(probe: TestClient) -> None:
    big = b'{"text": "' + b"x" * (1 << 20) + b'"}'
    assert code(probe.post("/probe/echo", content=big, headers=JSON)) == (413, "too_large")


def test_a_body_above_the_limit_is_refused_without_a_length_too(probe: TestClient) -> None:
    pieces = (b"x" * 65_536 for _ in range(40))
    assert code(probe.post("/probe/echo", content=pieces, headers=JSON)) == (413, "too_large")


def test_a_refusal_with_too_large_a_body_is_a_problem_document_too(anonymous: TestClient) -> None:
    answer = anonymous.post("/v1/organizations", content=b"x" * (2 << 20), headers=JSON)
    assert code(answer)[0] in (401, 413)


def test_an_address_that_is_not_served_is_a_problem_document(client: TestClient) -> None:
    assert code(client.get("/v1/race-results/")) == (404, "no_such_address")


def test_a_method_that_is_not_possible_names_those_that_are(client: TestClient) -> None:
    answer = client.put("/v1/organizations")
    assert code(answer) == (405, "method_not_allowed")
    assert answer.headers["allow"] == "GET, POST"


def test_a_word_in_an_address_is_not_taken_for_an_id(client: TestClient) -> None:
    assert client.put("/v1/meets/archive").headers["allow"] == "POST"


def test_a_mistake_of_ours_is_a_problem_that_tells_nothing_but_its_request_id(
    probe: TestClient, capsys: pytest.CaptureFixture[str]
) -> None:
    answer = probe.get("/probe/broken")
    assert code(answer) == (500, "unexpected")
    assert "canary" not in answer.text
    logged = "".join(capsys.readouterr())
    assert "canary" in logged
    assert answer.json()["request_id"] in logged


def test_every_answer_carries_safe_headers_and_its_request_id(probe: TestClient) -> None:
    for path in ("/healthz", "/docs", "/nope", "/probe/broken", "/v1/organizations"):
        headers = probe.get(path).headers
        assert headers["content-security-policy"].startswith("default-src 'none'")
        assert "unsafe" not in headers["content-security-policy"]
        assert headers["x-content-type-options"] == "nosniff"
        assert headers["referrer-policy"] == "no-referrer"
        assert len(headers["x-request-id"]) == 16
        assert "access-control-allow-origin" not in headers
        assert "strict-transport-security" not in headers


def test_over_tls_the_browser_is_told_to_stay_there(app: FastAPI) -> None:
    with TestClient(app, base_url="https://timing.test") as client:
        assert client.get("/nope").headers["strict-transport-security"] == "max-age=31536000"


def test_what_says_nothing_else_is_not_kept_by_caches(client: TestClient) -> None:
    assert client.post("/v1/organizations", json={"name": "B"}).headers["cache-control"] == "no-store"
