"""Lists of records as an organizer gives them, races that may break them, and the codes beside the results."""

from typing import Any

from tests.api.organizer import Organizer
from tests.api.races import Track, track

NR = {
    "code": "NR",
    "of": "NOR",
    "sex": "M",
    "distance_m": 100,
    "surface": "track",
    "mark": "9.99",
    "source": "all-time list",
    "confidence": "H",
    "date": "2011-08-02",
    "holder": "A. Holder",
}
MR = {**NR, "code": "MR", "of": None, "mark": "10.20", "holder": "B. Before", "date": "2024"}
TWO_ROUNDS = [{"name": "heat", "advance": {"places": 2, "times": 0}}, {"name": "final"}]


def listed(*records: dict[str, Any], **given: Any) -> dict[str, Any]:
    one = {"name": "club", "title": "Records", "source": "the club", "as_of": "2026-05-01", "records": list(records)}
    return {"lists": [{**one, **given}]}


def put(organizer: Organizer, meet: str, *records: dict[str, Any], match: str | None = None, **given: Any) -> Any:
    return organizer.send("PUT", f"/meets/{meet}/records", listed(*records, **given), match)


def raced(organizer: Organizer) -> Track:
    """Two heats of two, not run yet; the national record and the meet's are listed, and 1 and 4 are Norwegian."""
    race = track(organizer, ("1", "2"), ("3", "4"), round="heat", rounds=TWO_ROUNDS)
    for bib in ("1", "4"):
        athlete = organizer.items(f"/events/{race.event}/registrations", q=bib)[0]["athlete_id"]
        organizer.send("PATCH", f"/athletes/{athlete}", {"nation": "NOR"}, match="now")
    assert put(organizer, race.meet, NR, MR).status_code == 200
    return race


def run(race: Track, heat: int, wind: str | None = "+0.5", **times: int) -> None:
    finishes = ({"bib": bib.lstrip("b"), "elapsed_us": us} for bib, us in times.items())
    race.finishes(heat, *finishes, **({} if wind is None else {"wind_mps": wind}))


def codes(race: Track, heat: int = 0) -> dict[str, list[str]]:
    """Bib → codes."""
    return {line["bib"]: line["records"] for line in race.results(heat)}
