"""Expectations of tables over runners and events: teams, medals, placings."""

from collections.abc import Callable, Iterator
from typing import Any, Final

from app.cli.script.game import Game
from app.cli.script.statements import Difference, Statement
from app.timing.finals import finals
from app.timing.teams import team_table
from app.views.medals import Counting, medal_items, placing_items
from app.views.teams import team_items

NONE: Final = "–"


def teams(game: Game, said: Statement) -> Iterator[Difference]:
    """Place, team and score of each; a team that is not complete has no score."""
    game.draw_if_needed()
    with game.view() as view:
        found = team_table(view.projection.table(game.event()), said.given.get("of"))
        items = team_items("organizer", view.projection.state, view.people, found, 0, len(found))
    told = (
        [item["place"] or NONE, item["team"], item["mark"] or ("" if item["score"] is None else item["score"])]
        for item in items
    )
    yield from differ(said, told)


def medals(game: Game, said: Statement) -> Iterator[Difference]:
    """Rank, nation, and gold, silver and bronze, as `1-0-2`."""
    items = _counted(game, medal_items)
    yield from differ(
        said, ([item["rank"], item["name"], f"{item['gold']}-{item['silver']}-{item['bronze']}"] for item in items)
    )


def placings(game: Game, said: Statement) -> Iterator[Difference]:
    """Rank, nation and points."""
    items = _counted(game, placing_items)
    yield from differ(said, ([item["rank"], item["name"], item["points"]] for item in items))


def _counted(game: Game, items_of: Callable[[Counting], list[dict[str, Any]]]) -> list[dict[str, Any]]:
    with game.view() as view:
        return items_of(Counting(finals(view.projection), "finished", "nation", "organizer", view.people))


def differ(said: Statement, lines: Iterator[list[Any]]) -> Iterator[Difference]:
    """Lines as words, one after another, beside those behind `are`; `none` where there is no line."""
    came = " ".join(str(value) for line in lines for value in line if value != "") or "none"
    if came != said.given["are"]:
        yield Difference(said.number, f"expected {said.given['are']}, got {came}")
