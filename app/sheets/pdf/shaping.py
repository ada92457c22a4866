"""Text as glyphs and widths. Digits and codes go glyph by glyph; names are shaped by HarfBuzz, run by run."""

import re
import unicodedata
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from itertools import groupby
from typing import Final

import uharfbuzz as hb

from app.sheets.pdf.bidi import levels, visual
from app.sheets.pdf.clean import Unprintable, clean
from app.sheets.pdf.faces import BOLD, REGULAR, Face, face_of, opened, simple

_MISSING: Final = 0
"""The glyph of what a font has not."""
_FIGURES: Final = re.compile(r"[0-9:.,+\-() ]*", re.ASCII)
"""Times, places, bibs: they need no shaping, and there are too many different ones to keep."""


@dataclass(frozen=True, slots=True)
class Piece:
    """Glyphs of one face. Each part is what PDF's TJ takes, with its height above the line in thousandths."""

    face: Face
    parts: tuple[tuple[int, str], ...]
    said: str = ""
    """What it reads as, where that is not glyph for glyph."""


@dataclass(frozen=True, slots=True)
class Line:
    """One line of set text. `width` is in thousandths of the size."""

    pieces: tuple[Piece, ...]
    width: int
    bold: bool = False


@dataclass(frozen=True, slots=True)
class _Run:
    face: Face
    level: int
    text: str


@dataclass(slots=True)
class Setter:
    """Sets text, and keeps which glyphs were used, for the fonts in the file."""

    used: dict[Face, dict[int, str]] = field(default_factory=dict)
    """Face → glyph → the text that it stands for."""
    _lines: dict[tuple[str, bool], Line] = field(default_factory=dict)
    """Of what was shaped: a name is measured, broken and drawn."""

    def width(self, text: str, bold: bool = False) -> int:
        """In thousandths of the size. Raises `Unprintable`."""
        if _FIGURES.fullmatch(text):
            widths = simple(bold)
            return sum(widths[character][1] for character in text)
        return self.line(text, bold).width

    def line(self, text: str, bold: bool = False) -> Line:
        """Raises `Unprintable`."""
        if _FIGURES.fullmatch(text):
            return self._plain(text, bold)
        line = self._lines.get((text, bold))
        if line is None:
            line = self._lines[text, bold] = self._shaped(text, bold)
        return line

    def _plain(self, text: str, bold: bool) -> Line:
        if not text:
            return Line((), 0, bold)
        face, glyphs = opened(BOLD if bold else REGULAR), simple(bold)
        used = self.used.setdefault(face, {})
        for character in text:
            used[face.glyphs[ord(character)]] = character
        code = "".join(glyphs[character][0] for character in text)
        width = sum(glyphs[character][1] for character in text)
        return Line((Piece(face, ((0, f"<{code}>"),)),), width, bold)

    def _shaped(self, text: str, bold: bool) -> Line:
        runs = list(_runs(clean(text), bold))
        shaped = [self._shape(runs[i]) for i in visual([run.level for run in runs])]
        return Line(tuple(piece for piece, _ in shaped), sum(width for _, width in shaped), bold)

    def _shape(self, run: _Run) -> tuple[Piece, int]:
        buffer = hb.Buffer()
        buffer.add_str(run.text)
        buffer.guess_segment_properties()
        buffer.direction = "rtl" if run.level % 2 else "ltr"
        hb.shape(run.face.font, buffer, {})
        glyphs = list(zip(buffer.glyph_infos, buffer.glyph_positions, strict=True))
        for info, _ in glyphs:
            if info.codepoint == _MISSING:
                raise Unprintable(run.text[info.cluster])
        regular = self._note(run, [(info.cluster, info.codepoint) for info, _ in glyphs])
        parts = _Parts()
        for info, position in glyphs:
            parts.add(run.face.advance(info.codepoint), info.codepoint, *position.position)
        said = "" if regular or run.level % 2 else run.text
        return Piece(run.face, parts.whole(), said), sum(position.x_advance for _, position in glyphs)

    def _note(self, run: _Run, glyphs: Sequence[tuple[int, int]]) -> bool:
        """Which text each glyph stands for; whether they read glyph by glyph."""
        used = self.used.setdefault(run.face, {})
        starts = sorted({cluster for cluster, _ in glyphs})
        ends = dict(zip(starts, [*starts[1:], len(run.text)], strict=True))
        regular = True
        for cluster, group in groupby(glyphs, key=lambda one: one[0]):
            first, *rest = (glyph for _, glyph in group)
            text = run.text[cluster : ends[cluster]]
            regular = regular and not rest and used.get(first, text) == text
            used.setdefault(first, text)
            for glyph in rest:
                used.setdefault(glyph, "")
        return regular


@dataclass(slots=True)
class _Parts:
    """What TJ takes, put together glyph by glyph: a number moves to the left, in thousandths."""

    _parts: list[tuple[int, str]] = field(default_factory=list)
    _text: str = ""
    _codes: str = ""
    _height: int = 0

    def add(self, width: int, glyph: int, right: int, up: int, advance: int, _: int) -> None:
        if up != self._height:
            self._end()
            self._height = up
        self._move(right)
        self._codes += f"{glyph:04x}"
        self._move(advance - width - right)

    def whole(self) -> tuple[tuple[int, str], ...]:
        self._end()
        return tuple(self._parts)

    def _move(self, right: int) -> None:
        if right:
            self._flush()
            self._text += f" {-right}"

    def _flush(self) -> None:
        if self._codes:
            self._text += f"<{self._codes}>"
            self._codes = ""

    def _end(self) -> None:
        self._flush()
        if self._text:
            self._parts.append((self._height, self._text))
            self._text = ""


def _runs(text: str, bold: bool) -> Iterator[_Run]:
    """Parts of one face and one direction, in the order of the text."""
    faces = _faces(text, bold)
    marked = zip(text, faces, levels(text), strict=True)
    for (face, level), part in groupby(marked, key=lambda one: (one[1], one[2])):
        yield _Run(face, level, "".join(character for character, _, _ in part))


def _faces(text: str, bold: bool) -> list[Face]:
    """What belongs to no script stays with the face before it, as far as that can draw it."""
    now = opened(BOLD if bold else REGULAR)
    found = []
    for character in text:
        common = unicodedata.category(character) in ("Mn", "Mc", "Me", "Cf", "Zs")
        if not (common and (ord(character) in now.glyphs or character in "\u200c\u200d")):
            now = face_of(character, bold) or now
        found.append(now)
    return found
