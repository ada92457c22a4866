"""Organizations are the administrator's."""

from fastapi.testclient import TestClient

from app.operations.access import HOME


def test_an_organization_is_made_found_and_renamed(client: TestClient) -> None:
    made = client.post("/v1/organizations", json={"name": "Bergen Bakover"}).json()
    url = f"/v1/organizations/{made['id']}"
    found = client.get(url)
    assert found.json() == made
    renamed = client.patch(url, json={"name": "Bergen"}, headers={"If-Match": found.headers["etag"]})
    assert renamed.json() == made | {"name": "Bergen"}
    assert client.patch(url, json={"name": "x"}, headers={"If-Match": found.headers["etag"]}).status_code == 412
    assert client.patch(url, json={"name": "x"}).status_code == 428


def test_the_administrators_own_is_there_from_the_start(client: TestClient) -> None:
    assert [item["id"] for item in client.get("/v1/organizations").json()["items"]] == [HOME]


def test_what_is_not_there_is_not_found(client: TestClient) -> None:
    assert client.get("/v1/organizations/org_nowhere").status_code == 404


def test_nobody_else_sees_them(anonymous: TestClient) -> None:
    assert anonymous.get("/v1/organizations").status_code == 401
