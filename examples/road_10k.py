"""A road 10 km over the API alone: three waves, teams, age groups, a cut-off, and what mats miss.

    python examples/road_10k.py --base http://127.0.0.1:8000 --token …

Each step prints what the server answered and holds it against the rules, by their numbers in docs/rules.md. The field
and the times come from one seed, so the sheet is always the same: `expected/road_10k.txt`.
"""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from random import Random
from typing import Any

from server import Say, Server, run

SEED = 10
DAY = "2026-09-06"
GUNS = {"A": datetime(2026, 9, 6, 8, 0, tzinfo=UTC)}
GUNS |= {"B": GUNS["A"] + timedelta(minutes=5), "C": GUNS["A"] + timedelta(minutes=10)}
TEAMS = ("Backside Track", "City Harriers", "Harbour RC", None)
GROUPS = [
    ("M", "M", None, 39),
    ("M40", "M", 40, 49),
    ("M50", "M", 50, None),
    ("W", "W", None, 39),
    ("W40", "W", 40, None),
]
MATS = {"start": "mat-start", "5 km": "mat-5", "finish": "mat-finish"}
REFEREE = "Ida Sand, referee"


@dataclass
class Seen:
    """Milliseconds after the gun of the runner's wave at each mat; a mat that saw nothing is not there."""

    bib: str
    wave: str
    at: dict[str, int]


@dataclass
class Road:
    server: Server
    say: Say
    chance: Random = field(default_factory=lambda: Random(SEED))
    meet: str = ""
    event: str = ""
    heats: dict[str, str] = field(default_factory=dict)
    ran: dict[str, Seen] = field(default_factory=dict)
    sent: Counter[str] = field(default_factory=Counter)

    def run(self) -> None:
        for step in (
            self.open,
            self.enter,
            self.guns,
            self.late_entry,
            self.mats,
            self.strangers,
            self.standings,
            self.net,
            self.teams,
            self.groups,
            self.awards,
            self.worth,
            self.refused,
            self.accepted,
            self.change_after_publication,
        ):
            step()

    # ── before the race ──────────────────────────────────────────────────────────────────────────────────────────────

    def open(self) -> None:
        days = {"starts_on": DAY, "ends_on": DAY, "timezone": "Europe/Oslo"}
        self.meet = self.server.post("/meets", {"name": "Harbour run", **days})["id"]
        race = {"name": "10 km", "distance_m": 10_000, "surface": "road", "sex": "X", "start": "mass"}
        points = [
            {"name": "start", "distance_m": 0},
            {"name": "5 km", "distance_m": 5_000},
            {"name": "finish", "distance_m": 10_000},
        ]
        groups = [{"name": name, "sex": sex, "min_age": least, "max_age": most} for name, sex, least, most in GROUPS]
        made = self.server.post(
            f"/meets/{self.meet}/events",
            {
                **race,
                "timing": "transponder",
                "points": points,
                "categories": groups,
                "cut_off_us": 4_200_000_000,
                "rules": {"awards": {"overall_top": 2, "by_group": 1}},
            },
        )
        assert (made["ruleset"], made["ranking"]) == ("road", "gun"), "R60: the order at the line"
        self.event = made["id"]
        for place, source in MATS.items():
            self.server.put(f"/meets/{self.meet}/sources/{source}", {"place": place})
        self.say(f"{made['ruleset']} {made['ruleset_version']}: by gun time (R7, R60), cut-off 1:10:00 (R66)")

    def enter(self) -> None:
        for number, wave in enumerate(GUNS, 1):
            for runner in range(1, 11):
                self.register(str(100 * number + runner), wave, [f"C{100 * number + runner}"])
        drawn = self.server.post(f"/events/{self.event}/rounds/final/draw")
        self.heats = {heat["wave"]: heat["id"] for heat in drawn["heats"]}
        self.say("waves: " + ", ".join(f"{heat['wave']} {heat['starter_count']}" for heat in drawn["heats"]))

    def register(self, bib: str, wave: str, chips: Sequence[str]) -> None:
        sex = self.chance.choice("MMW")
        born = f"{self.chance.randint(1966, 2004)}-0{self.chance.randint(1, 9)}-1{self.chance.randint(0, 9)}"
        person = {"family_name": f"Runner {bib}", "sex": sex, "birth_date": born}
        team = self.chance.choice(TEAMS)
        self.server.post(
            f"/events/{self.event}/registrations", {"bib": bib, "wave": wave, "chips": chips, "team": team, **person}
        )
        start = self.chance.randint(200, 9_000)
        net = self.chance.randint(1_900_000, 2_500_000) + 300_000 * (ord(wave) - ord("A"))
        half = round(net * self.chance.uniform(0.485, 0.51))
        self.ran[bib] = Seen(bib, wave, {"start": start, "5 km": start + half, "finish": start + net})

    def guns(self) -> None:
        for wave, at in GUNS.items():
            self.server.post(f"/heats/{self.heats[wave]}/start", {"at": at.isoformat()})
            self.say(f"gun {wave} {at:%H:%M:%S} UTC (R61)")

    def late_entry(self) -> None:
        """After the gun of its wave, and timed from it."""
        self.register("311", "C", ["C311"])
        (late,) = (one for one in self.server.items(f"/heats/{self.heats['C']}/starters") if one["bib"] == "311")
        assert late["wave"] == "C"
        self.say("311 enters wave C after its gun")

    # ── what the mats saw ────────────────────────────────────────────────────────────────────────────────────────────

    def mats(self) -> None:
        """All that goes wrong goes wrong here."""
        ran = self.ran
        del ran["104"].at["5 km"]
        del ran["309"].at["finish"]
        ran["110"].at.clear()
        for bib, finish in (("310", 4_200_300), ("308", 4_199_200)):
            ran[bib].at |= {"5 km": finish // 2, "finish": finish}
        ran["206"].at["start"] -= 300_000
        reads = [(place, f"C{one.bib}", one.wave, ms) for one in ran.values() for place, ms in one.at.items()]
        reads = [(place, "T0303" if chip == "C303" else chip, wave, ms) for place, chip, wave, ms in reads]
        twins = ran["207"].at["finish"] - 1_400
        reads += [("finish", "C207", "B", twins), ("5 km", "C207", "B", twins + 90)]
        reads += [("finish", "C101", "A", ran["101"].at["finish"] + 1_300)]
        reads += [("start", "C102", "A", -3_000), ("start", "C102", "A", -40_000)]
        reads += [("finish", "E28011", "A", 2_000_000)]
        for place, source in MATS.items():
            told = sorted(
                (GUNS[wave] + timedelta(milliseconds=ms), chip) for at, chip, wave, ms in reads if at == place
            )
            listed = [{"seq": seq, "chip": chip, "at": at.isoformat()} for seq, (at, chip) in enumerate(told, 1)]
            self.server.post(f"/meets/{self.meet}/reads", {"source": source, "epoch": "1", "reads": listed})
        self.say(f"{len(reads)} reads at {len(MATS)} mats")

    def strangers(self) -> None:
        """R64: chips of nobody are kept, and one of them looks like a bib that nobody has read."""
        unknown = Counter(one["chip"] for one in self.server.items(f"/meets/{self.meet}/reads", state="unknown_chip"))
        assert unknown == {"T0303": 3, "E28011": 1}, "R64"
        (alike,) = self.server.items(f"/meets/{self.meet}/anomalies", kind="bib_like_chip")
        self.say(f"unknown chips: {', '.join(sorted(unknown))}; {alike['reason']}")
        assert self.line("303")["status"] != "OK"
        self.server.post(f"/meets/{self.meet}/chip-assignments", {"chip": "T0303", "bib": "303"})
        now = self.line("303")
        assert now["status"] == "OK", "R64: recomputed from stored reads"
        self.say(f"T0303 is handed to 303: {now['mark']} from the reads that were there (R64)")

    def line(self, bib: str) -> Any:
        return self.server.get(f"/events/{self.event}/standings/{bib}")

    # ── results ──────────────────────────────────────────────────────────────────────────────────────────────────────

    def standings(self) -> None:
        lines = self.server.items(f"/events/{self.event}/standings")
        by = {one["bib"]: one for one in lines}
        for bib, one in by.items():
            finish = self.ran[bib].at.get("finish")
            if one["status"] == "OK":
                assert finish is not None
                assert one["mark"] == written(-(-finish // 1_000)), "R2: whole seconds, up"
        assert (by["310"]["status"], "CUT" in by["310"]["flags"]) == ("DNF", True), "R66"
        assert (by["308"]["status"], by["308"]["mark"]) == ("OK", "1:10:00"), "R66: 0.8 s inside"
        assert (by["309"]["status"], by["110"]["status"]) == ("DNF", "DNS"), "R65"
        assert by["102"]["net_us"] == by["102"]["gun_us"] - self.ran["102"].at["start"] * 1_000, (
            "R62: the last start read"
        )
        start = {read["reason"] for read in self.line("102")["because"]["reads"] if read["place"] == "start"}
        self.say("\nby gun time")
        for one in lines:
            words = (
                one["mark"] or one["status"],
                f"net {seconds(one['net_us'])}" if one["net_us"] else "",
                *one["flags"],
            )
            who = f"{one['bib']}  {one['wave']}  {one['category']:<3}"
            self.say(f"  {one['place'] or '–':>2}  {who}  {' '.join(filter(None, words))}")
        self.say("because of 102 at the start: " + "; ".join(sorted(start)))

    def net(self) -> None:
        """R60: what the order would be by net time, and nothing is stored."""
        supposed = {"facts": [{"kind": "event", "event": {"ranking": "net"}}]}
        moved = self.server.post(f"/events/{self.event}/what-if", supposed)["changes"]
        placed = [one for one in moved if one["before"]["place"] != one["after"]["place"]]
        lines = {one["bib"]: one for one in self.server.items(f"/events/{self.event}/standings")}
        for one in placed:
            faster = sum(
                (other["net_us"] or 0) < lines[one["bib"]]["net_us"]
                for other in lines.values()
                if other["place"] and other["net_us"]
            )
            assert one["after"]["place"] in (None, faster + 1), "R60"
        self.say(f"by net time {len(placed)} of them would have another place (R60)")

    def teams(self) -> None:
        table = self.server.get(f"/events/{self.event}/teams")
        assert (table["rules"]["by"], table["rules"]["scoring"]) == ("times", 3), "R81"
        self.say("\nteams: the best three gun times (R81)")
        for one in table["items"]:
            assert one["score"] is None or one["score"] == sum(each["elapsed_us"] for each in one["scorers"])
            self.say(f"  {one['place'] or '–':>2}  {one['team']}  {one['mark'] or ''}  {' '.join(one['because'])}")

    def groups(self) -> None:
        self.say("\nage groups, on the day of the race (R73, R74)")
        for name, sex, _, _ in GROUPS:
            lines = self.server.items(f"/events/{self.event}/standings", category=name)
            first = [f"{one['place_category']} {one['bib']} {one['mark']}" for one in lines if one["place"]][:3]
            assert {one["sex"] for one in lines} <= {sex}
            self.say(f"  {name}: {', '.join(first)}")

    def awards(self) -> None:
        """R67: who has an overall award has none of an age group, and stays in its results."""
        table = self.server.get(f"/events/{self.event}/awards")
        assert (table["rules"]["overall_top"], table["rules"]["double_dipping"]) == (2, False)
        assert max(Counter(one["bib"] for one in table["items"]).values()) == 1, "R67"
        self.say("awards, two overall of each sex and one of each age group (R67)")
        for one in table["items"]:
            beside = f", {one['place_category']} of its results" if one["award"] == "group" else ""
            self.say(f"  {one['category'] or 'overall'} {one['sex']}  {one['place']} {one['bib']}{beside}")

    def worth(self) -> None:
        """R68 to R70, of the first."""
        first, *_ = self.server.items(f"/events/{self.event}/standings", **{"with": "age_grade"})
        half, whole = (split["elapsed_us"] for split in first["splits"][-2:])
        start = self.ran[first["bib"]].at["start"] * 1_000
        assert first["halves"] == ("negative" if whole - half < half - start else "positive"), "R70: from raw times"
        assert first["pace"] == f"{written((-(-first['gun_us'] // 1_000_000) + 5) // 10)}/km", "R69"
        grade = first["age_grade"]
        assert (grade["rule"], grade["table"]) == ("R68", "road-2025")
        self.say(f"{first['bib']}: {first['pace']} (R69), {first['halves']} split (R70), {grade['percent']} % (R68)")

    # ── official ─────────────────────────────────────────────────────────────────────────────────────────────────────

    def publish(self, status: str, expect: int | None = None, **given: Any) -> Any:
        return self.server.post(f"/events/{self.event}/publications", {"status": status, **given}, expect)

    def refused(self) -> None:
        """Nothing is official while something odd is open."""
        assert self.publish("provisional")["version"] == 1
        no = self.publish("official", expect=409)
        assert no["code"] == "anomalies_open"
        kinds = {(one["kind"], one["bib"]) for one in no["anomalies"]}
        assert {("missing_point", "104"), ("wrong_wave", "206"), ("two_places", "207")} <= kinds, "R65, R61, R63"
        self.say(f"\nversion 1, provisional; official is refused: {no['code']}")
        for one in no["anomalies"]:
            self.say(f"  {one['kind']}: {one['reason']}")

    def accepted(self) -> None:
        path = f"/events/{self.event}/anomalies"
        words = {
            "missing_point": "No marshal saw anybody leave the course",
            "wrong_wave": "Timed from the gun of the own wave",
            "two_places": "The spare mat of 5 km lay behind the finish, switched on",
        }
        for one in self.server.items(path, state="open"):
            word = {"official": REFEREE, "reason": words.get(one["kind"], "Looked at the film")}
            now = self.server.post(f"{path}/{one['id']}/accept", word)
            assert (now["state"], now["accepted"]["official"]) == ("accepted", REFEREE)
            self.say(f"  {one['bib']} {one['kind']} accepted by {REFEREE}: {now['accepted']['reason']}")
        assert self.publish("official")["version"] == 2
        self.say("version 2, official")

    def change_after_publication(self) -> None:
        """R47, R65: the referee saw the film; version 3 says so, and version 2 stays word for word."""
        before = {one["bib"]: one["place"] for one in self.server.items(f"/events/{self.event}/standings")}
        ruling = {"bib": "104", "kind": "dq", "rule": "COURSE", "reason": "The film of 5 km does not show the runner"}
        self.server.post(f"/heats/{self.heats['A']}/rulings", ruling)
        self.publish("official", note="After the film of 5 km")
        now = {one["bib"]: one["place"] for one in self.server.items(f"/events/{self.event}/standings")}
        out = before["104"]
        assert now == {
            bib: None if bib == "104" else place - 1 if place and place > out else place
            for bib, place in before.items()
        }, "R47: everybody behind moves up"
        for one in self.server.items(f"/events/{self.event}/publications"):
            content = self.server.get(f"/publications/{one['id']}/content")
            place = next(line for line in content["standings"] if line["bib"] == "104").get("place")
            assert place == (None if one["version"] == 3 else out)
            assert self.server.get(f"/publications/{one['id']}/verification")["holds"]
        why = self.line("104")["because"]
        assert [(one["kind"], one["rule"], one["reason_given"]) for one in why["rulings"]] == [
            ("dq", "COURSE", ruling["reason"])
        ]
        teams = self.server.items(f"/events/{self.event}/teams")
        self.say(f"104 DQ COURSE: version 3, official, {sum(now[bib] != before[bib] for bib in now) - 1} move up (R47)")
        rules = why["rules"]
        self.say(f"because: {why['rulings'][0]['reason_given']}; under {rules['ruleset']} {rules['version']}")
        won = [one["bib"] for one in self.server.items(f"/events/{self.event}/awards") if one["award"] == "overall"]
        assert "104" not in won, "R47, R67: awards follow the results"
        self.say(f"overall awards now: {' '.join(won)}")
        self.say(f"teams now: {', '.join(one['team'] for one in teams if one['place'])}")


def written(seconds: int) -> str:
    """R19."""
    hours, rest = divmod(seconds, 3_600)
    return f"{hours}:{rest // 60:02}:{rest % 60:02}" if hours else f"{rest // 60}:{rest % 60:02}"


def seconds(us: int) -> str:
    return written(-(-us // 1_000_000))


if __name__ == "__main__":
    run(Road, __doc__)
