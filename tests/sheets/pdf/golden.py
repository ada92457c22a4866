"""Golden pages: every document of the small meets, as the texts of its PDF and where they stand.

Made anew by `python -m tests.sheets.pdf.golden`. Each line is a page, left edge and baseline in points, size, and text.
Look at the pages themselves before new ones are taken. Of long documents the first pages and the last are kept, how
many there are, and the digest of all that is drawn on them.
"""

import re
import sys
from collections.abc import Iterator, Sequence
from hashlib import sha256
from pathlib import Path
from shutil import rmtree
from typing import Final

from pypdf.generic import ContentStream

from app.sheets import pdf
from app.sheets.sheet import Sheet
from tests.sheets.golden import DOCUMENTS, sheets
from tests.sheets.pdf.reading import Text, on_page, reader

FOLDER: Final = Path(__file__).parent / "pages"
LONG: Final = 20
"""Pages."""
_DIGEST: Final = re.compile(r"[0-9a-f]{64}")
"""Of a publication: it tells of the results, and has its own tests."""
CASES: Final = [(meet, *document) for meet, found in DOCUMENTS.items() for document in found]


def written(found: Sequence[Text]) -> str:
    lines = (f"{one.page} {one.left:.1f} {one.base:.1f} {one.size:g} {one.text}" for one in found)
    return _DIGEST.sub("(digest)", "\n".join(lines) + "\n")


def of_pages(found: Sequence[Sheet]) -> tuple[str, list[Text]]:
    """What is kept, and the texts that it has."""
    whole = reader(pdf.render(found))
    total = len(whole.pages)
    if total <= LONG:
        every = [text for number, page in enumerate(whole.pages, 1) for text in on_page(number, page)]
        return written(every), every
    drawn = sha256(b"".join(ContentStream(page.get_contents(), whole).get_data() for page in whole.pages)).hexdigest()
    some = [text for number in (1, 2, 3, total) for text in on_page(number, whole.pages[number - 1])]
    return f"{total} pages, SHA-256 of what is drawn {drawn}\n{written(some)}", some


def path_of(meet: str, noun: str, id: str, name: str) -> Path:
    return FOLDER / meet / (f"{name}.txt" if noun == "meet" else f"{noun}-{id.replace('/', '-')}-{name}.txt")


def _write() -> Iterator[Path]:
    rmtree(FOLDER, ignore_errors=True)
    for case in CASES:
        path = path_of(*case)
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(of_pages(sheets(*case))[0], encoding="utf-8")
        yield path


if __name__ == "__main__":
    sys.stdout.write(f"{len(list(_write()))} files\n")
