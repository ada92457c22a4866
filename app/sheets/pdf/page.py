"""One page as it is drawn on. Points, from the upper left corner down; what is not tagged is an artifact."""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from typing import Final

from app.sheets.pdf.faces import Face
from app.sheets.pdf.file import File, text
from app.sheets.pdf.shaping import Line, Piece
from app.sheets.pdf.tags import Tag, Tags, mark
from app.sheets.sheet import Paper

SIZES: Final[dict[Paper, tuple[float, float]]] = {"A4": (595.28, 841.89), "Letter": (612.0, 792.0)}
"""Width and height, upright."""
Colour = str
"""`#rrggbb`"""


@dataclass(slots=True, eq=False)
class Page:
    file: File
    tags: Tags
    width: float
    height: float
    ref: int = 0
    fonts: dict[Face, str] = field(default_factory=dict)
    """Faces used, and what the page calls them."""
    images: dict[str, int] = field(default_factory=dict)
    _contents: list[int] = field(default_factory=list)
    _parts: list[str] = field(default_factory=list)
    _notes: list[int] = field(default_factory=list)
    _marks: list[int] = field(default_factory=list)
    _fill: str = ""
    _depth: int = 0

    def __post_init__(self) -> None:
        self.ref = self.file.reserve()

    @contextmanager
    def tagged(self, tag: Tag) -> Iterator[None]:
        """All that is drawn within belongs to a tag."""
        self._parts.append(f"/{tag.kind}<</MCID {mark(tag, self.ref, self._marks)}>>BDC")
        self._depth += 1
        yield
        self._depth -= 1
        self._parts.append("EMC")

    @contextmanager
    def untagged(self) -> Iterator[None]:
        """What only adorns, or is said elsewhere."""
        if self._depth:
            yield
            return
        self._parts.append("/Artifact BMC")
        self._depth += 1
        yield
        self._depth -= 1
        self._parts.append("EMC")

    def text(self, left: float, base: float, line: Line, size: float, colour: Colour = "#000000") -> None:
        """Sets a line with its baseline at `base`."""
        if not line.pieces:
            return
        self._colour(colour)
        self._parts.append(f"BT {left:.2f} {self.height - base:.2f} Td")
        for piece in line.pieces:
            self._piece(piece, size, line.bold and not piece.face.bold)
        self._parts.append("ET")

    def rule(self, left: float, right: float, at: float, weight: float, colour: Colour) -> None:
        self.box(left, at - weight / 2, right - left, weight, colour)

    def box(self, left: float, top: float, width: float, height: float, colour: Colour) -> None:
        with self.untagged():
            self._colour(colour)
            self._parts.append(f"{left:.2f} {self.height - top - height:.2f} {width:.2f} {height:.2f} re f")

    def frame(self, left: float, top: float, width: float, height: float, weight: float, colour: Colour) -> None:
        """A rectangle that is not filled."""
        place = f"{left:.2f} {self.height - top - height:.2f} {width:.2f} {height:.2f}"
        with self.untagged():
            self._parts.append(f"q {_rgb(colour)} RG {weight:.2f} w {place} re S Q")

    def path(self, left: float, top: float, scale: float, operators: str, colour: Colour) -> None:
        """A filled path, in units of its own from its upper left corner down."""
        self._parts.append(f"q {_rgb(colour)} rg {scale:.4f} 0 0 {-scale:.4f} {left:.2f} {self.height - top:.2f} cm")
        self._parts.append(f"{operators} f Q")

    def image(self, name: str, ref: int, left: float, top: float, width: float, height: float) -> None:
        self.images[name] = ref
        self._parts.append(
            f"q {width:.2f} 0 0 {height:.2f} {left:.2f} {self.height - top - height:.2f} cm /{name} Do Q"
        )

    def link(self, box: tuple[float, float, float, float], tag: Tag, said: str, target: str) -> None:
        """A place to click on: left, top, width, height. `target` is an action or a destination."""
        left, top, width, height = box
        place = f"{left:.2f} {self.height - top - height:.2f} {left + width:.2f} {self.height - top:.2f}"
        entries = f"/Type/Annot/Subtype/Link/Rect[{place}]/Border[0 0 0]/F 4/Contents {text(said)}{target}"
        note = self.file.add(f"<<{entries}/StructParent {self.tags.key(f'{tag.ref} 0 R')}>>")
        tag.kids.append(f"<</Type/OBJR/Obj {note} 0 R/Pg {self.ref} 0 R>>")
        self._notes.append(note)

    def pack(self) -> None:
        """What has been drawn leaves memory; more may follow."""
        if self._parts:
            self._contents.append(self.file.stream("", "\n".join(self._parts).encode("ascii")))
            self._parts.clear()

    def put(self, parent: int, fonts: str) -> None:
        """`fonts` is the dictionary that all pages share."""
        self.pack()
        contents = f"/Contents[{' '.join(f'{content} 0 R' for content in self._contents)}]"
        images = "".join(f"/{name} {ref} 0 R" for name, ref in self.images.items())
        notes = f"/Annots[{' '.join(f'{note} 0 R' for note in self._notes)}]" if self._notes else ""
        box = f"/MediaBox[0 0 {self.width:.2f} {self.height:.2f}]"
        resources = f"/Resources<</Font {fonts}/XObject<<{images}>>>>"
        entries = f"/Type/Page/Parent {parent} 0 R{box}{resources}{contents}{notes}"
        self.file.put(self.ref, f"<<{entries}/StructParents {self.tags.page_key(self._marks)}/Tabs/S>>")

    def _colour(self, colour: Colour) -> None:
        if colour != self._fill:
            self._fill = colour
            self._parts.append(f"{_rgb(colour)} rg")

    def _piece(self, piece: Piece, size: float, embolden: bool) -> None:
        """A face that has no bold is drawn with its outline."""
        name = self.fonts.setdefault(piece.face, f"F{len(self.fonts)}")
        out = [f"/{name} {size:g} Tf"]
        if embolden:
            out.append(f"2 Tr {size / 40:.2f} w {_rgb(self._fill)} RG")
        if piece.said:
            out.append(f"/Span<</ActualText{text(piece.said)}>>BDC")
        for height, codes in piece.parts:
            show = f"{codes}Tj" if codes.startswith("<") and codes.find(">") == len(codes) - 1 else f"[{codes}]TJ"
            out.append(f"{height * size / 1000:.2f} Ts {show} 0 Ts" if height else show)
        if piece.said:
            out.append("EMC")
        if embolden:
            out.append("0 Tr")
        self._parts.append(" ".join(out))


def _rgb(colour: Colour) -> str:
    return " ".join(f"{int(colour[i : i + 2], 16) / 255:.3g}" for i in (1, 3, 5))
