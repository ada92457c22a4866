"""What the sheets of a meet look like: colours, paper, a logo, and where the public finds it."""

import re
from base64 import b64decode, b64encode
from dataclasses import replace
from typing import Final

from app.domain.design import Design
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


def choose(sheet: Sheet, asked: Design) -> None:
    """All but the logo, which stays. `Invalid` for a colour that hides text and an address that is none."""
    before = writable(sheet.state).design
    check(asked)
    after = replace(asked, logo=before.logo if before else None)
    if after != before:
        sheet.record(DesignChosen(design=after))


def choose_logo(sheet: Sheet, data: bytes) -> None:
    """`Invalid` unless it is a PNG or an SVG that can be printed. The one before is gone for good."""
    before = writable(sheet.state).design or AS_IT_COMES
    check_logo(data)
    if logo_in(sheet.meet_id, sheet.state, sheet.tx.texts) != data:
        sheet.record(DesignChosen(design=replace(before, logo=_kept(sheet, data))))
        _erase(sheet, before)


def drop_logo(sheet: Sheet) -> None:
    """`NotFound` where there is none."""
    before = writable(sheet.state).design
    if before is None or before.logo is None:
        raise NotFound("logo of meet", sheet.meet_id)
    sheet.record(DesignChosen(design=replace(before, logo=None)))
    _erase(sheet, before)


def drop(sheet: Sheet) -> None:
    """Sheets look as they come, without a logo."""
    before = writable(sheet.state).design
    if before is not None:
        sheet.record(DesignChosen())
        _erase(sheet, before)


def carry_over(sheet: Sheet, model: MeetId, state: MeetState) -> None:
    """The design of another meet in this new sheet."""
    if state.design is not None:
        data = logo_in(model, state, sheet.tx.texts)
        sheet.record(DesignChosen(design=replace(state.design, logo=None if data is None else _kept(sheet, data))))


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


def _kept(sheet: Sheet, data: bytes) -> TextId | None:
    return sheet.text(b64encode(data).decode())


def _erase(sheet: Sheet, before: Design) -> None:
    if before.logo is not None:
        sheet.tx.texts.erase(sheet.meet_id, [before.logo])
