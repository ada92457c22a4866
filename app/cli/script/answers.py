"""Heads of expected sheets: which of the product's answers the `=` lines below them are held against."""

import json
from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from app.cli.script.compare import Row, differences
from app.cli.script.deciding import position_of
from app.cli.script.game import Game
from app.cli.script.statements import Difference, Statement
from app.domain.refusals import NotFound
from app.live import View
from app.operations.find import event_of
from app.operations.publish import same_people, verify
from app.timing.course import Course
from app.timing.heats import HeatResult
from app.timing.marks import written
from app.views.results import Lines, result_items
from app.views.standings import standing_items

SECOND = 1_000_000


def results(game: Game, said: Statement) -> Iterator[Difference]:
    """Of the heat that is spoken of."""
    heat = game.heat(said.given.get("wave"))
    with game.view() as view:
        rows = _rows(view, view.projection.heat_results(heat))
    return differences(said, rows)


def before(game: Game, said: Statement) -> Iterator[Difference]:
    """The heat as it was before an earlier statement was recorded."""
    heat = game.heat()
    with game.view(position_of(game, said.given["words"]) - 1) as view:
        rows = _rows(view, view.projection.heat_results(heat))
    return differences(said, rows)


def summary(game: Game, said: Statement) -> Iterator[Difference]:
    """Of a round over all its heats, in order of rank."""
    game.draw_if_needed()
    with game.view() as view:
        lines = view.projection.round_results(game.event(), said.given.get("word", game.round_name()))
        rows = _rows(view, lines, place="rank")
    return differences(said, rows)


def standings(game: Game, said: Statement) -> Iterator[Difference]:
    """Of the event, at a point of the course, of one sex or category."""
    given = said.given
    game.draw_if_needed()
    with game.view() as view:
        table = view.projection.table(game.event(), given.get("at"), given.get("sex"), given.get("category"))
        items = standing_items("organizer", view.projection.state, view.people, table.rows(0, len(table)))
        rows = [_of_event(item, table.roster.course) for item in items]
    return differences(said, rows)


def version(game: Game, said: Statement) -> Iterator[Difference]:
    """What was announced as this version, word for word as it was announced."""
    number: int = said.given["number"]
    with game.view() as view:
        publications = event_of(view.projection.state, game.event()).publications
        if not 1 <= number <= len(publications):
            raise NotFound("version", str(number))
        told = json.loads(publications[number - 1][1].content)
    return differences(said, [_row(line, "place", {}) for line in told["standings"]])


def holds(game: Game, said: Statement) -> Iterator[Difference]:
    """Computed anew, every version is what was announced."""
    with game.view() as view:
        state = view.projection.state
        published = [one for _, one in event_of(state, game.event()).publications]
        same = {one.at_seq: same_people(state, one.at_seq) for one in published}
    for one in published:
        with game.view(one.at_seq) as then:
            for found in verify(one, then.projection, then.people, same_people=same[one.at_seq]):
                yield Difference(said.number, f"version {one.version}: {found.field} of {found.bib} differs")


def _rows(view: View, lines: Sequence[HeatResult], place: str = "place") -> list[Row]:
    told = Lines.of(view.projection, lines)
    return [_of_heat(item, place) for item in result_items("organizer", view.projection.state, view.people, told)]


def _of_heat(item: Mapping[str, Any], place: str) -> Row:
    details = {"heat": item["heat"], "lane": item["lane"], "by": item["order_source"], "timed": item["timed_by"]}
    if item["reaction_us"] is not None:
        details["reaction"] = f"{item['reaction_us'] // SECOND}.{item['reaction_us'] // 1_000 % 1_000:03}"
    return _row(item, place, details)


def _of_event(item: Mapping[str, Any], course: Course) -> Row:
    clocks = {name: item[f"{name}_us"] for name in ("gun", "net")}
    details: dict[str, Any] = {name: None if us is None else written(course, us) for name, us in clocks.items()}
    details |= {"sex": item["place_sex"], "in": item["place_category"]}
    return _row(
        item,
        "place",
        details | {name: item[name] for name in ("category", "wave", "team")} | {"timed": item["timed_by"]},
    )


def _row(item: Mapping[str, Any], place: str, details: Mapping[str, Any]) -> Row:
    """One line of an answer; its flags, records and state may be asked for by their names."""
    flags = item.get("flags", ())
    alone = (*flags, *item.get("records", ()), item["state"])
    return Row(
        place=item.get(place),
        bib=item["bib"],
        mark=item.get("mark"),
        thousandths=item.get("thousandths"),
        status=item.get("status"),
        rule=item.get("rule"),
        qualification=item.get("qualification"),
        details={name: str(value) for name, value in details.items() if value is not None}
        | {name: name for name in alone}
        | ({"flags": " ".join(flags)} if flags else {}),
    )
