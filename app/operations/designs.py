"""What the sheets of a meet look like: colours, paper, a logo, who signs, and where the public finds the meet."""

import re
from base64 import b64decode, b64encode
from collections.abc import Mapping, Sequence
from dataclasses import replace
from typing import Final

from app.domain.design import Design, Official, Role
from app.domain.facts import DesignChosen
from app.domain.ids import MeetId, TextId
from app.domain.refusals import Invalid, NotFound
from app.domain.state import MeetState
from app.operations.checks import within
from app.operations.sheet import Sheet, Texts, writable
from app.sheets.pdf import check_colours, check_logo
from app.sheets.sheet import PLAIN

MEET_ID: Final = "{meet_id}"
EVENT_ID: Final = "{event_id}"
LONGEST_ADDRESS: Final = 300
AS_IT_COMES: Final = Design(colour=PLAIN.colour, accent=PLAIN.accent)
_ADDRESS: Final = re.compile(r"https?://[!-~]+")
_PLACES: Final = re.compile(r"\{[^{}]*\}|[{}]")


def choose(sheet: Sheet, asked: Design, officials: Sequence[tuple[Role, str]] = ()) -> None:
    """All but the logo, which stays. The names of those who are not among the `officials` any more are gone for good.

    `Invalid` for a colour that hides text, an address that is none, and a role that two have.
    """
    before = writable(sheet.state).design
    check(asked)
    _check_roles([role for role, _ in officials])
    after = replace(asked, logo=before.logo if before else None, officials=_named(sheet, before, officials))
    if after != before:
        sheet.record(DesignChosen(design=after))
        _erase(sheet, before, after)


def choose_logo(sheet: Sheet, data: bytes) -> None:
    """`Invalid` unless it is a PNG or an SVG that can be printed. The one before is gone for good."""
    before = writable(sheet.state).design or AS_IT_COMES
    check_logo(data)
    if logo_in(sheet.meet_id, sheet.state, sheet.tx.texts) != data:
        sheet.record(DesignChosen(design=replace(before, logo=_kept(sheet, data))))
        _erase(sheet, before, sheet.state.design)


def drop_logo(sheet: Sheet) -> None:
    """`NotFound` where there is none."""
    before = writable(sheet.state).design
    if before is None or before.logo is None:
        raise NotFound("logo of meet", sheet.meet_id)
    sheet.record(DesignChosen(design=replace(before, logo=None)))
    _erase(sheet, before, sheet.state.design)


def drop(sheet: Sheet) -> None:
    """Sheets look as they come, without a logo and names of officials."""
    before = writable(sheet.state).design
    if before is not None:
        sheet.record(DesignChosen())
        _erase(sheet, before, None)


def carry_over(sheet: Sheet, model: MeetId, state: MeetState) -> None:
    """The design of another meet in this new sheet. Others sign there."""
    if state.design is not None:
        data = logo_in(model, state, sheet.tx.texts)
        logo = None if data is None else _kept(sheet, data)
        sheet.record(DesignChosen(design=replace(state.design, logo=logo, officials=())))


def texts_of(design: Design | None) -> list[TextId]:
    """What of it is kept beside the log."""
    if design is None:
        return []
    return [*([design.logo] if design.logo else ()), *(one.name for one in design.officials)]


def officials_of(design: Design | None, texts: Mapping[TextId, str]) -> dict[Role, str]:
    """Who signs as what, but for names that are gone."""
    officials = design.officials if design else ()
    return {one.role: texts[one.name] for one in officials if texts.get(one.name)}


def logo_in(meet: MeetId, state: MeetState, texts: Texts) -> bytes | None:
    """The logo as it was given, of any meet that the tables of texts hold."""
    id = state.design.logo if state.design else None
    return None if id is None else logo_of(texts.many(meet, [id]).get(id, ""))


def logo_of(text: str) -> bytes | None:
    """A logo from its text. None for one that was replaced since, and for one that an archive brought and that cannot
    be printed: it must not keep a sheet back.
    """
    try:
        data = b64decode(text, validate=True)
        check_logo(data)
    except (ValueError, Invalid):
        return None
    return data


def check(asked: Design) -> None:
    """`Invalid`, with the name of the field."""
    check_colours({"colour": asked.colour, "accent": asked.accent})
    _check_address("meet_address", asked.meet_address, {MEET_ID})
    _check_address("event_address", asked.event_address, {MEET_ID, EVENT_ID})


def address_of(template: str | None, meet: MeetId) -> str | None:
    """With the meet in it. Which event it is about stays open."""
    return template and template.replace(MEET_ID, meet)


def _check_address(name: str, given: str | None, places: set[str]) -> None:
    if given is None:
        return
    at = f"/{name}"
    within(len(given), 1, LONGEST_ADDRESS, at, "characters of an address")
    if not _ADDRESS.fullmatch(given):
        message = f"{name} begins with https:// and has no spaces, and no letters that an address has to escape"
        raise Invalid(at, "not_an_address", message)
    if unknown := set(_PLACES.findall(given)) - places:
        message = f"{name} knows {' and '.join(sorted(places))}, not {', '.join(sorted(unknown))}"
        raise Invalid(at, "unknown_place", message)


def _check_roles(roles: Sequence[Role]) -> None:
    for index, role in enumerate(roles):
        if role in roles[:index]:
            raise Invalid(f"/officials/{index}/role", "role_twice", f"{role} is given twice: one signs as that")


def _named(sheet: Sheet, before: Design | None, officials: Sequence[tuple[Role, str]]) -> tuple[Official, ...]:
    """Whoever stays keeps the text that holds the name."""
    held = before.officials if before else ()
    texts = sheet.tx.texts.many(sheet.meet_id, [one.name for one in held])
    stay = {(one.role, texts.get(one.name)): one.name for one in held}
    named = ((role, stay.get((role, name)) or sheet.text(name)) for role, name in officials)
    return tuple(Official(role=role, name=id) for role, id in named if id)


def _kept(sheet: Sheet, data: bytes) -> TextId | None:
    return sheet.text(b64encode(data).decode())


def _erase(sheet: Sheet, before: Design | None, after: Design | None) -> None:
    stay = texts_of(after)
    if gone := [id for id in texts_of(before) if id not in stay]:
        sheet.tx.texts.erase(sheet.meet_id, gone)
