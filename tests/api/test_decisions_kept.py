"""What officials recorded in a heat is told with the bibs of today, and without the words that were erased."""

from typing import Any

import pytest
from starlette.testclient import TestClient

from tests.api.organizer import Organizer
from tests.api.races import Track, road, track, written


@pytest.fixture
def race(client: TestClient) -> Track:
    """Everything that an official can record of bib 1, who has it in lane 1."""
    race = track(Organizer(client), ("1", "2"))
    race.finishes(0, {"bib": "1", "elapsed_us": 10_500_000}, {"bib": "2", "elapsed_us": 10_600_000})
    heat, make = race.heats[0], race.organizer.make
    make(f"/heats/{heat}/rulings", {"bib": "1", "kind": "note", "reason": "Brandt fell"})
    make(f"/heats/{heat}/false-starts", {"runners": [{"bib": "1"}], "note": "Brandt moved"})
    make(f"/heats/{heat}/times", {"at": written(10.5), "bib": "1"})
    return race


def addresses(race: Track) -> list[str]:
    """The lists of what was recorded, and what stands in them."""
    lists = [f"/heats/{race.heats[0]}/{name}" for name in ("finishes", "rulings", "false-starts", "times")]
    ids = [f"{at}/{one['id']}" for at in lists[1:] for one in race.organizer.items(at)]
    assert len(ids) == 3
    return [*lists, *ids]


def told(race: Track, at: str) -> tuple[str, Any]:
    answer = race.organizer.client.get(f"/v1{at}")
    assert answer.status_code == 200
    return answer.headers["etag"], answer.text


def entry(organizer: Organizer, event: str) -> Any:
    (found,) = (one for one in organizer.items(f"/events/{event}/registrations") if one["bib"] == "1")
    return found


def test_a_bib_that_was_changed_is_told_everywhere(race: Track) -> None:
    before = {at: told(race, at) for at in addresses(race)}
    mine = f"/registrations/{entry(race.organizer, race.event)['id']}"
    assert race.organizer.send("PATCH", mine, {"bib": "101"}, "now").status_code == 200
    for at, (tag, text) in before.items():
        now_tag, now = told(race, at)
        assert '"bib":"1"' in text
        assert '"bib":"1"' not in now
        assert '"bib":"101"' in now
        assert now_tag != tag


def test_words_that_were_erased_are_told_nowhere(race: Track) -> None:
    before = {at: told(race, at) for at in addresses(race)}
    written_in = {at: tag for at, (tag, text) in before.items() if "Brandt" in text}
    assert len(written_in) == 4
    athlete = f"/athletes/{entry(race.organizer, race.event)['athlete_id']}"
    assert race.organizer.send("DELETE", athlete, match="now").status_code == 204
    for at, tag in written_in.items():
        now_tag, now = told(race, at)
        assert "Brandt" not in now
        assert now_tag != tag


def test_words_that_were_erased_are_told_nowhere_in_a_wave_either(client: TestClient) -> None:
    race = road(Organizer(client), ("1", "2"))
    race.rule("1", "dq", reason="Brandt cut the corner")
    at = f"/heats/{race.heat}/rulings"
    assert "Brandt" in race.organizer.client.get(f"/v1{at}").text
    athlete = f"/athletes/{entry(race.organizer, race.event)['athlete_id']}"
    race.organizer.send("DELETE", athlete, match="now")
    assert "Brandt" not in race.organizer.client.get(f"/v1{at}").text


def test_a_time_at_the_line_of_a_runner_with_another_bib_is_changed_by_who_has_seen_that(race: Track) -> None:
    (at,) = (at for at in addresses(race) if "/times/" in at)
    seen, _ = told(race, at)
    mine = f"/registrations/{entry(race.organizer, race.event)['id']}"
    race.organizer.send("PATCH", mine, {"bib": "101"}, "now")
    assert race.organizer.send("PATCH", at, {"bib": "2"}, seen).status_code == 412
    changed = race.organizer.send("PATCH", at, {"bib": "2"}, told(race, at)[0])
    assert (changed.status_code, changed.headers["etag"]) == (200, told(race, at)[0])
