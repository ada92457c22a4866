"""An exported meet, told to a server again over its API: what stands of its log, in the order of the log."""

from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import asdict
from itertools import groupby
from typing import Any, Final
from urllib.parse import quote

from app.cli import race
from app.cli.client import Server
from app.domain import facts
from app.domain.codec import decode
from app.domain.facts import Recorded
from app.domain.fold import undone
from app.domain.ids import ActorId
from app.domain.meet import EventSpec, RoundSpec
from app.domain.units import Instant, format_instant
from app.store.archive import Epoch, Line, Read

POST: Final = 2_000
PEOPLE: Final = ("family_name", "given_name", "sex", "birth_date", "nation", "club", "external_id", "publish_name")


class Rerun:
    """One meet. `run` makes another one like it, a rehearsal, and says what it did."""

    def __init__(self, server: Server, lines: Iterable[Line]) -> None:
        self._server = server
        self._people: dict[str, Mapping[str, Any]] = {}
        self._epochs: dict[int, Epoch] = {}
        self._log: list[Recorded] = []
        self._reads: list[Read] = []
        for line in lines:
            self._people |= {person["id"]: person for person in line.people or ()}
            self._epochs |= {} if line.epoch is None else {line.epoch.no: line.epoch}
            self._log += [_recorded(fact) for fact in line.facts or ()]
            self._reads += line.reads or ()
        self._ids: dict[str, str] = {}
        """Events and heats: what they were called → what they are called now."""
        self._bibs: dict[str, str] = {}
        self._ages: dict[str, int] = {}
        self._sources: dict[str, str] = {}
        self._waiting: dict[str, dict[str, dict[str, Any]]] = {}
        """Event → athlete → row of its roster, not sent yet."""
        self.meet = ""
        self.done: Counter[str] = Counter()

    def run(self) -> dict[str, Any]:
        for step in self._steps():
            if isinstance(step, Recorded):
                self._tell(step.fact)
            else:
                self._post(step)
        self._send_rosters()
        events = [self._ids[id] for id in self._ids if id.startswith("evt_")]
        return {"meet_id": self.meet, "event_ids": events, **self.done}

    def _steps(self) -> Iterator[Recorded | list[Read]]:
        """Facts and runs of reads as the log has them."""
        voided = undone(self._log)
        standing: list[tuple[int, Recorded | Read]] = [(r.seq, r) for r in self._log if r.seq not in voided]
        both = sorted([*standing, *((read[0], read) for read in self._reads)], key=lambda one: one[0])
        for is_fact, run in groupby((one for _, one in both), key=lambda one: isinstance(one, Recorded)):
            if is_fact:
                yield from (one for one in run if isinstance(one, Recorded))
            else:
                yield [one for one in run if not isinstance(one, Recorded)]

    def _tell(self, fact: facts.Fact) -> None:
        tell = TELL.get(type(fact))
        if tell is None:
            self.done["facts_left_out"] += 1
            return
        if not isinstance(fact, _ENTRIES):
            self._send_rosters()
        tell(self, fact)
        self.done["facts"] += 1

    def _post(self, reads: list[Read]) -> None:
        self._send_rosters()
        by_epoch: dict[int, list[Read]] = {}
        for read in reads:
            by_epoch.setdefault(read[1], []).append(read)
        for no, several in by_epoch.items():
            epoch = self._epochs[no]
            for n in range(0, len(several), POST):
                part = [_read(read) for read in several[n : n + POST]]
                body = {"source": self._sources[epoch.source], "epoch": epoch.epoch, "reads": part}
                answer = self._server.post(f"/v1/meets/{self.meet}/reads", body)
                self.done["reads"] += answer["stored"]

    def _send_rosters(self) -> None:
        for event, rows in self._waiting.items():
            race.enter(self._server, event, list(rows.values()))
        self._waiting.clear()

    # ── one function a kind ─────────────────────────────────────────────────────────────────────────────────────────

    def _describe_meet(self, fact: facts.MeetDescribed) -> None:
        body = _given(asdict(fact.spec) | {"visibility": None, "rehearsal": None})
        if self.meet:
            self._server.patch(f"/v1/meets/{self.meet}", body)
        else:
            self.meet = self._server.post("/v1/meets", body | {"rehearsal": True})["id"]

    def _describe_event(self, fact: facts.EventDescribed) -> None:
        if fact.event in self._ids:
            self._server.patch(f"/v1/events/{self._ids[fact.event]}", _event(fact.spec))
        else:
            made = self._server.post(f"/v1/meets/{self.meet}/events", _event(fact.spec))
            self._ids[fact.event] = made["id"]

    def _describe_athlete(self, fact: facts.AthleteDescribed) -> None:
        if fact.ages is not None:
            self._ages[fact.athlete] = fact.ages.race_day

    def _register(self, fact: facts.Registered) -> None:
        person = {name: self._people.get(fact.athlete, {}).get(name) for name in PEOPLE}
        entry = {name: getattr(fact, name) for name in ("bib", "role", "category", "wave", "team")}
        age = None if person["birth_date"] else self._ages.get(fact.athlete)
        if not person["family_name"] and not person["given_name"]:
            person["family_name"] = f"Athlete {fact.bib}"
        self._bibs[fact.registration] = self._bibs[fact.athlete] = fact.bib
        rows = self._waiting.setdefault(self._ids[fact.event], {})
        rows[fact.athlete] = entry | person | {"age": age, "chips": None}

    def _assign_chip(self, fact: facts.ChipAssigned) -> None:
        row = next((rows[fact.athlete] for rows in self._waiting.values() if fact.athlete in rows), None)
        if row is not None and fact.since is None and fact.until is None:
            row["chips"] = f"{row['chips'] or ''} {fact.chip}".strip()
            return
        self._send_rosters()
        body = {"chip": fact.chip, "bib": self._bibs[fact.athlete], "from": _at(fact.since), "until": _at(fact.until)}
        self._server.post(f"/v1/meets/{self.meet}/chip-assignments", _given(body))

    def _describe_source(self, fact: facts.SourceDescribed) -> None:
        as_unannounced = not fact.offset_us and fact.role == "main" and fact.place == fact.name and not fact.protocol
        if as_unannounced and fact.source not in self._sources:
            self._sources[fact.source] = fact.name
            return
        self._sources[fact.source] = fact.name
        body = _given({name: getattr(fact, name) for name in ("place", "role", "protocol", "timezone", "date_hint")})
        path = f"/v1/meets/{self.meet}/sources/{quote(fact.name, safe='')}"
        self._server.put(path, body | {"offset_us": fact.offset_us})

    def _draw(self, fact: facts.RoundDrawn) -> None:
        path = f"/v1/events/{self._ids[fact.event]}/rounds/{quote(fact.round, safe='')}"
        if any(heat.open for heat in fact.heats):
            self._server.post(f"{path}/draw", {})
        else:
            heats = [
                {"number": heat.number, "starters": [self._starter(s) for s in heat.starters]} for heat in fact.heats
            ]
            self._server.put(f"{path}/heats", {"heats": heats})
        now = self._server.items(f"/v1/events/{self._ids[fact.event]}/heats")
        numbers = {heat["number"]: heat["id"] for heat in now if heat["round"] == fact.round}
        self._ids |= {heat.heat: numbers[heat.number] for heat in fact.heats}

    def _starter(self, starter: facts.Starter) -> dict[str, Any]:
        named = {"bib": self._bibs[starter.registration], "lane": starter.lane, "group": starter.group}
        return _given(named)

    def _start(self, fact: facts.StartSignal) -> None:
        self._heat(fact.heat, "start", _given({"at": _at(fact.at), "source": fact.source}))

    def _recall(self, fact: facts.StartRecalled) -> None:
        self._heat(fact.heat, "recall", {})

    def _finish(self, fact: facts.FinishesRead) -> None:
        finishes = [_given(asdict(reading)) for reading in fact.readings]
        for finish in finishes:
            finish["bib"] = self._bibs[finish.pop("registration")]
        wind = None if fact.wind_mm_per_s is None else f"{fact.wind_mm_per_s / 1000:+.1f}"
        self._heat(fact.heat, "finishes", _given({"method": fact.method, "finishes": finishes, "wind_mps": wind}))

    def _rule(self, fact: facts.Ruling) -> None:
        named = {name: getattr(fact, name) for name in ("kind", "how", "rule", "elapsed_us", "card")}
        self._heat(fact.heat, "rulings", _given(named) | {"bib": self._bibs[fact.registration]})

    def _confirm(self, fact: facts.CrossingConfirmed) -> None:
        self._heat(fact.heat, "crossings", {"bib": self._bibs[fact.registration]})

    def _advance(self, fact: facts.QualifiersFixed) -> None:
        self._server.post(f"/v1/events/{self._ids[fact.event]}/rounds/{quote(fact.round, safe='')}/advance", {})

    def _heat(self, heat: str, verb: str, body: Mapping[str, Any]) -> None:
        self._server.post(f"/v1/heats/{self._ids[heat]}/{verb}", body)


TELL: Final[Mapping[type, Callable[[Rerun, Any], None]]] = {
    facts.MeetDescribed: Rerun._describe_meet,
    facts.EventDescribed: Rerun._describe_event,
    facts.AthleteDescribed: Rerun._describe_athlete,
    facts.Registered: Rerun._register,
    facts.ChipAssigned: Rerun._assign_chip,
    facts.SourceDescribed: Rerun._describe_source,
    facts.RoundDrawn: Rerun._draw,
    facts.StartSignal: Rerun._start,
    facts.StartRecalled: Rerun._recall,
    facts.FinishesRead: Rerun._finish,
    facts.Ruling: Rerun._rule,
    facts.CrossingConfirmed: Rerun._confirm,
    facts.QualifiersFixed: Rerun._advance,
}
"""The kinds that a replay tells; others (closings, times at the line, publications …) are counted as left out."""
_ENTRIES: Final = (facts.AthleteDescribed, facts.Registered, facts.ChipAssigned)


def _recorded(fact: Any) -> Recorded:
    return Recorded(
        fact.seq, Instant(fact.at_us), ActorId(fact.actor), decode(fact.kind, fact.version, bytes(fact.body))
    )


def _given(body: Mapping[str, Any]) -> dict[str, Any]:
    return {name: value for name, value in body.items() if value is not None}


def _at(instant: Instant | None) -> str | None:
    return None if instant is None else format_instant(instant)


def _read(read: Read) -> dict[str, Any]:
    _, _, number, chip, bib, at_us, place, antenna, rssi, kind, _, _ = read
    return _given(
        {
            "seq": number,
            "chip": chip,
            "bib": bib,
            "at": at_us,
            "place": place,
            "antenna": antenna,
            "rssi": rssi,
            "kind": kind,
        }
    )


def _event(spec: EventSpec) -> dict[str, Any]:
    body = _given(asdict(spec))
    body["start_window_before_s"] = body.pop("start_window_before_us") // 1_000_000
    body["start_window_after_s"] = body.pop("start_window_after_us") // 1_000_000
    body["points"] = [_given(point) for point in body["points"]]
    body["categories"] = [_given(category) for category in body["categories"]]
    body["rounds"] = [_round(round) for round in spec.rounds]
    return body


def _round(spec: RoundSpec) -> dict[str, Any]:
    return _given(asdict(spec) | {"scheduled_at": _at(spec.scheduled_at)})
