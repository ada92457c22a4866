"""Reads a PDF as a reader program does: which text stands where, in which type, and what it is tagged as."""

import io
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import partial
from itertools import takewhile
from typing import Any

from pypdf import PdfReader
from pypdf.generic import ContentStream

from app.sheets import pdf
from app.sheets.sheet import Sheet


@dataclass(frozen=True, slots=True)
class Text:
    """One run of glyphs. `base` is the height of its line, from the lower edge of the page."""

    page: int
    left: float
    base: float
    width: float
    size: float
    text: str
    tag: str
    glyphs: tuple[int, ...]

    @property
    def right(self) -> float:
        return self.left + self.width


class Font:
    def __init__(self, entry: Any) -> None:
        self.widths = dict(_widths(entry["/DescendantFonts"][0].get_object()["/W"]))
        self.unicode = dict(_unicode(entry["/ToUnicode"].get_data().decode()))


def reader(data: bytes) -> PdfReader:
    return PdfReader(io.BytesIO(data), strict=True)


def texts(data: bytes) -> list[Text]:
    return [text for number, page in enumerate(reader(data).pages, 1) for text in on_page(number, page)]


def printed(*sheets: Sheet) -> list[Text]:
    return texts(pdf.render(sheets))


def said(found: Sequence[Text]) -> str:
    """All that is written, run by run."""
    return "|".join(text.text for text in found)


def at(found: Sequence[Text], text: str) -> Text:
    """The one run that reads so."""
    (one,) = (each for each in found if each.text == text)
    return one


def overlaps(found: Sequence[Text]) -> list[tuple[str, str]]:
    """Pairs of runs on top of one another. A line is taken as high as its capitals."""
    in_order = sorted(found, key=lambda one: (one.page, one.base))
    return [
        (one.text, other.text)
        for i, one in enumerate(in_order)
        for other in takewhile(partial(_is_near, one), in_order[i + 1 :])
        if min(one.right, other.right) - max(one.left, other.left) > 0.2
    ]


def _is_near(one: Text, other: Text) -> bool:
    """Whether another, further up, begins before this one ends."""
    return one.page == other.page and one.base + 0.7 * one.size - other.base > 0.2


def on_page(number: int, page: Any) -> Iterator[Text]:
    fonts = {name: Font(entry.get_object()) for name, entry in page["/Resources"]["/Font"].get_object().items()}
    left = base = size = 0.0
    font, tags, actual = None, [], ""
    for operands, operator in ContentStream(page.get_contents(), page.pdf).operations:
        match operator:
            case b"BDC" | b"BMC":
                actual = str(operands[1].get("/ActualText", "")) if len(operands) > 1 else ""
                tags.append("" if actual else str(operands[0])[1:])
            case b"EMC":
                tags.pop()
                actual = ""
            case b"Td":
                left, base = map(float, operands)
            case b"Tf":
                font, size = fonts[operands[0]], float(operands[1])
            case b"Tj" | b"TJ":
                parts = operands if operator == b"Tj" else operands[0]
                codes = [code for part in parts if not _is_number(part) for code in _codes(part)]
                moved = sum(float(part) for part in parts if _is_number(part))
                assert font is not None
                width = (sum(font.widths[code] for code in codes) - moved) * size / 1000
                text = actual or "".join(font.unicode.get(code, "") for code in codes)
                tag = next((one for one in reversed(tags) if one), "")
                yield Text(number, left, base, width, size, text, tag, tuple(codes))
                left += width


def _is_number(part: Any) -> bool:
    return isinstance(part, int | float)


def _codes(part: Any) -> Iterator[int]:
    data = part.original_bytes
    return (int.from_bytes(data[i : i + 2], "big") for i in range(0, len(data), 2))


def _widths(entries: Any) -> Iterator[tuple[int, float]]:
    for i in range(0, len(entries), 2):
        yield int(entries[i]), float(entries[i + 1][0])


def _unicode(table: str) -> Iterator[tuple[int, str]]:
    for line in table.splitlines():
        if line.startswith("<") and line.count("<") == 2 and "ffff" not in line:
            code, text = line.strip("<>").split("><")
            yield int(code, 16), bytes.fromhex(text).decode("utf-16-be", "surrogatepass")
