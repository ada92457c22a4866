"""The fonts of the sheets, Noto Sans: one opened when a character first needs it. `tools/fonts.py` makes the files."""

import unicodedata
from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import cache, lru_cache
from importlib.resources import files
from typing import Final

import uharfbuzz as hb

REGULAR: Final = "NotoSans-Regular.ttf"
BOLD: Final = "NotoSans-Bold.ttf"
CJK: Final = "NotoSansCJK-Regular.otf"
BLOCKS: Final = (
    (0x0530, 0x058F, "Armenian"),
    (0x0590, 0x05FF, "Hebrew"),
    (0x0600, 0x06FF, "Arabic"),
    (0x0750, 0x077F, "Arabic"),
    (0x0780, 0x07BF, "Thaana"),
    (0x08A0, 0x08FF, "Arabic"),
    (0x0900, 0x097F, "Devanagari"),
    (0x0980, 0x09FF, "Bengali"),
    (0x0A00, 0x0A7F, "Gurmukhi"),
    (0x0A80, 0x0AFF, "Gujarati"),
    (0x0B00, 0x0B7F, "Oriya"),
    (0x0B80, 0x0BFF, "Tamil"),
    (0x0C00, 0x0C7F, "Telugu"),
    (0x0C80, 0x0CFF, "Kannada"),
    (0x0D00, 0x0D7F, "Malayalam"),
    (0x0D80, 0x0DFF, "Sinhala"),
    (0x0E00, 0x0E7F, "Thai"),
    (0x0E80, 0x0EFF, "Lao"),
    (0x1000, 0x109F, "Myanmar"),
    (0x10A0, 0x10FF, "Georgian"),
    (0x1200, 0x139F, "Ethiopic"),
    (0x1780, 0x17FF, "Khmer"),
    (0x1C90, 0x1CBF, "Georgian"),
    (0x2190, 0x22FF, "Math"),
    (0x25A0, 0x27BF, "Symbols2"),
    (0x2D00, 0x2D2F, "Georgian"),
    (0x2D80, 0x2DDF, "Ethiopic"),
    (0xAB00, 0xAB2F, "Ethiopic"),
    (0xA8E0, 0xA8FF, "Devanagari"),
    (0xFB13, 0xFB17, "Armenian"),
    (0xFB1D, 0xFB4F, "Hebrew"),
    (0xFB50, 0xFDFF, "Arabic"),
    (0xFE70, 0xFEFF, "Arabic"),
    (0x3000, 0x30FF, "CJK"),
    (0x31F0, 0x31FF, "CJK"),
    (0x4E00, 0x9FFF, "CJK"),
    (0xAC00, 0xD7A3, "CJK"),
    (0xF900, 0xFAFF, "CJK"),
    (0xFF00, 0xFFEF, "CJK"),
)
"""Unicode blocks whose characters have a font of their own."""


@dataclass(frozen=True, slots=True)
class Face:
    """The same as another of its name: two threads may open one at a time."""

    name: str
    """As PDF calls it: `NotoSans-Bold`."""
    opened: hb.Face = field(compare=False)
    font: hb.Font = field(compare=False)
    glyphs: Mapping[int, int] = field(compare=False)
    """Code point → glyph."""
    bold: bool = field(compare=False)

    def advance(self, glyph: int) -> int:
        """In thousandths of the size."""
        return int(self.font.get_glyph_h_advance(glyph))

    @property
    def outlines(self) -> str:
        """`TrueType` or `CFF`."""
        return "CFF" if "CFF " in self.opened.table_tags else "TrueType"


def face_of(character: str, bold: bool) -> Face | None:
    """The face that draws a character: bold where there is one. None if the program has none that can."""
    code = ord(character)
    main = opened(BOLD if bold else REGULAR)
    if code in main.glyphs:
        return main
    for low, high, script in BLOCKS:
        if low <= code <= high:
            face = opened(CJK if script == "CJK" else f"NotoSans{script}-Regular.ttf")
            return face if code in face.glyphs else None
    return None


@cache
def opened(file: str) -> Face:
    face = hb.Face(hb.Blob(files(__package__).joinpath("fonts", file).read_bytes()))
    font = hb.Font(face)
    font.scale = (1000, 1000)
    glyphs = {code: glyph for code in face.unicodes if (glyph := font.get_nominal_glyph(code))}
    return Face(file.rpartition(".")[0], face, font, glyphs, bold="Bold" in file)


@lru_cache(maxsize=2)
def simple(bold: bool) -> Mapping[str, tuple[str, int]]:
    """Characters that stand side by side whatever is around them: their glyph in hex, and its width."""
    face = opened(BOLD if bold else REGULAR)
    return {
        chr(code): (f"{glyph:04x}", face.advance(glyph))
        for code, glyph in face.glyphs.items()
        if unicodedata.category(chr(code))[0] not in "MC"
        and unicodedata.bidirectional(chr(code)) not in ("R", "AL", "AN")
    }
