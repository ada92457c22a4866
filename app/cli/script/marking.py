"""Keywords for what marks are worth: records, awards, halves."""

from collections.abc import Iterator
from dataclasses import replace
from typing import Final

from app.cli.script.counting import differ
from app.cli.script.game import Game
from app.cli.script.statements import Difference, Statement
from app.domain.ids import RegistrationId
from app.domain.records import Record, RecordList
from app.domain.units import SECOND, Duration
from app.operations import records
from app.operations.find import event_of
from app.rules.rounding import HUNDREDTH
from app.rules.rulesets import rules_of
from app.views.awards import awards_of
from app.views.records import all_marks, broken_items
from app.views.splits import Course, halves_of

LIST: Final = RecordList(name="script", title="Script", source="the script", as_of="2026-01-01", records=())


def record(game: Game, said: Statement) -> None:
    """One more record of what the event runs. It takes what the rules of the event say of records."""
    given = said.given
    with game.sheet() as sheet:
        spec = event_of(sheet.state, game.event()).spec
        lists = records.lists_of(sheet) or (LIST,)
        one = Record(
            code=given["word"],
            sex=given.get("sex", "M" if spec.sex == "X" else spec.sex),
            distance_m=spec.distance_m,
            surface=spec.surface,
            mark_us=given["mark"],
            unit_us=Duration(SECOND) if spec.surface == "road" else HUNDREDTH,
            source="the script",
            confidence="H",
            date=given.get("date"),
            holder=given.get("by"),
            of=given.get("of"),
            category=given.get("category"),
            relay_legs=spec.relay_legs,
            discipline=spec.discipline,
            direction=spec.direction,
        )
        records.list_records(sheet, [replace(lists[0], records=(*lists[0].records, one))])


def broken(game: Game, said: Statement) -> Iterator[Difference]:
    """Code, bib and mark of every record that was broken or equalled in the meet, in order."""
    with game.view() as view:
        state = view.projection.state
        items = broken_items("organizer", state, view.people, all_marks(view.projection), "")
    yield from differ(said, ([item["code"], item["bib"], item["mark"]] for item in items))


def awards(game: Game, said: Statement) -> Iterator[Difference]:
    """Of what, place and bib: `overall M 1 7, M40 1 3`. Of one sex where it is named."""
    with game.view() as view:
        state, table = view.projection.state, view.projection.table(game.event())
        rules = rules_of(state.spec, event_of(state, game.event()).spec).awards
        won = [award for award, _ in awards_of(table.rows(0, len(table)), rules)]
        bibs = {id: entry.entry.bib for id, entry in event_of(state, game.event()).registrations.items()}
    wanted = said.given.get("of")
    told = (
        [award.category or f"overall {award.sex}", award.place, bibs[RegistrationId(award.runner)]]
        for award in won
        if wanted in (None, award.sex)
    )
    yield from differ(said, told)


def halves(game: Game, said: Statement) -> Iterator[Difference]:
    """Which half of the race was the faster one."""
    with game.view() as view:
        state = view.projection.state
        line = view.projection.standing(game.event(), game.registration(state, said.given["bib"]))
        came = halves_of(Course.of(state, event_of(state, game.event()).spec), line) or "unknown"
    if came != said.given["are"]:
        yield Difference(said.number, f"expected {said.given['are']}, got {came}")
