"""The file in the making: pages in their order, fonts and pictures that they share, and what is told about it all."""

from collections.abc import Callable
from dataclasses import dataclass, field

from app.sheets.pdf.clean import clean
from app.sheets.pdf.embedding import embed
from app.sheets.pdf.faces import Face
from app.sheets.pdf.file import File, text
from app.sheets.pdf.page import Page
from app.sheets.pdf.shaping import Setter
from app.sheets.pdf.tags import Tag, Tags
from app.sheets.progress import Progress, silent


@dataclass(frozen=True, slots=True)
class Bookmark:
    title: str
    page: Page


@dataclass(slots=True)
class Document:
    file: File = field(default_factory=File)
    setter: Setter = field(default_factory=Setter)
    pages: list[Page] = field(default_factory=list)
    bookmarks: list[Bookmark] = field(default_factory=list)
    drawn: Progress = silent
    tags: Tags = field(init=False)
    root: Tag = field(init=False)
    _fonts: dict[Face, str] = field(default_factory=dict)
    _images: dict[str, int] = field(default_factory=dict)

    def __post_init__(self) -> None:
        self.tags = Tags(self.file)
        self.root = self.tags.document()

    def page(self, width: float, height: float) -> Page:
        """A new page at the end."""
        page = Page(self.file, self.tags, width, height, fonts=self._fonts)
        self.pages.append(page)
        return page

    def image(self, key: str, make: Callable[[File], int]) -> int:
        """A picture that is in the file once, however often it is drawn."""
        if key not in self._images:
            self._images[key] = make(self.file)
        return self._images[key]

    def written(self, title: str, language: str) -> bytes:
        file, title = self.file, clean(title)
        fonts = " ".join(
            f"/{name} {embed(file, face, self.setter.used[face])} 0 R" for face, name in self._fonts.items()
        )
        shared = file.add(f"<<{fonts}>>")
        parent = file.reserve()
        for page in self.pages:
            page.put(parent, f"{shared} 0 R")
        kids = " ".join(f"{page.ref} 0 R" for page in self.pages)
        file.put(parent, f"<</Type/Pages/Kids[{kids}]/Count {len(self.pages)}>>")
        metadata = file.stream("/Type/Metadata/Subtype/XML", _metadata(title, language).encode())
        entries = (
            f"/Type/Catalog/Pages {parent} 0 R/Lang{text(language)}/MarkInfo<</Marked true>>"
            f"/StructTreeRoot {self.tags.put(self.root)} 0 R/ViewerPreferences<</DisplayDocTitle true>>"
            f"/Metadata {metadata} 0 R{self._outline()}"
        )
        root = file.add(f"<<{entries}>>")
        info = file.add(f"<</Title{text(title)}/Producer{text('Backstraight')}>>")
        return file.written(root, info)

    def _outline(self) -> str:
        if not self.bookmarks:
            return ""
        top = self.file.reserve()
        refs = [self.file.reserve() for _ in self.bookmarks]
        for i, (ref, mark) in enumerate(zip(refs, self.bookmarks, strict=True)):
            beside = f"/Prev {refs[i - 1]} 0 R" if i else ""
            beside += f"/Next {refs[i + 1]} 0 R" if i + 1 < len(refs) else ""
            self.file.put(ref, f"<</Title{text(mark.title)}/Parent {top} 0 R{beside}/Dest{destination(mark.page)}>>")
        self.file.put(top, f"<</Type/Outlines/First {refs[0]} 0 R/Last {refs[-1]} 0 R/Count {len(refs)}>>")
        return f"/Outlines {top} 0 R/PageMode/UseOutlines"


def destination(page: Page) -> str:
    return f"[{page.ref} 0 R/XYZ 0 {page.height:.2f} null]"


def _metadata(title: str, language: str) -> str:
    """XMP. It names no author and no date: the same sheet is the same file."""
    safe = title.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")
    return (
        '<?xpacket begin="\ufeff" id="W5M0MpCehiHzreSzNTczkc9d"?>'
        '<x:xmpmeta xmlns:x="adobe:ns:meta/"><rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#">'
        '<rdf:Description rdf:about="" xmlns:dc="http://purl.org/dc/elements/1.1/">'
        f'<dc:title><rdf:Alt><rdf:li xml:lang="x-default">{safe}</rdf:li></rdf:Alt></dc:title>'
        f"<dc:language><rdf:Bag><rdf:li>{language}</rdf:li></rdf:Bag></dc:language>"
        '</rdf:Description></rdf:RDF></x:xmpmeta><?xpacket end="r"?>'
    )
