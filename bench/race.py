"""A road 10 km set up over the API, and the posts of its readers, prepared before the clock starts."""

import itertools
import json
from dataclasses import dataclass

import httpx

GUN_US = 1_790_000_000_000_000
POINTS = ("start", "5 km", "finish")
_streams = itertools.count(1)


@dataclass(frozen=True, slots=True)
class Race:
    meet: str
    event: str
    runners: int


def set_up(api: httpx.Client, runners: int, visibility: str = "public") -> Race:
    """A mass start of `runners`, each with the chip C<bib>, the gun fired, and nobody seen yet."""
    day = "2026-09-21"
    meet = _post(api, "/v1/meets", {"name": "Bench", "timezone": "UTC", "starts_on": day, "ends_on": day})
    etag = api.get(f"/v1/meets/{meet}").headers["etag"]
    api.patch(f"/v1/meets/{meet}", json={"visibility": visibility}, headers={"If-Match": etag}).raise_for_status()
    points = [{"name": name, "distance_m": 5_000 * i} for i, name in enumerate(POINTS)]
    event = _post(api, f"/v1/meets/{meet}/events", {
        "name": "10 km", "distance_m": 10_000, "surface": "road", "sex": "X", "start": "mass",
        "timing": "transponder", "ranking": "net", "points": points})  # fmt: skip
    rows = "".join(f"{n},Family{n},Given,{'MW'[n % 2]},{18 + n % 60},C{n}\n" for n in range(1, runners + 1))
    api.post(f"/v1/events/{event}/registrations/import", content="bib,family_name,given_name,sex,age,chips\n" + rows,
             headers={"Content-Type": "text/csv"}).raise_for_status()  # fmt: skip
    heat = api.post(f"/v1/events/{event}/rounds/final/draw", json={}).raise_for_status().json()["heats"][0]["id"]
    api.post(f"/v1/heats/{heat}/start", json={"at": "2026-09-21T14:13:20Z"}).raise_for_status()
    for name in POINTS:
        api.put(f"/v1/meets/{meet}/sources/{name}", json={"place": name}).raise_for_status()
    return Race(meet, event, runners)


def post(race: Race, count: int) -> bytes:
    """The body of one post of `count` new reads at the 5 km mat, runners in turn, a millisecond apart."""
    epoch = str(next(_streams))
    first_us = GUN_US + 1_500_000_000
    reads = [{"seq": i + 1, "chip": f"C{i % race.runners + 1}", "at": first_us + i * 1_000, "antenna": 1, "rssi": -40}
             for i in range(count)]  # fmt: skip
    return json.dumps({"source": "5 km", "epoch": epoch, "reads": reads}).encode()


def _post(api: httpx.Client, path: str, body: dict[str, object]) -> str:
    answer = api.post(path, json=body)
    answer.raise_for_status()
    id: str = answer.json()["id"]
    return id
