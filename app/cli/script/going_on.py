"""Keywords for who goes on: plans, lots, reserves who stand in, and what is expected of them."""

from collections.abc import Iterator

from app.cli.script.game import Game
from app.cli.script.statements import Difference, Statement
from app.domain.ids import Bib
from app.domain.meet import RoundSpec
from app.operations import lots, plans, replacements
from app.operations.entrants import Field, reserves
from app.operations.find import bib_of, event_of, round_of
from app.rules.order import bib_key


def plan(game: Game, said: Statement) -> None:
    """The event gets the rounds that the rules have for its entries."""
    with game.sheet() as sheet:
        plans.plan(sheet, game.event(), said.given.get("for"))
        spec = event_of(sheet.state, game.event()).spec
    # What the script says of the event from here on is said of the event with these rounds.
    game.take_rounds(spec.rounds)


def planned(game: Game, said: Statement) -> Iterator[Difference]:
    """`round-1 8x 2P+8T, semi-final 3x 2P+2T, final 1x`."""
    with game.view() as view:
        rounds = event_of(view.projection.state, game.event()).spec.rounds
    came = " ".join(_told(round) for round in rounds)
    expected = " ".join(word.rstrip(",") for word in said.given["words"].split())
    if expected != came:
        yield Difference(said.number, f"expected {expected}, got {came}")


def _told(round: RoundSpec) -> str:
    advance = round.advance
    parts = () if advance is None else ((advance.places, "P"), (advance.times, "T"))
    words = (round.name, f"{round.heats or 1}x", "+".join(f"{count}{letter}" for count, letter in parts if count))
    return " ".join(filter(None, words))


def draw_lots(game: Game, said: Statement) -> None:
    with game.sheet() as sheet:
        lots.draw_lots(sheet, game.event(), said.given.get("of", game.round_name()), said.given.get("seed", 1))


def tied(game: Game, said: Statement) -> Iterator[Difference]:
    """Who is level in a round, with how many places and free lanes; `tied none` where nobody is."""
    with game.view() as view:
        state, round = view.projection.state, game.round_name()
        found = view.projection.as_it_stands(game.event(), round)[1]
        told = [
            " ".join(
                (
                    *sorted((bib_of(state, id) for id in tie.level), key=bib_key),
                    f"for {tie.spots}",
                    *(() if tie.free is None else (f"free {tie.free}",)),
                    tie.rule,
                )
            )
            for tie in found
        ]
    came, expected = "; ".join(told) or "none", said.given["words"]
    if expected != came:
        yield Difference(said.number, f"expected {expected}, got {came}")


def replace(game: Game, said: Statement) -> None:
    """For the round that is spoken of, or `into` another one."""
    given = said.given
    with game.sheet() as sheet:
        into = given.get("into", game.round_name())
        by = Bib(given["by"]) if "by" in given else None
        replacements.replace_qualifier(sheet, game.event(), into, Bib(given["bib"]), by, given.get("because"))


def stand_by(game: Game, said: Statement) -> Iterator[Difference]:
    """Who would be the next to take a vacant place of a round, in this order."""
    with game.view() as view:
        state = view.projection.state
        event = event_of(state, game.event())
        index, _ = round_of(event, said.given["for"])
        ranked = reserves(Field(state, event, view.projection, view.people), index)
        came = " ".join(line.bib for line, _ in ranked) or "none"
    expected = said.given["words"]
    if expected != came:
        yield Difference(said.number, f"expected {expected}, got {came}")
