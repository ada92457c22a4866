"""Plays a script: each statement with the real operations, until one goes wrong that the next cannot do without."""

from collections.abc import Iterator

from app.cli.script.game import Game, Ground
from app.cli.script.grammar import parse
from app.cli.script.keywords import FORMS, PLAYED, REFUSED, SETTING
from app.cli.script.statements import Difference, Script, Statement
from app.domain.refusals import Refusal
from app.domain.units import Instant


def check(ground: Ground, name: str, text: str) -> list[str]:
    """What differs, each as `file:line: what`; nothing where all is as expected. `Misread` for what is no script."""
    script = parse(name, text, (*FORMS, REFUSED))
    return [f"{name}:{one.number}: {one.problem}" for one in play(ground, script)]


def play(ground: Ground, script: Script) -> Iterator[Difference]:
    """Ends at the first statement that is refused unexpectedly, or done although it had to be refused."""
    ground.now = Instant(0)
    game = Game(ground)
    for said, following in zip(script.statements, (*script.statements[1:], None), strict=True):
        if said.form == REFUSED:
            continue
        expected = following if following is not None and following.form == REFUSED else None
        try:
            yield from _play(game, said, now=_ends_setting(following))
        except Refusal as refusal:
            wrong = _judged(said, expected, refusal)
        else:
            wrong = None if expected is None else Difference(expected.number, f"{said.text!r} was done, not refused")
        if wrong is not None:
            yield wrong
            return


def _ends_setting(following: Statement | None) -> bool:
    return following is None or following.form not in SETTING


def _play(game: Game, said: Statement, *, now: bool) -> Iterator[Difference]:
    """`now`: what is set up is recorded at once, so that it is this line which is refused."""
    drafted = game.draft, game.own_points, game.no_start, game.described
    try:
        yield from FORMS[said.form](game, said) or ()
        if said.form in SETTING and now:
            game.set_up()
    except Refusal:
        if said.form in SETTING:
            game.draft, game.own_points, game.no_start, game.described = drafted
        raise
    if said.form in PLAYED:
        game.note(said.text)


def _judged(said: Statement, expected: Statement | None, refusal: Refusal) -> Difference | None:
    if expected is None:
        return Difference(said.number, f"{said.text!r} was refused: {refusal.code}: {refusal.detail}")
    code, words = expected.given["word"].rstrip(":"), expected.given.get("because", "")
    if refusal.code == code and words in refusal.detail:
        return None
    wanted = f"{code}: {words}" if words else code
    return Difference(expected.number, f"expected refused {wanted}, got {refusal.code}: {refusal.detail}")
