"""What sheets look like, over HTTP: chosen, shown on every sheet, refused by name, kept in an archive."""

from gzip import decompress as gunzip
from typing import Any

import pytest
from httpx2 import Response
from starlette.testclient import TestClient

from app.api.schemas.design import DesignOut
from app.sheets.pdf.logo import EXAMPLE, MOST_BYTES, PNG, SVG
from tests.api.organizer import Organizer, problem
from tests.api.races import Track, show, track
from tests.sheets.pdf.reading import reader, said, texts
from tests.sheets.pdf.samples import png

DESIGN = {
    "colour": "#064e3b",
    "accent": "#7c2d12",
    "paper": "Letter",
    "meet_address": "https://live.example.org/{meet_id}",
    "event_address": "https://live.example.org/{meet_id}/{event_id}",
}
SHAPES = EXAMPLE.encode()
SHEETS = ("heats/{heat}/sheets/results", "events/{event}/sheets/results", "meets/{meet}/sheets/medals")


@pytest.fixture
def race(client: TestClient) -> Track:
    return track(Organizer(client), ("1", "2"))


@pytest.fixture
def path(race: Track) -> str:
    return f"/meets/{race.meet}/design"


def put_logo(client: TestClient, path: str, data: bytes, media: str = PNG, match: str | None = None) -> Response:
    headers = {"Content-Type": media} | ({"If-Match": match} if match else {})
    return client.put(f"/v1{path}/logo", content=data, headers=headers)


def sheets(race: Track, format: str) -> list[Response]:
    where = {"heat": race.heats[0], "event": race.event, "meet": race.meet}
    return [race.organizer.client.get(f"/v1/{one.format(**where)}.{format}") for one in SHEETS]


def shown(answer: Response) -> tuple[float, list[Any], str]:
    """Width of the paper, the logos and the link of the first page."""
    page: Any = reader(answer.content).pages[0]
    links = [str(note.get_object()["/A"]["/URI"]) for note in page.get("/Annots", ()) if "/A" in note.get_object()]
    return float(page.mediabox.width), list(page["/Resources"]["/XObject"]), "".join(links)


def test_sheets_look_as_they_come_until_somebody_chooses(client: TestClient, path: str) -> None:
    found = client.get(f"/v1{path}").json()
    assert DesignOut.model_validate(found)
    assert (found["paper"], found["logo"], found["meet_address"], found["seq"]) == ("A4", None, None, 0)


@pytest.mark.parametrize(("data", "media"), [(png(), PNG), (SHAPES, SVG)], ids=("png", "svg"))
def test_a_logo_is_kept_as_it_was_given(client: TestClient, path: str, data: bytes, media: str) -> None:
    answer = put_logo(client, path, data, media)
    assert answer.json()["logo"] == {"media_type": media, "size": len(data)}
    found = client.get(f"/v1{path}/logo")
    assert (found.content, found.headers["content-type"]) == (data, media)
    assert "sandbox" in found.headers["content-security-policy"]
    assert found.headers["x-content-type-options"] == "nosniff"


@pytest.mark.parametrize(("data", "media"), [(png(), PNG), (SHAPES, SVG)], ids=("png", "svg"))
def test_every_sheet_has_colours_paper_logo_and_the_way_to_the_public_page(
    race: Track, path: str, data: bytes, media: str
) -> None:
    client = race.organizer.client
    assert race.organizer.send("PUT", path, DESIGN).status_code == 200
    put_logo(client, path, data, media)
    of_meet = f"https://live.example.org/{race.meet}"
    addresses = [f"{of_meet}/{race.event}", f"{of_meet}/{race.event}", of_meet]
    for answer, address in zip(sheets(race, "pdf"), addresses, strict=True):
        width, logos, link = shown(answer)
        assert (width, len(logos), link) == (612.0, 1, address)
    for answer, address in zip(sheets(race, "html"), addresses, strict=True):
        assert all(said in answer.text for said in ("#064e3b", "#7c2d12", f"data:{media};base64,", address))
        assert '<img class="code" alt="" src="data:image/svg+xml' in answer.text


def test_the_paper_of_one_sheet_may_be_asked_for(race: Track, path: str) -> None:
    race.organizer.send("PUT", path, DESIGN)
    heat = f"/v1/heats/{race.heats[0]}/sheets/results.pdf"
    assert shown(race.organizer.client.get(heat, params={"paper": "A4"}))[0] == 595.28


def test_officials_are_named_below_the_lines_to_sign_on_and_erased_when_they_are_left_out(
    race: Track, path: str
) -> None:
    organizer = race.organizer
    named = [{"role": "referee", "name": "Anna Gruber"}, {"role": "secretary", "name": "Jon Dahl"}]
    assert organizer.send("PUT", path, {"officials": named}).json()["officials"] == named
    before = [one.headers["etag"] for one in sheets(race, "html")]
    assert all("Jon Dahl" in one.text for one in sheets(race, "html"))
    assert all("Secretary: Jon Dahl".casefold() in one.text.casefold() for one in sheets(race, "txt"))
    assert "Anna Gruber" in said(texts(sheets(race, "pdf")[0].content))
    organizer.send("PUT", path, {"officials": named[:1]}, match="now")
    assert organizer.get(path)["officials"] == named[:1]
    assert not any("Jon Dahl" in one.text for one in sheets(race, "html"))
    assert all(one.headers["etag"] != tag for one, tag in zip(sheets(race, "html"), before, strict=True))
    kept = gunzip(organizer.client.get(f"/v1/meets/{race.meet}/archive").content)
    assert (b"Anna Gruber" in kept, b"Jon Dahl" in kept) == (True, False)


def test_officials_who_stay_are_no_new_design_and_go_with_it(race: Track, path: str) -> None:
    organizer = race.organizer
    named = {"officials": [{"role": "timekeeper", "name": " Ida Sand "}]}
    seq = organizer.send("PUT", path, named).json()["seq"]
    assert organizer.send("PUT", path, named, match="now").json()["seq"] == seq
    put_logo(organizer.client, path, png())
    assert organizer.get(path)["officials"] == [{"role": "timekeeper", "name": "Ida Sand"}]
    assert organizer.send("DELETE", path, match="now").status_code == 204
    assert organizer.get(path)["officials"] == []
    assert b"Ida Sand" not in gunzip(organizer.client.get(f"/v1/meets/{race.meet}/archive").content)


def test_a_new_look_moves_the_etag_of_every_sheet_and_no_other(race: Track, path: str) -> None:
    results = f"/heats/{race.heats[0]}/results"
    before, unmoved = [one.headers["etag"] for one in sheets(race, "html")], race.organizer.tag(results)
    race.organizer.send("PUT", path, DESIGN)
    chosen = [one.headers["etag"] for one in sheets(race, "html")]
    put_logo(race.organizer.client, path, png())
    last = [one.headers["etag"] for one in sheets(race, "html")]
    assert all(len({*tags}) == 3 for tags in zip(before, chosen, last, strict=True))
    assert race.organizer.tag(results) == unmoved


def test_colours_are_changed_and_the_logo_stays(race: Track, path: str) -> None:
    put_logo(race.organizer.client, path, png())
    race.organizer.send("PUT", path, DESIGN, match="now")
    assert race.organizer.get(path)["logo"] is not None
    assert race.organizer.get(path)["colour"] == "#064e3b"
    seq = race.organizer.get(path)["seq"]
    assert race.organizer.send("PUT", path, DESIGN, match="now").json()["seq"] == seq


def test_what_somebody_chose_is_not_overwritten_unseen(race: Track, path: str) -> None:
    client = race.organizer.client
    race.organizer.send("PUT", path, DESIGN)
    put_logo(client, path, png())
    problem(race.organizer.send("PUT", path, {}), 428, "match_required")
    problem(race.organizer.send("DELETE", path), 428, "match_required")
    problem(put_logo(client, path, SHAPES, SVG), 428, "match_required")
    problem(race.organizer.send("DELETE", f"{path}/logo"), 428, "match_required")
    problem(put_logo(client, path, SHAPES, SVG, match='"0-stale"'), 412, "stale")


def test_the_logo_and_the_whole_design_are_dropped(race: Track, path: str) -> None:
    client = race.organizer.client
    problem(race.organizer.send("DELETE", f"{path}/logo"), 404, "not_found")
    assert race.organizer.send("DELETE", path).status_code == 204
    race.organizer.send("PUT", path, DESIGN)
    put_logo(client, path, png())
    assert race.organizer.send("DELETE", f"{path}/logo", match="now").status_code == 204
    problem(client.get(f"/v1{path}/logo"), 404, "not_found")
    assert race.organizer.get(path)["colour"] == "#064e3b"
    put_logo(client, path, SHAPES, SVG)
    assert race.organizer.send("DELETE", path, match="now").status_code == 204
    found = race.organizer.get(path)
    assert (found["colour"], found["logo"]) == ("#0b3c5d", None)


@pytest.mark.parametrize(
    ("given", "pointer", "code"),
    [
        ({"accent": "#ffd400"}, "/accent", "illegible_colour"),
        ({"colour": "#ffffff"}, "/colour", "illegible_colour"),
        ({"colour": "blue"}, "/colour", "string_pattern_mismatch"),
        ({"paper": "A3"}, "/paper", "literal_error"),
        ({"officials": [{"role": "referee", "name": "\u00a0"}]}, "/officials/0/name", "string_pattern_mismatch"),
        ({"officials": [{"role": "referee", "name": "A\nB"}]}, "/officials/0/name", "control_character"),
        ({"officials": [{"role": "judge", "name": "A"}]}, "/officials/0/role", "literal_error"),
        ({"officials": 2 * [{"role": "referee", "name": "A"}]}, "/officials/1/role", "role_twice"),
        ({"meet_address": "javascript:alert(1)"}, "/meet_address", "string_pattern_mismatch"),
        ({"meet_address": "https://live.example.org/{event_id}"}, "/meet_address", "unknown_place"),
        ({"event_address": "https://live.example.org/{heat}"}, "/event_address", "unknown_place"),
        ({"event_address": "https://live.example.org/{"}, "/event_address", "unknown_place"),
        ({"event_address": "https://live.example.org/" + 300 * "a"}, "/event_address", "string_too_long"),
    ],
)
def test_what_cannot_be_printed_is_refused_and_nothing_of_it_is_kept(
    organizer: Organizer, meet: str, given: dict[str, Any], pointer: str, code: str
) -> None:
    answer = organizer.send("PUT", f"/meets/{meet}/design", DESIGN | given)
    doc = answer.json()
    assert answer.status_code == 422
    assert [(one["pointer"], one["code"]) for one in doc["errors"]] == [(pointer, code)]
    assert organizer.get(f"/meets/{meet}/design")["seq"] == 0


@pytest.mark.parametrize(
    ("data", "media", "status"),
    [
        (b"GIF89a", PNG, 422),
        (png()[:60], PNG, 422),
        (SHAPES, PNG, 422),
        (png(), SVG, 422),
        (png(), "image/jpeg", 415),
        (SHAPES.replace(b"<rect", b"<script>alert(1)</script><rect", 1), SVG, 422),
        (SHAPES.replace(b"<rect", b'<image href="https://example.org/a.png"/><rect', 1), SVG, 422),
        (SHAPES.replace(b"<rect", b'<rect onclick="alert(1)"', 1), SVG, 422),
        (png() + bytes(MOST_BYTES), PNG, 413),
    ],
)
def test_a_logo_that_is_none_is_refused_and_the_one_before_stays(
    client: TestClient, path: str, data: bytes, media: str, status: int
) -> None:
    put_logo(client, path, SHAPES, SVG)
    match = client.get(f"/v1{path}/logo").headers["etag"]
    answer = put_logo(client, path, data, media, match)
    assert answer.status_code == status
    if status == 422:
        problem(answer, 422, "not_a_logo", "/logo")
    assert client.get(f"/v1{path}/logo").content == SHAPES


def test_everybody_sees_the_look_of_a_public_meet_and_only_the_organizer_chooses_it(
    race: Track, path: str, anonymous: TestClient
) -> None:
    put_logo(race.organizer.client, path, SHAPES, SVG)
    assert anonymous.get(f"/v1{path}").status_code == 401
    show(race.organizer, race.meet, "public")
    assert anonymous.get(f"/v1{path}/logo").content == SHAPES
    assert "data:image/svg+xml" in anonymous.get(f"/v1/events/{race.event}/sheets/results.html").text
    assert anonymous.put(f"/v1{path}", json=DESIGN).status_code == 401


def test_a_copy_of_the_meet_has_its_look_and_other_officials(race: Track, path: str) -> None:
    organizer = race.organizer
    organizer.send("PUT", path, DESIGN | {"officials": [{"role": "referee", "name": "Anna Gruber"}]})
    put_logo(organizer.client, path, SHAPES, SVG)
    copy = organizer.make(f"/meets/{race.meet}/clone")["id"]
    assert organizer.client.get(f"/v1/meets/{copy}/design/logo").content == SHAPES
    assert organizer.get(f"/meets/{copy}/design")["accent"] == "#7c2d12"
    assert organizer.get(f"/meets/{copy}/design")["officials"] == []
    kept = gunzip(organizer.client.get(f"/v1/meets/{copy}/archive").content)
    assert b"referee" not in kept, "nor the place of a name that another meet has"


def test_a_rehearsal_goes_with_its_logo_and_comes_back_from_its_archive(organizer: Organizer) -> None:
    meet = organizer.meet(rehearsal=True)
    organizer.send("PUT", f"/meets/{meet}/design", DESIGN)
    put_logo(organizer.client, f"/meets/{meet}/design", SHAPES, SVG)
    before = organizer.get(f"/meets/{meet}/design")
    kept = organizer.client.get(f"/v1/meets/{meet}/archive").content
    assert organizer.send("DELETE", f"/meets/{meet}", match="now").status_code == 204
    headers = {"Content-Type": "application/gzip"}
    assert organizer.client.post("/v1/meets/archive", content=kept, headers=headers).status_code == 201
    assert organizer.get(f"/meets/{meet}/design") == before
    assert organizer.client.get(f"/v1/meets/{meet}/design/logo").content == SHAPES


def test_a_closed_meet_keeps_its_look(race: Track, path: str) -> None:
    race.organizer.make(f"/meets/{race.meet}/close", expect=200)
    problem(race.organizer.send("PUT", path, DESIGN), 409, "meet_is_closed")
    problem(put_logo(race.organizer.client, path, SHAPES, SVG), 409, "meet_is_closed")
