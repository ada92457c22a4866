"""Where the next thing goes: down a page, and on to the next one."""

from collections.abc import Callable
from dataclasses import dataclass, field

from app.sheets.colours import INK
from app.sheets.pdf.document import Document
from app.sheets.pdf.page import SIZES, Page
from app.sheets.pdf.shaping import Setter
from app.sheets.pdf.tags import Tag, Tags
from app.sheets.pdf.wrapping import wrapped
from app.sheets.sheet import Paper

MARGIN = 40.0
TOP = 32.0
BOTTOM = 46.0


@dataclass(slots=True)
class Flow:
    """`at` is how far down the page is full; `head` draws what stands on top of every further page."""

    document: Document
    paper: Paper
    wide: bool
    colour: str
    head: Callable[["Flow"], None] = field(default=lambda flow: None)
    at: float = TOP
    page: Page = field(init=False)

    def __post_init__(self) -> None:
        self._new()

    @property
    def setter(self) -> Setter:
        return self.document.setter

    @property
    def tags(self) -> Tags:
        return self.document.tags

    @property
    def left(self) -> float:
        return MARGIN

    @property
    def width(self) -> float:
        return self.page.width - 2 * MARGIN

    @property
    def bottom(self) -> float:
        return self.page.height - BOTTOM

    def fits(self, height: float) -> bool:
        return self.at + height <= self.bottom

    def need(self, height: float) -> None:
        """Turns the page if it has not so much room, and a new one would have more."""
        if not self.fits(height) and self.at > self.page.height / 3:
            self.turn()

    def turn(self) -> None:
        self.page.pack()
        self._new()
        self.head(self)

    def paragraph(
        self, text: str, size: float, tag: Tag | None, *, bold: bool = False, ink: str = INK, width: float = 0.0
    ) -> None:
        """In as many lines as it takes, over pages if need be. Without a tag it is an artifact."""
        width = width or self.width
        for words in wrapped(self.setter, text, width * 1000 / size, bold):
            if not self.fits(size * 1.32):
                self.turn()
            self.at += size * 1.32
            with self.page.tagged(tag) if tag else self.page.untagged():
                self.page.text(self.left, self.at - size * 0.3, self.setter.line(words, bold), size, ink)

    def _new(self) -> None:
        width, height = SIZES[self.paper]
        self.page = self.document.page(*((height, width) if self.wide else (width, height)))
        self.at = TOP
