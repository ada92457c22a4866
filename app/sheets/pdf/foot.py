"""What stands below: notes, changes, the key to the codes, who signs; and the number at the foot of every page."""

from collections.abc import Sequence
from typing import Final

from app.sheets.colours import INK
from app.sheets.pdf.colours import HAIR, QUIET
from app.sheets.pdf.flow import MARGIN, Flow
from app.sheets.pdf.page import Page
from app.sheets.pdf.shaping import Setter
from app.sheets.pdf.tags import Tag
from app.sheets.pdf.wrapping import wrapped
from app.sheets.sheet import Sheet, Signature
from app.sheets.words import Words

_TEXT: Final = 8.0
_KEY: Final = 7.2
_SIGNATURE: Final = 150.0
_FOOT: Final = 7.0
_TO_SIGN: Final = 34.0
"""Room above the line."""
_UNSIGNED: Final = _TO_SIGN + 10.0
_SIGNED: Final = _TO_SIGN + 20.0
"""With the names below."""


def last(flow: Flow, sheet: Sheet, words: Words, parent: Tag) -> None:
    """Everything after the tables."""
    flow.at += 6
    for note in sheet.notes:
        flow.paragraph(note, _TEXT, flow.tags.add("Note", parent))
    if sheet.changes:
        _changes(flow, sheet, words, parent)
    if sheet.legend:
        _legend(flow, sheet.legend, flow.tags.add("P", parent))
    if sheet.signatures:
        _signatures(flow, sheet.signatures, words, parent)


def every(page: Page, setter: Setter, sheet: Sheet, words: Words, number: int, total: int) -> None:
    """The foot of one page. `number` counts over the whole file."""
    base = page.height - 24.0
    page.rule(MARGIN, page.width - MARGIN, base - 11.0, 0.5, HAIR)
    with page.untagged():
        count = setter.line(words("word.page", number=number, total=total))
        edge = page.width - MARGIN - count.width * _FOOT / 1000
        page.text(edge, base, count, _FOOT, QUIET)
        digest = f"{words('word.digest')} {sheet.digest}" if sheet.digest else ""
        said = "   ·   ".join(part for part in (sheet.issued, digest) if part)
        room = (edge - MARGIN - 12) * 1000 / _FOOT
        size = _FOOT
        if setter.width(said) > room:
            size = 5.6
        for i, line in enumerate(wrapped(setter, said, room * _FOOT / size, most=2)):
            page.text(MARGIN, base + i * size * 1.25, setter.line(line), size, QUIET)


def _changes(flow: Flow, sheet: Sheet, words: Words, parent: Tag) -> None:
    flow.at += 4
    flow.need(_TEXT * 4)
    flow.paragraph(words("word.changes"), _TEXT, flow.tags.add("H3", parent), bold=True, ink=sheet.look.accent)
    for change in sheet.changes:
        flow.paragraph(change, _TEXT, flow.tags.add("P", parent))


def _legend(flow: Flow, legend: Sequence[tuple[str, str]], tag: Tag) -> None:
    """Codes in bold with their meanings, one after another as far as a line goes."""
    size, gap = _KEY, 12.0
    pitch = size * 1.38
    flow.at += 4
    flow.need(pitch * 2)
    flow.at += pitch
    x = 0.0
    for code, meaning in legend:
        short = flow.setter.line(code, bold=True)
        start = short.width * size / 1000 + 3.5
        lines = wrapped(flow.setter, meaning, (flow.width - start) * 1000 / size)
        width = start + flow.setter.width(lines[0]) * size / 1000
        if x and x + width > flow.width:
            x = _next(flow, pitch)
        with flow.page.tagged(tag):
            flow.page.text(flow.left + x, flow.at, short, size, INK)
            flow.page.text(flow.left + x + start, flow.at, flow.setter.line(lines[0]), size, QUIET)
        for more in lines[1:]:
            _next(flow, pitch)
            with flow.page.tagged(tag):
                flow.page.text(flow.left + start, flow.at, flow.setter.line(more), size, QUIET)
        x += width + gap


def _next(flow: Flow, pitch: float) -> float:
    if not flow.fits(pitch):
        flow.turn()
    flow.at += pitch
    return 0.0


def _signatures(flow: Flow, signatures: Sequence[Signature], words: Words, parent: Tag) -> None:
    """Lines to sign on, all on one page."""
    gap = 18.0
    beside = max(1, min(len(signatures), int((flow.width + gap) / (_SIGNATURE + gap))))
    width = (flow.width - gap * (beside - 1)) / beside if beside > 2 else _SIGNATURE * 1.3
    rows = -(-len(signatures) // beside)
    high = _SIGNED if any(one.name for one in signatures) else _UNSIGNED
    flow.need(rows * high)
    for start in range(0, len(signatures), beside):
        if not flow.fits(high):
            flow.turn()
        flow.at += _TO_SIGN
        for i, one in enumerate(signatures[start : start + beside]):
            left = flow.left + i * (width + gap)
            flow.page.rule(left, left + width, flow.at, 0.6, QUIET)
            with flow.page.tagged(flow.tags.add("P", parent)):
                for below, text, ink in ((9.0, one.role, QUIET), (18.5, one.name, INK)):
                    said = wrapped(flow.setter, text, width * 1000 / _KEY, most=1)[0]
                    flow.page.text(left, flow.at + below, flow.setter.line(said), _KEY, ink)
        flow.at += high - _TO_SIGN
