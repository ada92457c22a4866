"""Golden pages: every document of the small meets, as the texts of its PDF and where they stand.

Made anew by `python -m tests.sheets.pdf.golden`. Each line is a page, left edge and baseline in points, size, and text.
Look at the pages themselves before new ones are taken.
"""

import re
from collections.abc import Iterator, Sequence
from pathlib import Path
from shutil import rmtree
from typing import Final

from tests.sheets.golden import DOCUMENTS, sheets
from tests.sheets.pdf.reading import Text, printed

FOLDER: Final = Path(__file__).parent / "pages"
_DIGEST: Final = re.compile(r"[0-9a-f]{64}")
"""Of a publication: it tells of the results, and has its own tests."""
CASES: Final = [(meet, *document) for meet, found in DOCUMENTS.items() for document in found]


def written(found: Sequence[Text]) -> str:
    lines = (f"{one.page} {one.left:.1f} {one.base:.1f} {one.size:g} {one.text}" for one in found)
    return _DIGEST.sub("(digest)", "\n".join(lines) + "\n")


def path_of(meet: str, noun: str, id: str, name: str) -> Path:
    return FOLDER / meet / (f"{name}.txt" if noun == "meet" else f"{noun}-{id.replace('/', '-')}-{name}.txt")


def _write() -> Iterator[Path]:
    rmtree(FOLDER, ignore_errors=True)
    for case in CASES:
        path = path_of(*case)
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(written(printed(*sheets(*case))), encoding="utf-8")
        yield path


if __name__ == "__main__":
    print(len(list(_write())), "files")  # noqa: T201 - said to whoever made them anew
