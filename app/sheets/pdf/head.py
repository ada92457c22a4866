"""What stands on top: the meet and its logo, the state of the sheet, what it is of, and the way to it by telephone."""

from typing import Final

from app.sheets.colours import INK, PAPER
from app.sheets.pdf.colours import QUIET
from app.sheets.pdf.file import text
from app.sheets.pdf.flow import TOP, Flow
from app.sheets.pdf.logo import drawable, embed
from app.sheets.pdf.qr import modules
from app.sheets.pdf.tags import Tag
from app.sheets.pdf.wrapping import wrapped
from app.sheets.sheet import Sheet

_BAND: Final = 34.0
_LOGO_WIDTH: Final = 120.0
_CODE: Final = 58.0
_MEET: Final = 13.0
_SUBJECT: Final = 18.0
_SMALL: Final = 8.5


def first(flow: Flow, sheet: Sheet, parent: Tag) -> None:
    """The whole head of a sheet."""
    left = _logo(flow, sheet, parent)
    right = flow.left + flow.width - _badge(flow, sheet, parent)
    _meet(flow, sheet, parent, left, right - left - 12)
    flow.at = TOP + _BAND + 7
    flow.page.rule(flow.left, flow.left + flow.width, flow.at, 1.6, sheet.look.colour)
    top = flow.at
    width = flow.width - (_code(flow, sheet, parent, top + 9) if sheet.address else 0.0)
    _subject(flow, sheet, parent, width)
    for said in sheet.lines:
        flow.paragraph(said, _SMALL, flow.tags.add("P", parent), ink=QUIET, width=width)
    if sheet.address:
        flow.at = max(flow.at, top + 9 + _CODE)
    flow.at += 8


def again(flow: Flow, sheet: Sheet) -> None:
    """The short head of the pages after the first."""
    size = _SMALL
    state = " · ".join(part for part in (sheet.title, sheet.standing) if part)
    right = flow.setter.line(wrapped(flow.setter, state, flow.width * 500 / size, bold=True, most=1)[0], bold=True)
    room = flow.width - right.width * size / 1000 - 16
    said = " · ".join(part for part in (sheet.subject, sheet.meet) if part)
    left = wrapped(flow.setter, said, room * 1000 / size, bold=True, most=1)[0]
    with flow.page.untagged():
        base = TOP + size
        flow.page.text(flow.left, base, flow.setter.line(left, bold=True), size, INK)
        edge = flow.left + flow.width - right.width * size / 1000
        flow.page.text(edge, base, right, size, sheet.look.colour)
    flow.at = TOP + size + 6
    flow.page.rule(flow.left, flow.left + flow.width, flow.at, 0.9, sheet.look.colour)
    flow.at += 6


def _logo(flow: Flow, sheet: Sheet, parent: Tag) -> float:
    """Where what is beside it begins."""
    drawn = drawable(sheet.look.logo)
    if drawn is None:
        return flow.left
    scale = min(_BAND / drawn.height, _LOGO_WIDTH / drawn.width)
    width, height = drawn.width * scale, drawn.height * scale
    ref = flow.document.image(drawn.key, lambda file: embed(file, drawn))
    with flow.page.tagged(_figure(flow, parent, sheet.meet, (flow.left, TOP, width, height))):
        flow.page.image(f"I{drawn.key}", ref, flow.left, TOP + (_BAND - height) / 2, width, height)
    return flow.left + width + 12


def _badge(flow: Flow, sheet: Sheet, parent: Tag) -> float:
    """The state of the sheet, for all to see. How wide it is."""
    if not sheet.standing:
        return 0.0
    size = 9.5
    line = flow.setter.line(wrapped(flow.setter, sheet.standing, 18_000, bold=True, most=1)[0], bold=True)
    width, height = line.width * size / 1000 + 16, 19.0
    left = flow.left + flow.width - width
    look = sheet.look
    filled = sheet.status != "provisional"
    if filled:
        flow.page.box(left, TOP, width, height, look.accent if sheet.status == "revised" else look.colour)
    else:
        flow.page.frame(left + 0.5, TOP + 0.5, width - 1, height - 1, 1.0, look.accent)
    with flow.page.tagged(flow.tags.add("P", parent)):
        flow.page.text(left + 8, TOP + 13, line, size, PAPER if filled else look.accent)
    return width


def _meet(flow: Flow, sheet: Sheet, parent: Tag, left: float, width: float) -> None:
    size = _MEET
    lines = wrapped(flow.setter, sheet.meet, width * 1000 / size, bold=True, most=2)
    if len(lines) > 1:
        size = 10.5
        lines = wrapped(flow.setter, sheet.meet, width * 1000 / size, bold=True, most=2)
    base = TOP + (size * 1.0 if len(lines) > 1 else 15.0)
    with flow.page.tagged(flow.tags.add("P", parent)):
        for said in lines:
            flow.page.text(left, base, flow.setter.line(said, bold=True), size, sheet.look.colour)
            base += size * 1.18
    where = wrapped(flow.setter, sheet.where_when, width * 1000 / _SMALL, most=1)[0]
    if where:
        with flow.page.tagged(flow.tags.add("P", parent)):
            flow.page.text(left, base if len(lines) > 1 else TOP + 29, flow.setter.line(where), _SMALL, QUIET)


def _subject(flow: Flow, sheet: Sheet, parent: Tag, width: float) -> None:
    flow.at += 8
    title, subject = (sheet.title, sheet.subject) if sheet.subject else ("", sheet.title)
    if title:
        flow.paragraph(title, 9.0, flow.tags.add("P", parent), bold=True, ink=sheet.look.accent, width=width)
    size = _SUBJECT
    if flow.setter.width(subject, bold=True) * size / 1000 > width:
        size = 14.0
    flow.paragraph(subject, size, flow.tags.add("H1", parent), bold=True, width=width)
    flow.at += 2


def _code(flow: Flow, sheet: Sheet, parent: Tag, top: float) -> float:
    """The public address of the event, to be scanned or clicked on. The width that it takes."""
    address = sheet.address or ""
    size, path = modules(address)
    left = flow.left + flow.width - _CODE
    box = (left, top, _CODE, _CODE)
    figure = _figure(flow, parent, address, box)
    link = flow.tags.add("Link", figure)
    with flow.page.tagged(link):
        flow.page.path(left, top, _CODE / size, path, INK)
    uri = address.encode("ascii", "replace").hex()
    flow.page.link(box, link, address, f"/A<</S/URI/URI<{uri}>>>")
    return _CODE + 14


def _figure(flow: Flow, parent: Tag, said: str, box: tuple[float, float, float, float]) -> Tag:
    left, top, width, height = box
    bottom = flow.page.height - top - height
    place = f"{left:.2f} {bottom:.2f} {left + width:.2f} {bottom + height:.2f}"
    return flow.tags.add("Figure", parent, f"/Alt{text(said)}/A<</O/Layout/BBox[{place}]/Placement/Block>>")
