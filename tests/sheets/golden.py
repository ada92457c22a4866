"""Golden files: every document of the small meets in every format that is text.

Made anew by `python -m tests.sheets.golden`. HTML is kept without the head of the page, as it is
the same for all of them.
"""

from collections.abc import Iterator
from functools import cache
from pathlib import Path
from shutil import rmtree
from typing import Final

from app.sheets import FORMATS
from app.sheets.sheet import Sheet
from app.timing.projection import Projection
from tests.sheets.meets import MAKERS, MEET, Small, sheets_of

FOLDER: Final = Path(__file__).parent / "golden"
TEXT: Final = ("txt", "md", "csv", "json", "html")
OF_HEATS: Final = ("start-list", "results", "call-room")
OF_EVENTS: Final = ("entries", "start-list", "results", "summary")
OF_MEETS: Final = ("medals", "placing", "records", "schedule")

DOCUMENTS: Final[dict[str, list[tuple[str, str, str]]]] = {
    "track": [
        *(("heat", "m100/round-1/1", name) for name in (*OF_HEATS, "lane-cards")),
        *(("heat", "m100/final/1", name) for name in OF_HEATS[:2]),
        *(("heat", "w1500/final/1", name) for name in ("results", "laps")),
        ("heat", "w4x100/final/1", "start-list"),
        ("heat", "w4x100/final/1", "results"),
        *(("event", "m100", name) for name in (*OF_EVENTS, "qualifiers", "disqualifications", "records", "bib-labels")),
        *(("meet", MEET, name) for name in (*OF_MEETS, "book")),
    ],
    "retro": [
        *(("heat", "b100/final/1", name) for name in OF_HEATS[:2]),
        *(("heat", "b800/final/1", name) for name in ("start-list", "results", "laps")),
        *(("event", "b100", name) for name in (*OF_EVENTS, "disqualifications")),
        ("event", "b800", "results"),
        *(("meet", MEET, name) for name in OF_MEETS),
    ],
    "road": [
        *(("event", "10k", name) for name in OF_EVENTS),
        *(("event", "10k", f"results-by-{group}") for group in ("sex", "category", "club")),
        *(("event", "10k", name) for name in ("awards", "teams", "time-slips", "certificates", "disqualifications")),
        *(("meet", MEET, name) for name in ("medals", "book")),
    ],
}
CASES: Final = [(meet, *document, format) for meet, found in DOCUMENTS.items() for document in found for format in TEXT]


@cache
def meet_of(name: str) -> tuple[Small, Projection]:
    small = MAKERS[name]()
    return small, small.script.project()


@cache
def sheets(meet: str, noun: str, id: str, name: str, language: str = "en") -> tuple[Sheet, ...]:
    small, now = meet_of(meet)
    return sheets_of(now, small, noun, id, name, language, "public")


def written(meet: str, noun: str, id: str, name: str, format: str) -> bytes:
    made = FORMATS[format].render(sheets(meet, noun, id, name))
    return made[made.index(b"<body>") :] if format == "html" else made


def path_of(meet: str, noun: str, id: str, name: str, format: str) -> Path:
    return (
        FOLDER / meet / f"{noun}-{id.replace('/', '-')}-{name}.{format}"
        if noun != "meet"
        else FOLDER / meet / f"{name}.{format}"
    )


def _write() -> Iterator[Path]:
    rmtree(FOLDER, ignore_errors=True)
    for case in CASES:
        path = path_of(*case)
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(written(*case))
        yield path


if __name__ == "__main__":
    print(len(list(_write())), "files")  # noqa: T201 - said to whoever made them anew
