"""Keywords for what officials decide: rulings, undoing, announcing, closing the meet."""

from collections.abc import Callable

from app.cli.script.game import Game
from app.cli.script.statements import Statement
from app.domain.facts import RulingKind
from app.domain.ids import Bib
from app.domain.refusals import NotFound
from app.operations import anomalies, crossings, meets, publish, rulings, undo
from app.operations.false_starts import Accused, charge
from app.operations.rulings import Decision

Verb = Callable[[Game, Statement], None]


def ruling(kind: RulingKind) -> Verb:
    """The keyword for one kind of ruling on one runner of the heat that is spoken of."""

    def rule(game: Game, said: Statement) -> None:
        given = said.given
        decision = Decision(
            bib=Bib(given["bib"]),
            kind=kind,
            how=given.get("how"),
            rule=given.get("word"),
            reason=given.get("because"),
            elapsed_us=given.get("mark") or given.get("seconds"),
            card=given.get("card"),
        )
        heat = game.heat(given.get("wave"))
        with game.sheet() as sheet:
            rulings.rule(sheet, heat, decision)

    return rule


def confirm(game: Game, said: Statement) -> None:
    """A crossing that no reader saw, as it is proposed."""
    given = said.given
    heat = game.heat(given.get("wave"))
    with game.sheet() as sheet:
        crossings.confirm(sheet, heat, Bib(given["bib"]), given.get("at"), given.get("because"))


def accept(game: Game, said: Statement) -> None:
    """The first open anomaly of a kind, about a runner if one is named."""
    given, event = said.given, game.event()
    with game.sheet() as sheet:
        found = [
            one.id
            for one in anomalies.asked(sheet.projection, event)
            if one.found and one.state == "open" and one.found.kind == given["word"]
            if given.get("bib") in (None, one.found.bib)
        ]
        if not found:
            raise NotFound("open anomaly", given["word"])
        anomalies.accept(sheet, found[0], "the referee", given["because"], event)


def false_start(game: Game, said: Statement) -> None:
    """One false start of the heat that is spoken of, caused by these runners."""
    given = said.given
    heat = game.heat(given.get("wave"))
    accused = [Accused(bib=Bib(bib), reaction_us=given.get("reaction")) for bib in given["bib"]]
    with game.sheet() as sheet:
        charge(sheet, heat, accused, given.get("because"))


def undoing(game: Game, said: Statement) -> None:
    """Of the last statement that begins with these words and recorded something."""
    seq = position_of(game, said.given["words"])
    with game.sheet() as sheet:
        undo.undo(sheet, seq)


def position_of(game: Game, words: str) -> int:
    """Where in the log the last statement is that begins with these words."""
    found = [seq for text, seq in game.positions.items() if f"{text} ".startswith(f"{words} ")]
    if not found:
        raise NotFound("statement above", words)
    return max(found)


def announce(game: Game, said: Statement) -> None:
    with game.sheet() as sheet:
        publish.publish(sheet, game.event(), said.given["announced"], said.given.get("because"))


def close_meet(game: Game, said: Statement) -> None:
    with game.sheet() as sheet:
        meets.close(sheet)


def reopen_meet(game: Game, said: Statement) -> None:
    with game.sheet() as sheet:
        meets.reopen(sheet)
