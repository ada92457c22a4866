"""A retro championship over the API alone: 100 m with heats, 800 m with a break line, a relay and a 3000 m backwards.

    python examples/retro_championship.py --base http://127.0.0.1:8000 --token …

Each step prints what the server answered and holds it against the rules, by their numbers in docs/rules.md. The field
and the times come from one seed, so the sheet is always the same: `expected/retro_championship.txt`.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from random import Random
from typing import Any

from server import Say, Server, run

SEED = 2016
NATIONS = ("AUT", "ESP", "GER", "ITA")
DAY = "2026-07-18"
MAT = "mat-line"
START_3000 = datetime(2026, 7, 18, 16, 0, tzinfo=UTC)
LAPS_3000 = 8


@dataclass(frozen=True)
class Runner:
    bib: str
    nation: str
    sex: str
    born: str
    ms: int
    """What the runner can run backwards over the distance."""


@dataclass
class Retro:
    server: Server
    say: Say
    chance: Random = field(default_factory=lambda: Random(SEED))
    meet: str = ""
    events: dict[str, str] = field(default_factory=dict)
    runners: dict[str, Runner] = field(default_factory=dict)

    def run(self) -> None:
        for step in (
            self.open,
            self.best_marks,
            self.enter,
            self.heats_of_100,
            self.final_of_100,
            self.break_line,
            self.protest,
            self.relay,
            self.laps,
            self.finish_of_3000,
            self.percent_of_best,
            self.age_classes,
            self.medals,
        ):
            step()

    # ── the meet ─────────────────────────────────────────────────────────────────────────────────────────────────────

    def open(self) -> None:
        days = {"starts_on": DAY, "ends_on": DAY, "timezone": "Europe/Berlin"}
        self.meet = self.server.post("/meets", {"name": "Retro championship", **days, "lanes": 6})["id"]
        lanes = {"start": "lanes", "timing": "photo_finish"}
        self.event("100 m", 100, "M", **lanes)
        self.event("800 m", 800, "W", **lanes)
        self.event("4 × 100 m", 100, "M", relay_legs=4, **lanes)
        classes = {"categories": {"assigned": True}}
        self.event("3000 m", 3_000, "M", start="mass", timing="photo_finish", rules=classes)
        rules = self.server.get(f"/events/{self.events['800 m']}/rules")
        tables = rules["tables"]
        assert tables["starts"]["false_starts"] == "retro_two_step", "R91"
        assert (tables["conduct"]["finish_reference"], tables["conduct"]["escort"]) == ("back", "none"), "R92, R89"
        assert tables["conduct"]["breaks"][:2] == [
            {"rule": "lanes", "longest_m": 400, "relay": False, "after_m": None},
            {"rule": "break", "longest_m": 800, "relay": False, "after_m": 100},
        ], "R90"
        tags = [one["code"] for one in tables["disqualifications"] if one["code"].startswith("RR-")]
        assert tags == [f"RR-{number}" for number in range(1, 9)], "R95"
        self.say(
            f"{rules['ruleset']} {rules['version']}: the clock stops at the back (R92), tags {tags[0]} to {tags[-1]}"
        )

    def best_marks(self) -> None:
        """R87: the retro list as it is shipped, sources and all; another one is sent in the same form."""
        shipped = self.server.get("/record-lists/retro")
        self.server.put(f"/meets/{self.meet}/records", {"lists": [shipped]})
        (best,) = self.server.items(f"/events/{self.events['3000 m']}/records")
        assert (best["code"], best["mark"], best["confidence"]) == ("WB", "11:00.56", "M"), "R87"
        told = " ".join((best["code"], best["mark"], best["holder"], best["nation"], best["place"], best["date"]))
        self.say(f"{shipped['title']}: {len(shipped['records'])} marks; 3000 m: {told}")

    def event(self, name: str, metres: int, sex: str, **given: Any) -> None:
        course = {"name": name, "distance_m": metres, "surface": "track", "sex": sex, "direction": "backward"}
        made = self.server.post(f"/meets/{self.meet}/events", {**course, **given})
        assert made["ruleset"] == "irr-retro-2016", "the ruleset of races backwards"
        self.events[name] = made["id"]

    def enter(self) -> None:
        self.runners_of("100 m", "M", 100, 12, range(14_200, 17_600), 1967)
        self.runners_of("800 m", "W", 200, 6, range(231_000, 262_000), 1966)
        self.runners_of("3000 m", "M", 300, 8, range(660_420, 900_000), 1966)
        for nation in NATIONS:
            team = {"bib": nation, "family_name": nation, "sex": "M", "nation": nation}
            self.server.post(f"/events/{self.events['4 × 100 m']}/registrations", team)
        self.say(f"{len(self.runners)} runners and {len(NATIONS)} relays from {len(NATIONS)} nations")

    def runners_of(self, event: str, sex: str, bibs: int, count: int, range_ms: range, eldest: int) -> None:
        times = [range_ms[0], *sorted(self.chance.sample(range_ms[1:-1], count - 2)), range_ms[-1]]
        for number, ms in enumerate(times, 1):
            born = f"{eldest + 6 * (number * 3 % 8)}-0{number % 9 + 1}-15"
            one = Runner(str(bibs + number), NATIONS[number % len(NATIONS)], sex, born, ms)
            self.runners[one.bib] = one
            person = {"family_name": f"Runner {one.bib}", "sex": sex, "nation": one.nation, "birth_date": born}
            entry = {"bib": one.bib, "seed_mark": written(ms), "chips": [f"C{one.bib}"]}
            self.server.post(f"/events/{self.events[event]}/registrations", {**entry, **person})

    # ── asking in few words ──────────────────────────────────────────────────────────────────────────────────────────

    def draw(self, event: str, round: str = "final") -> list[Any]:
        path = f"/events/{self.events[event]}/rounds/{round}/draw"
        drawn = self.server.post(path, {"draw_seed": SEED})
        self.say(f"\n{event} {round}: drawn with seed {SEED} by {' '.join(drawn['draw']['rules'])}")
        return list(drawn["heats"])

    def lanes(self, heat: str) -> dict[str, int]:
        starters = self.server.items(f"/heats/{heat}/starters")
        self.say("  lanes " + "  ".join(f"{one['lane']}:{one['bib']}" for one in starters))
        return {one["bib"]: one["lane"] for one in starters}

    def gun(self, heat: str, at: str) -> None:
        self.server.post(f"/heats/{heat}/start", {"at": f"{DAY}T{at}+02:00"})

    def photo(self, heat: str, times: Mapping[str, int]) -> None:
        """Milliseconds, as the operator reads them at the backs."""
        finishes = [{"bib": bib, "elapsed_us": ms * 1_000} for bib, ms in times.items()]
        self.server.post(f"/heats/{heat}/finishes", {"method": "photo_finish", "finishes": finishes})

    def rule(self, heat: str, bib: str, kind: str, **given: Any) -> None:
        self.server.post(f"/heats/{heat}/rulings", {"bib": bib, "kind": kind, **given})

    def times(self, bibs: Iterable[str]) -> dict[str, int]:
        """What they run this time, no two alike, slowest last."""
        ran = {bib: self.runners[bib].ms + self.chance.randint(-90, 90) for bib in bibs}
        return dict(sorted(ran.items(), key=lambda one: one[1]))

    def results(self, event: str, round: str = "final") -> list[Any]:
        return self.server.items(f"/events/{self.events[event]}/rounds/{round}/results")

    def because(self, event: str, bib: str) -> Any:
        return self.server.get(f"/events/{self.events[event]}/standings/{bib}")["because"]

    def publish(self, event: str, status: str) -> Any:
        made = self.server.post(f"/events/{self.events[event]}/publications", {"status": status})
        self.say(f"  announced: version {made['version']}, {status}")
        return made

    def show(self, lines: Sequence[Any]) -> None:
        for one in lines:
            words = (one["nation"], one["mark"] or one["status"], one["thousandths"], one["rule"], one["qualification"])
            words += tuple(one["records"])
            self.say(f"  {one['place'] or '–':>2}  {one['bib']:<3}  {' '.join(filter(None, words))}")

    # ── 100 m ────────────────────────────────────────────────────────────────────────────────────────────────────────

    def heats_of_100(self) -> None:
        plan = self.server.post(f"/events/{self.events['100 m']}/plan")
        first, final = plan["rounds"]
        assert (first["heats"], first["advance"], final["heats"]) == (2, {"places": 2, "times": 2}, 1), (
            "R86: finals of six"
        )
        self.say(
            f"100 m: 2 heats, 2P+2T, a final of six; because {plan['because']['row']}, {plan['because']['ruleset']}"
        )
        heats = self.draw("100 m", first["name"])
        for number, heat in enumerate(heats, 1):
            bibs = self.lanes(heat["id"])
            assert set(bibs.values()) == {1, 2, 3, 4, 5, 6}
            out = self.false_starts(heat["id"], list(bibs)) if number == 1 else None
            self.gun(heat["id"], f"11:1{number}:00")
            self.photo(heat["id"], {bib: ms for bib, ms in self.times(bibs).items() if bib != out})
        fixed = self.server.post(f"/events/{self.events['100 m']}/rounds/{first['name']}/advance")["qualifiers"]
        assert [one["how"] for one in fixed].count("Q") == 4, "R32"
        lines = self.results("100 m", first["name"])
        self.show(lines)
        assert (lines[-1]["status"], lines[-1]["rule"]) == ("DQ", "RR-6"), "R91, R46"

    def false_starts(self, heat: str, bibs: Sequence[str]) -> str:
        """R91: the first one of the race is free, whoever causes the next one is out."""
        free, out, *_ = bibs
        told = []
        for bib in (free, out):
            self.gun(heat, "11:10:00")
            made = self.server.post(f"/heats/{heat}/false-starts", {"runners": [{"bib": bib, "reaction_us": 61_000}]})
            self.server.post(f"/heats/{heat}/recall")
            (one,) = made["runners"]
            told.append((made["number"], made["policy"], one["out"], one["rule"]))
        assert told == [(1, "retro_two_step", False, None), (2, "retro_two_step", True, "RR-6")], "R91"
        (why,) = self.because("100 m", out)["penalties"]
        assert (why["kind"], why["rule"]) == ("false_start", "RR-6")
        self.say(f"  false start by {free}, free; then by {out}: DQ RR-6 (R91) because {why['reason']}")
        return out

    def final_of_100(self) -> None:
        (heat,) = self.draw("100 m")
        lanes = self.lanes(heat["id"])
        before = {one["bib"]: one for one in self.results("100 m", "round-1")}
        winners = [bib for bib in lanes if before[bib]["place"] == 1]
        assert {lanes[bib] for bib in winners} == {3, 4}, "R29 for six lanes: the best two in the middle"
        ran = self.times(lanes)
        first, second, *_ = ran
        ran[first], ran[second] = 14_013, 14_018
        self.gun(heat["id"], "15:00:00")
        self.photo(heat["id"], ran)
        lines = self.results("100 m")
        told = [(one["place"], one["mark"], one["thousandths"], one["order_source"]) for one in lines[:2]]
        assert told == [(1, "14.02", "(.013)", "image"), (2, "14.02", "(.018)", "image")], "R2, R9"
        self.show(lines)
        self.publish("100 m", "official")

    # ── 800 m ────────────────────────────────────────────────────────────────────────────────────────────────────────

    def break_line(self) -> None:
        (heat,) = self.draw("800 m")
        lanes = self.lanes(heat["id"])
        assert len(set(lanes.values())) == 6, "R90: who may leave the lane after 100 m starts in one"
        self.gun(heat["id"], "15:30:00")
        ran = self.times(lanes)
        self.photo(heat["id"], ran)
        second = list(ran)[1]
        self.rule(
            heat["id"], second, "note", reason="Left the lane some metres before the break line; film is looked at"
        )
        self.show(self.results("800 m"))
        self.publish("800 m", "provisional")

    def protest(self) -> None:
        """R47, R90: a protest after the announcement; the jury disqualifies, and version 2 says so."""
        before = self.results("800 m")
        one = before[1]
        self.rule(one["heat_id"], one["bib"], "dq", rule="RR-2", reason="Jury: in lane 1 before the break line")
        self.publish("800 m", "official")
        now = {line["bib"]: line["place"] for line in self.results("800 m")}
        assert now == {line["bib"]: {1: 1, 2: None}.get(line["place"], line["place"] - 1) for line in before}, (
            "R47: everybody behind moves up"
        )
        self.show(self.results("800 m"))
        versions = self.server.items(f"/events/{self.events['800 m']}/publications")
        for version, place in ((1, 2), (2, None)):
            (id,) = (each["id"] for each in versions if each["version"] == version)
            lines = self.server.get(f"/publications/{id}/content")["rounds"]["final"]
            assert next(line for line in lines if line["bib"] == one["bib"]).get("place") == place
            assert self.server.get(f"/publications/{id}/verification")["holds"]
        why = self.because("800 m", one["bib"])
        assert [(said["kind"], said["rule"]) for said in why["rulings"]] == [("note", None), ("dq", "RR-2")]
        assert why["rules"]["ruleset"] == "irr-retro-2016"
        said = ", ".join(" ".join(filter(None, (each["kind"], each["rule"]))) for each in why["rulings"])
        self.say(
            f"  because of {one['bib']}: {said}; under {why['rules']['ruleset']} {why['rules']['version']} (R47, R90)"
        )

    # ── 4 × 100 m ────────────────────────────────────────────────────────────────────────────────────────────────────

    def relay(self) -> None:
        (heat,) = self.draw("4 × 100 m")
        id = heat["id"]
        self.lanes(id)
        teams = {
            nation: [one.bib for one in self.runners.values() if one.nation == nation and one.sex == "M"][:4]
            for nation in NATIONS
        }
        short = self.server.put(
            f"/heats/{id}/legs", {"legs": [{"bib": "AUT", "runners": teams["AUT"][:3]}]}, expect=422
        )
        self.say(f"  three runners for four legs: {short['code']}, {short['errors'][0]['pointer']}")
        self.server.put(
            f"/heats/{id}/legs", {"legs": [{"bib": nation, "runners": bibs} for nation, bibs in teams.items()]}
        )
        legs = {nation: [self.chance.randint(15_400, 17_900) for _ in bibs] for nation, bibs in teams.items()}
        self.gun(id, "17:00:00")
        taken = [
            {"bib": nation, "leg": leg, "elapsed_us": sum(ran[:leg]) * 1_000}
            for nation, ran in legs.items()
            for leg in (3, 1, 2)
        ]
        self.server.post(f"/heats/{id}/takeovers", {"method": "photo_finish", "takeovers": taken})
        self.photo(id, {nation: sum(ran) for nation, ran in legs.items()})
        zones = {
            (one["leg"], one["zone_begins_m"], one["zone_ends_m"])
            for one in self.server.items(f"/heats/{id}/takeovers")
        }
        assert zones == {(1, 80, 110), (2, 180, 210), (3, 280, 310)}, "R96: the zones of R78"
        out = min(legs, key=lambda nation: sum(legs[nation]))
        self.rule(id, out, "dq", rule="TR24.7", reason="Second takeover behind the zone")
        lines = self.results("4 × 100 m")
        assert (lines[-1]["bib"], lines[-1]["rule"]) == (out, "TR24.7"), "R78"
        assert [leg["mark"] for leg in lines[-1]["legs"]] == [None] * 4, "R78: its legs are not official"
        for one in lines[:-1]:
            ran = [leg["elapsed_us"] for leg in one["legs"]]
            assert sum(ran) == ceiling(sum(legs[one["bib"]]), 10) * 1_000, "R78: the legs add up to the team's time"
            self.say(
                f"  {one['place']:>2}  {one['bib']}  {one['mark']} = {' + '.join(leg['mark'] for leg in one['legs'])}"
            )
        self.say(f"   –  {out}  DQ TR24.7")
        self.publish("4 × 100 m", "official")

    # ── 3000 m ───────────────────────────────────────────────────────────────────────────────────────────────────────

    def crossings(self) -> dict[str, list[int]]:
        """Milliseconds after the gun at 200 m, 600 m, …, 3000 m, at an even pace."""
        bibs = [bib for bib in self.runners if bib.startswith("3")]
        paces = {bib: self.runners[bib].ms / 3_000 for bib in bibs}
        return {bib: [round(pace * (200 + 400 * lap)) for lap in range(LAPS_3000)] for bib, pace in paces.items()}

    def laps(self) -> None:
        """Until the winner is at the line: who is lapped runs on, and is not second (R104)."""
        (heat,) = self.draw("3000 m")
        self.server.put(f"/meets/{self.meet}/sources/{MAT}", {"place": "finish"})
        self.server.post(f"/heats/{heat['id']}/start", {"at": START_3000.isoformat()})
        ran = self.crossings()
        order = sorted(ran, key=lambda bib: ran[bib][-1])
        winner, unseen, last = order[0], order[2], order[-1]
        over = ran[winner][-1]
        lost = (unseen, ran[unseen][4])
        seen = sorted((ms, bib) for bib, times in ran.items() for ms in times if (bib, ms) != lost)
        self.reads(1, [one for one in seen if one[0] <= over])
        chart = self.server.get(f"/heats/{heat['id']}/laps")
        assert (chart["laps"], chart["yields"]) == (LAPS_3000, True), "R99, R93: who is lapped makes way"
        lines = {one["bib"]: one for one in chart["items"]}
        assert (lines[winner]["laps_to_go"], lines[last]["laps_down"] >= 1) == (0, True)
        assert lines[order[1]]["bell"], "R103: one lap to go"
        before = next(one for one in self.results("3000 m") if one["bib"] == last)
        assert (before["place"], before["state"]) == (None, "started"), "R104: still racing, not second"
        down = lines[last]["laps_down"]
        self.say(f"  {winner} is in; {last} is {down} lap{'s' * (down > 1)} down, and runs on (R104)")
        for bib in (winner, order[1], last):
            one = lines[bib]
            self.say(f"  {bib}: {one['laps_done']} crossings, {one['laps_to_go']} to go")
        self.reads(2, [one for one in seen if one[0] > over])
        self.missed(heat["id"], unseen)

    def reads(self, epoch: int, seen: Sequence[tuple[int, str]]) -> None:
        listed = [
            {"seq": seq, "chip": f"C{bib}", "at": (START_3000 + timedelta(milliseconds=ms)).isoformat()}
            for seq, (ms, bib) in enumerate(seen, 1)
        ]
        self.server.post(f"/meets/{self.meet}/reads", {"source": MAT, "epoch": str(epoch), "reads": listed})

    def missed(self, heat: str, bib: str) -> None:
        """R102: a crossing that nobody read is proposed, and counts when an official says so."""
        lines = {one["bib"]: one for one in self.server.get(f"/heats/{heat}/laps")["items"]}
        (proposed,) = (one for one in lines[bib]["crossings"] if one["estimated"])
        assert (proposed["mark"][-1], proposed["confirmed"]) == ("?", False)
        self.server.post(f"/heats/{heat}/crossings", {"bib": bib, "reason": "Seen by the lap scorer"})
        self.say(f"  {bib}: no read at {proposed['point']}, proposed {proposed['mark']}, confirmed (R102)")

    def finish_of_3000(self) -> None:
        (heat,) = self.server.get(f"/events/{self.events['3000 m']}/rounds/final/heats")["heats"]
        by_chip = self.results("3000 m")
        assert {one["order_source"] for one in by_chip} == {"chip"}, "R109: provisional"
        self.say(f"  by chip: {by_chip[0]['bib']} {by_chip[0]['mark']} (R8)")
        self.photo(heat["id"], {bib: times[-1] - 140 for bib, times in self.crossings().items()})
        lines = self.results("3000 m")
        assert {one["order_source"] for one in lines} == {"image"}, "R109"
        assert [one["bib"] for one in lines] == [one["bib"] for one in by_chip]
        self.show(lines)
        (broken,) = self.server.items(f"/meets/{self.meet}/records/broken")
        (mark,) = self.because("3000 m", lines[0]["bib"])["marks"]
        assert (broken["bib"], broken["code"], mark["code"], mark["rule"]) == (lines[0]["bib"], "WB", "WB", "R10")
        (before,) = mark["before"]
        self.say(
            f"  WB because {broken['mark']} beats {before['mark']} {before['holder']}, {before['source']} (R10, R87)"
        )
        self.publish("3000 m", "official")

    # ── over all ─────────────────────────────────────────────────────────────────────────────────────────────────────

    def percent_of_best(self) -> None:
        """R85: beside the best mark of the meet's list; tables of points give little at the speed of retro running."""
        first, *_ = self.server.items(f"/events/{self.events['100 m']}/standings", **{"with": "percent_of_best"})
        worth = first["percent_of_best"]
        hundredths = round(float(worth["best"]) * 10_000 / float(first["mark"]))
        assert (worth["best"], worth["rule"]) == ("13.17", "R85")
        assert abs(float(worth["percent"]) * 100 - hundredths) <= 1
        told = f"{first['mark']} is {worth['percent']} % of {worth['code']} {worth['best']}"
        self.say(f"\n100 m: {told}, {worth['record_list']} list, confidence {worth['confidence']} (R85)")

    def age_classes(self) -> None:
        lines = self.server.items(f"/events/{self.events['3000 m']}/standings")
        for one in lines:
            age = 2026 - int(self.runners[one["bib"]].born[:4]) - (self.runners[one["bib"]].born[5:] > DAY[5:])
            name = next(
                name for name, most in (("Youth", 18), ("Main", 39), ("Master 1", 54), ("Master 2", 150)) if age <= most
            )
            assert one["category"] == name, "R76: the default bounds"
        self.say("\n3000 m by age class (R76)")
        for name in ("Youth", "Main", "Master 1", "Master 2"):
            told = [f"{one['place_category']} {one['bib']}" for one in lines if one["category"] == name]
            if told:
                self.say(f"  {name}: {', '.join(told)}")

    def medals(self) -> None:
        table = self.server.get(f"/meets/{self.meet}/medals", least="official")
        assert all(one["counted"] for one in table["events"])
        totals = [sum(one[metal] for one in table["items"]) for metal in ("gold", "silver", "bronze")]
        assert totals == [4, 4, 4], "R58: a relay counts one medal per team"
        self.say("\nmedals (R58)")
        for one in table["items"]:
            self.say(f"  {one['rank']} {one['name']}  {one['gold']} {one['silver']} {one['bronze']}  {one['total']}")


def written(ms: int) -> str:
    """A mark in hundredths, as entries have it."""
    minutes, rest = divmod(ceiling(ms, 10) // 10, 6_000)
    return f"{minutes}:{rest / 100:05.2f}" if minutes else f"{rest / 100:.2f}"


def ceiling(ms: int, unit: int) -> int:
    """R2: up to the next longer unit."""
    return -(-ms // unit) * unit


if __name__ == "__main__":
    run(Retro, __doc__)
