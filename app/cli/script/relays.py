"""Keywords of relays: who runs which leg, where the baton was handed on, and what the legs took."""

from collections.abc import Iterator

from app.cli.script.game import Game
from app.cli.script.statements import Difference, Statement
from app.domain.ids import Bib
from app.operations import takeovers
from app.operations.legs import Team, name_legs

NONE = "–"


def legs(game: Game, said: Statement) -> None:
    """The runners of a team in running order."""
    heat = game.heat()
    with game.sheet() as sheet:
        name_legs(sheet, heat, [Team(Bib(said.given["bib"]), tuple(said.given["are"]))])


def takeover(game: Game, said: Statement) -> None:
    """The baton was handed on after a leg, so long after the gun: by photo, or by watch."""
    heat, given = game.heat(), said.given
    seen = takeovers.Seen(bib=Bib(given["bib"]), leg=given["after"], elapsed_us=given["mark"])
    with game.sheet() as sheet:
        takeovers.read_takeovers(sheet, heat, "hand" if "hand" in given else "photo_finish", [seen])


def ran(game: Game, said: Statement) -> Iterator[Difference]:
    """What each leg of a team took, as printed."""
    heat = game.heat()
    with game.view() as view:
        state = view.projection.state
        team = game.registration(state, said.given["bib"])
        run = view.projection.team_runs(game.event(), state.heats[heat].round)[heat, team]
    came = " ".join(leg.mark or NONE for leg in run.legs)
    if came != said.given["words"]:
        yield Difference(said.number, f"expected {said.given['words']}, got {came}")
