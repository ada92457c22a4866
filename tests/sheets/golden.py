"""Golden files: every document of the meets in every format, and every file for other programs.

Made anew by `python -m tests.sheets.golden`; the difference is to be read. HTML is kept without the head of the page,
as it is the same for all of them; a workbook as the text of its cells; of long documents of the large race an outline.
"""

import sys
from collections.abc import Iterator, Mapping
from functools import cache
from hashlib import sha256
from pathlib import Path
from shutil import rmtree
from typing import Final

from app.domain.ids import EventId, HeatId
from app.interchange import gather
from app.interchange.files import EVENT, HEAT, MEET, File
from app.sheets import FORMATS
from app.sheets.documents.events import EVENTS
from app.sheets.documents.heats import HEATS
from app.sheets.documents.meets import MEETS
from app.sheets.sheet import Sheet
from app.timing.projection import Projection
from app.views.audience import Audience
from tests.sheets.meets import MAKERS, Small, sheets_of
from tests.sheets.meets import MEET as OF_MEET
from tests.sheets.meets.several import SEVERAL
from tests.sheets.workbook import cells_of

FOLDER: Final = Path(__file__).parent / "golden"
WRITTEN: Final = ("txt", "md", "csv", "json", "html", "xlsx")
"""PDF has golden pages of its own."""
OUTLINED: Final = "ten_k"
FIRST: Final = 4_000
LAST: Final = 2_000
"""Bytes of an outline."""

Document = tuple[str, str, str]
"""Noun, id and name."""
OF_HEATS: Final = ("start-list", "results")
OF_EVENTS: Final = ("start-list", "results", "summary")


def _every(heat: str, event: str) -> list[Document]:
    return [
        *(("heat", heat, name) for name in HEATS),
        *(("event", event, name) for name in EVENTS),
        *(("meet", OF_MEET, name) for name in MEETS),
    ]


DOCUMENTS: Final[Mapping[str, list[Document]]] = {
    "track": [
        *_every("m100/round-1/1", "m100"),
        *(("heat", "m100/final/1", name) for name in OF_HEATS),
        *(("heat", "w1500/final/1", name) for name in ("results", "laps")),
        *(("heat", "w4x100/final/1", name) for name in OF_HEATS),
        *(("heat", "w100h/final/1", name) for name in OF_HEATS),
        *(("event", "w100h", name) for name in (*OF_EVENTS, "qualifiers", "disqualifications", "records")),
    ],
    "retro": [
        *_every("b100/final/1", "b100"),
        *(("heat", "b800/final/1", name) for name in (*OF_HEATS, "laps")),
        ("event", "b800", "results"),
        *(("event", "b200", name) for name in (*OF_EVENTS, "qualifiers", "disqualifications", "records")),
    ],
    "road": _every("10k/final/1", "10k"),
    "ten_k": [
        *(("event", "10k", name) for name in ("entries", "start-list", "results", "results-by-category")),
        *(("event", "10k", name) for name in ("results-by-club", "disqualifications", "teams", "awards", "time-slips")),
        ("meet", OF_MEET, "book"),
    ],
    "several": [("meet", OF_MEET, name) for name in SEVERAL],
}
FILES: Final[Mapping[str, list[tuple[str, str, Mapping[str, File]]]]] = {
    "track": [
        *(("heat", id, HEAT) for id in ("m100/round-1/1", "w1500/final/1", "w4x100/final/1", "w100h/final/1")),
        ("event", "w100h", EVENT),
        ("meet", OF_MEET, MEET),
    ],
    "retro": [("heat", "b200/heats/1", HEAT), ("event", "b200", EVENT), ("meet", OF_MEET, MEET)],
    "road": [("event", "10k", EVENT), ("meet", OF_MEET, MEET)],
    "ten_k": [("event", "10k", EVENT)],
}
CASES: Final = [
    (meet, *document, format) for meet, found in DOCUMENTS.items() for document in found for format in WRITTEN
]
FILE_CASES: Final = [
    (meet, noun, id, name) for meet, found in FILES.items() for noun, id, files in found for name in files
]


@cache
def meet_of(name: str) -> tuple[Small, Projection]:
    small = MAKERS[name]()
    return small, small.script.project()


@cache
def sheets(meet: str, noun: str, id: str, name: str, language: str = "en") -> tuple[Sheet, ...]:
    small, now = meet_of(meet)
    return sheets_of(now, small, noun, id, name, language, "public")


def written(meet: str, noun: str, id: str, name: str, format: str) -> str:
    made = FORMATS[format].render(sheets(meet, noun, id, name))
    if format == "xlsx":
        return kept(meet, cells_of(made))
    return kept(meet, (made[made.index(b"<body>") :] if format == "html" else made).decode())


def file_written(meet: str, noun: str, id: str, name: str) -> str:
    """As whoever may have it sees it."""
    small, now = meet_of(meet)
    file = {"heat": HEAT, "event": EVENT, "meet": MEET}[noun][name]
    taken = _taken(meet, noun, id) if file.results else gather.nothing(now)
    whose: Audience = "organizer" if file.officials else "public"
    gathered = gather.Gathered(whose, now.state, small.people, taken)
    match noun:
        case "heat":
            return kept(meet, file.write(gathered.heat(HeatId(id))).decode())
        case "event":
            return kept(meet, file.write(gathered.event(EventId(id))).decode())
    return kept(meet, file.write(gathered.meet()).decode())


@cache
def _taken(meet: str, noun: str, id: str) -> gather.Taken:
    _, now = meet_of(meet)
    match noun:
        case "heat":
            return gather.of_heat(now, HeatId(id))
        case "event":
            return gather.of_event(now, EventId(id))
    return gather.of_meet(now)


def kept(meet: str, text: str) -> str:
    """All of it, or how it begins and ends, how long it is, and its digest."""
    if meet != OUTLINED or len(text) <= 2 * (FIRST + LAST):
        return text
    digest = sha256(text.encode()).hexdigest()
    return f"{text[:FIRST]}\n… {len(text)} characters, SHA-256 {digest} …\n{text[-LAST:]}"


def path_of(meet: str, noun: str, id: str, name: str, format: str) -> Path:
    whose = f"{name}.{format}" if noun == "meet" else f"{noun}-{id.replace('/', '-')}-{name}.{format}"
    return FOLDER / meet / (f"{whose}.txt" if format == "xlsx" else whose)


def file_path_of(meet: str, noun: str, id: str, name: str) -> Path:
    return FOLDER / meet / "files" / (name if noun == "meet" else f"{noun}-{id.replace('/', '-')}-{name}")


def _write() -> Iterator[Path]:
    rmtree(FOLDER, ignore_errors=True)
    made = {path_of(*case): written(*case) for case in CASES}
    made |= {file_path_of(*case): file_written(*case) for case in FILE_CASES}
    for path, text in made.items():
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(text.encode())
        yield path


if __name__ == "__main__":
    sys.stdout.write(f"{len(list(_write()))} files\n")
