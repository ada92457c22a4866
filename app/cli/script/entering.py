"""Keywords for people: runners, their entries and their chips."""

from collections.abc import Mapping
from typing import Any, Final

from app.cli.script.game import Game
from app.cli.script.statements import Statement
from app.domain.ids import AssignmentId, Bib, Chip
from app.domain.refusals import NotFound
from app.operations import athletes, chips, registrations
from app.operations.entries import Entry
from app.operations.find import event_of
from app.operations.people import Identity

MARKS: Final = {"seed": "seed_mark", "pb": "pb", "sb": "sb"}
ROLES: Final = ("guest", "pacer")
IDENTITY: Final = {
    "name": "family_name",
    "born": "birth_date",
    "age": "age",
    "nation": "nation",
    "club": "club",
    "id": "external_id",
}


def runner(game: Game, said: Statement) -> None:
    """An entry, also after the gun; its lane and heat stand until heats are drawn otherwise."""
    given = said.given
    bib = Bib(given["bib"])
    if "lane" in given or "heat" in given:
        game.lists[bib] = given.get("heat", 1), given.get("lane")
    with game.sheet() as sheet:
        registrations.register(sheet, game.event(), _entry(game, bib, given))


def runners(game: Game, said: Statement) -> None:
    for bib in said.given["bib"]:
        with game.sheet() as sheet:
            registrations.register(sheet, game.event(), _entry(game, Bib(bib), {}))


def _entry(game: Game, bib: Bib, given: Mapping[str, Any]) -> Entry:
    sex = next((sex for sex in ("M", "W") if sex in given), "M" if game.draft.sex == "X" else game.draft.sex)
    identity = {field: given[word] for word, field in IDENTITY.items() if word in given}
    return Entry(
        bib=bib,
        identity=Identity(sex=sex, **{"family_name": f"Runner {bib}"} | identity),
        chips=tuple(Chip(chip) for chip in given.get("chip", ())),
        **_asked(given),
    )


def _asked(given: Mapping[str, Any]) -> dict[str, Any]:
    """Fields of an entry that both a runner's line and a changed entry have."""
    asked = {name: given[name] for name in ("wave", "category", "team") if name in given}
    asked |= {field: given[word] for word, field in MARKS.items() if word in given}
    roles = [role for role in ROLES if role in given]
    return asked | ({"role": roles[0]} if roles else {})


def entry(game: Game, said: Statement) -> None:
    """What an entry, or the person, is from now on."""
    given = said.given
    with game.view() as view:
        event = event_of(view.projection.state, game.event())
        id = game.registration(view.projection.state, given["bib"])
        athlete = event.registrations[id].entry.athlete
    asked = _asked(given) | ({"bib": Bib(given["to"])} if "to" in given else {})
    person = {field: given[word] for word, field in IDENTITY.items() if word in given}
    person |= {"sex": "M"} if "M" in given else {"sex": "W"} if "W" in given else {}
    with game.sheet() as sheet:
        if asked:
            registrations.change(sheet, id, asked)
        if person:
            athletes.change(sheet, athlete, person)


def scratch(game: Game, said: Statement) -> None:
    """Withdrawn before the race."""
    with game.sheet() as sheet:
        registrations.withdraw(sheet, game.registration(sheet.state, said.given["bib"]))


def chip(game: Game, said: Statement) -> None:
    given = said.given
    since, until = (game.at(given[word]) if word in given else None for word in ("from", "until"))
    with game.sheet() as sheet:
        chips.assign(sheet, Chip(given["chip"]), Bib(given["is"]), since, until, game.event())


def chip_ends(game: Game, said: Statement) -> None:
    until = game.at(said.given["ends"])
    with game.sheet() as sheet:
        chips.change(sheet, _assignment(sheet.state.chips, said.given["chip"]), {"until": until})


def chip_back(game: Game, said: Statement) -> None:
    with game.sheet() as sheet:
        chips.release(sheet, _assignment(sheet.state.chips, said.given["chip"]))


def _assignment(held: Mapping[Chip, list[AssignmentId]], chip: str) -> AssignmentId:
    """The last one of the chip."""
    found = held.get(Chip(chip))
    if not found:
        raise NotFound("chip", chip)
    return found[-1]
