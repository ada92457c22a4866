"""What is what in the file, for readers that read aloud and for programs: headings, paragraphs, tables, cells."""

from dataclasses import dataclass, field
from typing import Final

from app.sheets.pdf.file import File

COLUMN: Final = "/A<</O/Table/Scope/Column>>"


@dataclass(slots=True, eq=False)
class Tag:
    """`kids` are tags by their object, and marks of a page."""

    kind: str
    ref: int
    parent: int
    entries: str = ""
    page: int = 0
    kids: list[str] = field(default_factory=list)


@dataclass(slots=True)
class Tags:
    file: File
    root: int = 0
    _open: dict[int, Tag] = field(default_factory=dict)
    _parents: list[str] = field(default_factory=list)
    """What the parent tree says of each key: the tags of a page's marks, or the tag of an annotation."""

    def __post_init__(self) -> None:
        self.root = self.file.reserve()

    def document(self) -> Tag:
        return self._new("Document", self.root, "")

    def add(self, kind: str, parent: Tag, entries: str = "") -> Tag:
        tag = self._new(kind, parent.ref, entries)
        parent.kids.append(f"{tag.ref} 0 R")
        return tag

    def done(self, tag: Tag) -> None:
        """Nothing more comes under it: it can leave memory. What is open at the end is done then."""
        page = f"/Pg {tag.page} 0 R" if tag.page else ""
        kids = tag.kids[0] if len(tag.kids) == 1 else f"[{' '.join(tag.kids)}]"
        self.file.put(tag.ref, f"<</S/{tag.kind}/P {tag.parent} 0 R{page}{tag.entries}/K {kids}>>")
        del self._open[tag.ref]

    def key(self, parents: str) -> int:
        self._parents.append(parents)
        return len(self._parents) - 1

    def page_key(self, marks: list[int]) -> int:
        """`marks`: the tag of each mark on a page, in their order."""
        refs = self.file.add(f"[{' '.join(f'{ref} 0 R' for ref in marks)}]")
        return self.key(f"{refs} 0 R")

    def put(self, top: Tag) -> int:
        """Writes the tree; its root."""
        for tag in list(self._open.values()):
            self.done(tag)
        tree = self.file.add(f"<</Nums[{' '.join(f'{key} {refs}' for key, refs in enumerate(self._parents))}]>>")
        entries = f"/K {top.ref} 0 R/ParentTree {tree} 0 R/ParentTreeNextKey {len(self._parents)}"
        return self.file.put(self.root, f"<</Type/StructTreeRoot{entries}>>")

    def _new(self, kind: str, parent: int, entries: str) -> Tag:
        tag = Tag(kind, self.file.reserve(), parent, entries)
        self._open[tag.ref] = tag
        return tag


def mark(tag: Tag, page: int, marks: list[int]) -> int:
    """The next mark of a page, for content that belongs to a tag. Its number."""
    number = len(marks)
    marks.append(tag.ref)
    tag.page = tag.page or page
    tag.kids.append(str(number) if tag.page == page else f"<</Type/MCR/Pg {page} 0 R/MCID {number}>>")
    return number
