"""Keywords for heats and rounds: start lists, draws, guns, recalls, re-runs, and who goes on."""

from app.cli.script.game import Game
from app.cli.script.statements import Statement
from app.domain.ids import Bib
from app.operations import rounds, start_lists, starts
from app.operations.advance import fix_qualifiers
from app.operations.find import event_of


def heat(game: Game, said: Statement) -> None:
    """Speak of this heat from here on; with bibs, it is its start list."""
    game.round, game.number, game.wind = said.given.get("of", game.round), said.given["number"], None
    if "placed" in said.given:
        _list(game, tuple(start_lists.Place(Bib(bib), lane) for lane, bib in said.given["placed"]))


def _list(game: Game, starters: tuple[start_lists.Place, ...]) -> None:
    with game.sheet() as sheet:
        event = event_of(sheet.state, game.event())
        there = {
            one.drawn.number: tuple(
                start_lists.Place(event.registrations[starter.registration].entry.bib, starter.lane)
                for starter in one.drawn.starters
            )
            for one in event.rounds.get(game.round_name(), {}).values()
        }
        lists = there | {game.number or 1: starters}
        heats = [start_lists.HeatList(number, lists[number]) for number in sorted(lists)]
        start_lists.put_heats(sheet, game.event(), game.round_name(), heats)


def draw(game: Game, said: Statement) -> None:
    game.round, game.number = said.given.get("word", game.round), None
    with game.sheet() as sheet:
        rounds.draw(sheet, game.event(), game.round_name(), said.given.get("seed", 1), said.given.get("without", ()))


def gun(game: Game, said: Statement) -> None:
    heat, at = game.heat(said.given.get("wave")), game.at(said.given["time"])
    with game.sheet() as sheet:
        starts.start(sheet, heat, at)


def recall(game: Game, said: Statement) -> None:
    heat = game.heat(said.given.get("wave"))
    with game.sheet() as sheet:
        starts.recall(sheet, heat)


def close(game: Game, said: Statement) -> None:
    heat = game.heat(said.given.get("wave"))
    at = game.at(said.given["time"]) if "time" in said.given else None
    with game.sheet() as sheet:
        starts.close(sheet, heat, at)


def reopen(game: Game, said: Statement) -> None:
    heat = game.heat(said.given.get("wave"))
    with game.sheet() as sheet:
        starts.reopen(sheet, heat)


def rerun(game: Game, said: Statement) -> None:
    heat = game.heat(said.given.get("wave"))
    with game.sheet() as sheet:
        starts.rerun(sheet, heat, [Bib(bib) for bib in said.given.get("only", ())], said.given.get("because"))


def cancel(game: Game, said: Statement) -> None:
    """A heat that nobody runs."""
    heat = game.heat(said.given.get("wave"))
    with game.sheet() as sheet:
        rounds.withdraw_heat(sheet, heat)


def advance(game: Game, said: Statement) -> None:
    """Fixes who goes on from a round."""
    with game.sheet() as sheet:
        fix_qualifiers(sheet, game.event(), said.given["from"])


def clock(game: Game, said: Statement) -> None:
    """What is recorded next is recorded then."""
    game.at(said.given["time"])
