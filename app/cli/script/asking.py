"""Expectations that are no sheets: splits, reads and their states, reasons, start lists, wind, receipts."""

from collections.abc import Iterator
from dataclasses import asdict

from app.cli.script.game import Game
from app.cli.script.statements import Difference, Statement
from app.domain.ids import Bib, Chip, SourceId
from app.domain.refusals import NotFound
from app.domain.units import Instant
from app.operations.anomalies import asked as find_anomalies
from app.operations.find import event_of
from app.rules.wind import wind_text
from app.timing.explain import Because
from app.views.starters import starter_items


def drawn(game: Game, said: Statement) -> Iterator[Difference]:
    """Who starts in the heat that is spoken of, in order of lanes or of the start line; bibs alone, in any order."""
    game.draw_if_needed()
    heat = game.heat()
    with game.view() as view:
        state = view.projection.state
        event = event_of(state, game.event())
        starters = [
            (one.lane, str(event.registrations[one.registration].entry.bib))
            for one in event.starters(state.heats[heat])
        ]
    expected = list(said.given["placed"])
    if all(lane is None for lane, _ in expected):
        expected, starters = sorted(expected), sorted((None, bib) for _, bib in starters)
    else:
        expected, starters = (sorted(each, key=lambda one: one[0] or 0) for each in (expected, starters))
    yield from _differ(said, _listed(expected), _listed(starters))


def _listed(starters: list[tuple[int | None, str]]) -> str:
    return " ".join(bib if lane is None else f"{lane}:{bib}" for lane, bib in starters)


def starter(game: Game, said: Statement) -> Iterator[Difference]:
    """What the start list of the heat says beside a runner."""
    heat = game.heat()
    with game.view() as view:
        items = starter_items("organizer", view.projection.state, view.people, view.projection.state.heats[heat])
    told = next((item["flags"] for item in items if item["bib"] == said.given["bib"]), None)
    if told is None:
        raise NotFound("starter", said.given["bib"])
    yield from _differ(said, " ".join(said.given["is"]), " ".join(told) or "unflagged")


def splits(game: Game, said: Statement) -> Iterator[Difference]:
    """Every split of a runner, on the clock that ranks."""
    with game.view() as view:
        id = game.registration(view.projection.state, said.given["bib"])
        line = view.projection.standing(game.event(), id)
    came = " ".join(f"{split.point} {split.mark}" for split in line.splits) or "none"
    yield from _differ(said, said.given["words"], came)


def laps(game: Game, said: Statement) -> Iterator[Difference]:
    """Every lap of a runner in the heat that is spoken of; one that is only proposed has a question mark."""
    heat = game.heat()
    with game.view() as view:
        runners = view.projection.lap_chart(heat).runners
    came = [one.lap for runner in runners if runner.bib == said.given["bib"] for one in runner.crossings]
    yield from _differ(said, said.given["words"], " ".join(came) or "none")


def laps_down(game: Game, said: Statement) -> Iterator[Difference]:
    """How many whole laps the leader had gained when the runner last crossed the line."""
    heat = game.heat()
    with game.view() as view:
        runners = view.projection.lap_chart(heat).runners
    came = [str(runner.laps_down) for runner in runners if runner.bib == said.given["bib"]]
    yield from _differ(said, str(said.given["number"]), " ".join(came) or "none")


def anomalies(game: Game, said: Statement) -> Iterator[Difference]:
    """What an official has to look at before results of the event are official: kinds, each with its bib."""
    with game.view() as view:
        asked = find_anomalies(view.projection, game.event())
    found = [one.found for one in asked if one.state == "open" and one.found]
    came = " ".join(f"{one.kind} {one.bib}" if one.bib else one.kind for one in found) or "none"
    yield from _differ(said, said.given["words"], came)


def reads(game: Game, said: Statement) -> Iterator[Difference]:
    """What became of the reads of a runner, a chip or a reader, in the order in which they arrived."""
    given = said.given
    bib = Bib(given["bib"]) if "bib" in given else None
    chip = Chip(given["chip"]) if "chip" in given else None
    with game.view() as view:
        source = _source(view.projection.state.source_names, given["of"]) if "of" in given else None
        found = view.projection.reads(source=source, chip=chip, bib=bib)
    yield from _differ(said, " ".join(given["are"]), " ".join(read.state for read in found) or "none")


def _source(names: dict[str, SourceId], name: str) -> SourceId:
    if name not in names:
        raise NotFound("source", name, known=tuple(names))
    return names[name]


def passing(game: Game, said: Statement) -> Iterator[Difference]:
    """When a runner crossed a point, and how many reads say so."""
    given = said.given
    with game.view() as view:
        found = [p for p in view.projection.passings(bib=Bib(given["bib"])) if p.point == given["at"]]
        came = [(p.at_us, p.reads) for p in found]
    if not came:
        yield Difference(said.number, f"expected bib {given['bib']} at {given['at']}, got no passing there")
        return
    [(at, count)] = came
    wanted = game.instant(given["time"])
    if at != wanted:
        yield Difference(said.number, f"expected {game.clock(wanted)}, got {game.clock(Instant(at))}")
    if given.get("reads", count) != count:
        yield Difference(said.number, f"expected {given['reads']} reads, got {count}")


def because(game: Game, said: Statement) -> Iterator[Difference]:
    """Each of the words stands in the reasons of a runner's result."""
    with game.view() as view:
        id = game.registration(view.projection.state, said.given["bib"])
        told = _reasons(game, view.projection.explain(game.event(), id))
    for word in said.given["words"].split():
        if word not in told:
            yield Difference(said.number, f"expected {word} among the reasons, got: {told}")


def _reasons(game: Game, why: Because) -> str:
    parts = [f"gun {game.clock(why.start[1].at)}"] if why.start else []
    parts += [
        f"{read.point or read.place} {read.state} {game.clock(Instant(read.at_us))} {read.reason}" for read in why.reads
    ]
    parts += ["reading"] if why.reading_seq is not None else []
    for _, ruling in why.rulings:
        parts.append(" ".join(filter(None, ("ruling", ruling.kind, ruling.rule, ruling.how, ruling.card))))
    parts += [" ".join(filter(None, (one.kind, one.rule, one.why))) for one in why.penalties]
    parts += [f"cut-off {why.cut_off.point} R66"] if why.cut_off else []
    return "; ".join(parts) or "nothing"


def printed_wind(game: Game, said: Statement) -> Iterator[Difference]:
    """As it stands on the sheet of the heat."""
    game.heat()
    with game.view() as view:
        speed = game.running(view.projection.state).wind_mm_per_s
    yield from _differ(said, said.given["wind"], "none" if speed is None else wind_text(speed))


def receipt(game: Game, said: Statement) -> Iterator[Difference]:
    """What the reader was told of the reads that it sent last."""
    if game.receipt is None:
        raise NotFound("receipt", "of reads")
    told = asdict(game.receipt)
    counts = {name: len(told[name]) for name in ("duplicates", "conflicts", "unknown")}
    counts |= {"stored": told["stored"], "off-course": told["not_on_course"]}
    for name, expected in said.given.items():
        if name in counts and counts[name] != expected:
            yield Difference(said.number, f"{name}: expected {expected}, got {counts[name]}")


def _differ(said: Statement, expected: str, came: str) -> Iterator[Difference]:
    if expected != came:
        yield Difference(said.number, f"expected {expected}, got {came}")
