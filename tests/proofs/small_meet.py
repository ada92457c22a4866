"""A small meet on a running server with one of everything, under the names that the document's examples use."""

from dataclasses import dataclass, field
from typing import Any

import httpx

from app.api.sheets import LONG

MEET = {"name": "Retro", "timezone": "Europe/Vienna", "starts_on": "2026-06-06", "ends_on": "2026-06-07"}
ROAD = {"name": "10 km", "distance_m": 10_000, "surface": "road", "sex": "X", "start": "mass", "timing": "transponder"}
POINTS = [
    {"name": "Start", "distance_m": 0},
    {"name": "5 km", "distance_m": 5_000},
    {"name": "Finish", "distance_m": 10_000},
]
SPRINT = {
    "name": "100 m",
    "distance_m": 100,
    "surface": "track",
    "sex": "X",
    "start": "lanes",
    "timing": "photo_finish",
    "rounds": [{"name": "heats", "advance": {"places": 1, "times": 1}}, {"name": "final"}],
}
RELAY = SPRINT | {"name": "4 x 100 m", "relay_legs": 4, "rounds": [{"name": "final"}]}
BIBS = ("417", "88", "91", "12", "31", "25", "9", "873")
LANES = ("101", "102", "103", "104")
ENTRIES = "bib,family_name,sex\n501,Moe,M\n502,Lie,W\n"
LOGO = '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 9 9"><rect width="9" height="9" fill="#0b3c5d"/></svg>'
GUN_US = 1_780_819_200_000_000


@dataclass
class SmallMeet:
    """`ids` holds one id for each path parameter of the document, `others` what an operation needs instead."""

    api: httpx.Client
    ids: dict[str, Any] = field(default_factory=dict)
    others: dict[str, dict[str, Any]] = field(default_factory=dict)
    bodies: dict[str, Any] = field(default_factory=dict)

    def found(self, operation: str, parameter: str) -> Any:
        """A value of a parameter with something behind it."""
        return self.others.get(operation, {}).get(parameter) or self.ids.get(parameter)

    def make(self, path: str, body: Any = None) -> Any:
        answer = self.api.post(f"/v1{path}", json={} if body is None else body)
        assert answer.is_success, answer.text
        return answer.json()

    def send(self, method: str, path: str, file: str, media: str) -> Any:
        answer = self.api.request(method, f"/v1{path}", content=file, headers={"Content-Type": media})
        assert answer.is_success, answer.text
        return answer.json()

    def build(self) -> "SmallMeet":
        self.ids |= {"bib": "417", "round": "final", "source": "Finish", "slug": "not-found"}
        self.ids["organization_id"] = self.make("/organizations", {"name": "Bergen Bakover"})["id"]
        self.ids["token_id"] = self.make("/tokens", {"name": "results page", "scopes": ["meets:read"]})["id"]
        meet = self.ids["meet_id"] = self.make("/meets", MEET)["id"]
        self.ids["device_id"] = self.make(f"/meets/{meet}/devices", {"name": "finish mat"})["id"]
        self._road(meet)
        self._sprint(meet)
        self._relay(meet)
        self._series(self.ids["event_id"])
        self._logo()
        self._job()
        return self

    def _road(self, meet: str) -> None:
        event = self.ids["event_id"] = self.make(f"/meets/{meet}/events", ROAD | {"points": POINTS})["id"]
        for bib in BIBS:
            self._register(event, bib, chips=[f"C{bib}"])
        self.bodies["register"] = {"bib": "999", "family_name": "Ek", "given_name": "Nils", "sex": "M"}
        chip = self.make(f"/meets/{meet}/chip-assignments", {"chip": "C1042", "bib": "9"})
        self.ids["assignment_id"] = chip["id"]
        heat = self.ids["heat_id"] = self.make(f"/events/{event}/rounds/final/draw")["heats"][0]["id"]
        self.make(f"/heats/{heat}/start", {"at": "2026-06-07T10:00:00+02:00"})
        self._reads(meet)
        ruling = self.make(f"/heats/{heat}/rulings", {"bib": "9", "kind": "dq", "rule": "TR17.3"})
        self.ids |= {"ruling_id": ruling["id"], "seq": ruling["seq"]}
        self.ids["time_id"] = self.make(f"/heats/{heat}/times", {"at": "2026-06-07T10:38:51.2+02:00"})["id"]
        (*_, odd) = self.api.get(f"/v1/events/{event}/anomalies").json()["items"]
        self.ids["anomaly_id"] = odd["id"]
        self.ids["publication_id"] = self.make(f"/events/{event}/publications", {"status": "provisional"})["id"]

    def _register(self, event: str, bib: str, **given: Any) -> None:
        runner = {"bib": bib, "family_name": f"Runner {bib}", "sex": "M", "birth_date": "1994-09-26"}
        made = self.make(f"/events/{event}/registrations", runner | given)
        self.ids |= {"registration_id": made["id"], "athlete_id": made["athlete_id"]}

    def _reads(self, meet: str) -> None:
        """Everybody past every mat, an unknown chip, and a conflict."""
        for place, minutes in (("Start", 0), ("5 km", 18), ("Finish", 37)):
            reads = [
                {"seq": seq, "chip": f"C{bib}", "at": GUN_US + minutes * 60_000_000 + seq * 1_700_000}
                for seq, bib in enumerate((*BIBS, "nobody"), 1)
            ]
            self.make(f"/meets/{meet}/reads", {"source": place, "epoch": "1", "reads": reads})
        other = [{"seq": 1, "chip": "C88", "at": GUN_US + 2_300_000_000}]
        self.make(f"/meets/{meet}/reads", {"source": "Finish", "epoch": "1", "reads": other})
        (conflict,) = self.api.get(f"/v1/meets/{meet}/read-conflicts").json()["items"]
        self.others["get_conflict"] = {"seq": conflict["seq"]}

    def _sprint(self, meet: str) -> None:
        event = self.make(f"/meets/{meet}/events", SPRINT)["id"]
        for bib in LANES:
            self._register(event, bib)
        (heat,) = self.make(f"/events/{event}/rounds/heats/draw")["heats"]
        finishes = [{"bib": bib, "elapsed_us": 10_000_000 + int(bib) * 1_000} for bib in LANES]
        body = self.bodies["read_finishes"] = {"method": "photo_finish", "finishes": finishes}
        self.make(f"/heats/{heat['id']}/finishes", body)
        self.others["read_finishes"] = {"heat_id": heat["id"]}
        self.others["advance_round"] = {"event_id": event, "round": "heats"}
        self.others["plan_rounds"] = {"event_id": event}
        self.others["list_combined"] = self.others["get_combined_sheet"] = {"events": [event]}

    def _relay(self, meet: str) -> None:
        """Two teams that have not started: their legs can be put."""
        event = self.make(f"/meets/{meet}/events", RELAY)["id"]
        for team in ("NOR", "SWE"):
            self._register(event, team)
        (heat,) = self.make(f"/events/{event}/rounds/final/draw")["heats"]
        imported = self.send("POST", f"/events/{event}/registrations/import", ENTRIES, "text/csv")
        self.ids["import_id"] = imported["import_id"]
        self.others["put_legs"] = {"heat_id": heat["id"]}

    def _series(self, event: str) -> None:
        rules = {"points": [10, 8, 6], "beyond": 1, "best": 2}
        body = {"name": "Backwards Cup", "races": [{"event_id": event}], "rules": rules}
        self.bodies["create_series"] = self.bodies["put_series"] = body
        self.ids["series_id"] = self.make("/series", body)["id"]

    def _logo(self) -> None:
        """In a meet of its own: it goes away with the design."""
        meet = self.make("/meets", MEET)["id"]
        self.send("PUT", f"/meets/{meet}/design/logo", LOGO, "image/svg+xml")
        self.others["drop_logo"] = self.others["get_logo"] = {"meet_id": meet, "if-match": "*"}

    def _job(self) -> None:
        """A document of more rows than are drawn at once, of a meet of its own."""
        event = self.make(f"/meets/{self.make('/meets', MEET)['id']}/events", ROAD)["id"]
        rows = "".join(f"{number},Runner {number},M\n" for number in range(LONG + 1))
        self.send("POST", f"/events/{event}/registrations/import", f"bib,family_name,sex\n{rows}", "text/csv")
        answer = self.api.get(f"/v1/events/{event}/sheets/entries.pdf")
        assert answer.status_code == 202, answer.text
        self.ids["job_id"] = answer.json()["id"]
