"""A sheet as JSON, and examples of the other formats."""

from typing import Any, Final

from pydantic import ConfigDict

from app.api.schemas.base import Out

_ROW: Final = {"place": 1, "lane": 5, "bib": "31", "name": "HOLM Rune", "nation": "NOR", "mark": "10.21"}
_SHEET: Final[dict[str, Any]] = {
    "sheet": "results",
    "meet": "Northlake Open Championships",
    "event": "100 Metres Men",
    "round": "final",
    "heat": 1,
    "of_heats": 1,
    "wave": None,
    "started_at": "2026-06-12T18:05:00.000000Z",
    "wind": "+0.7",
    "title": "RESULTS",
    "subject": "100 Metres Men – Final",
    "language": "en",
    "status": "official",
    "standing": "OFFICIAL v1",
    "version": 1,
    "digest": "9f86d081884c7d659a2feaa0c55ad015a3bf4f1b2b0b822cd15d6c15b0f00a08",
    "issued": "Issued at 20:17, Fri 12 JUN 2026",
    "rows": [_ROW],
    "notes": ["Timing: photo finish."],
    "legend": {"PB": "personal best"},
    "changes": [],
    "seq": 4210,
}


class SheetOut(Out):
    """What stands above the rows (`meet`, `event`, …), and an object for each row. Further tables stand under names of
    their own (`lap_chart`); a book is a list of `sheets`. CSV holds the rows alone."""

    model_config = ConfigDict(extra="allow", json_schema_extra={"examples": [_SHEET]})

    sheet: str | None = None
    title: str | None = None
    standing: str | None = None
    rows: list[dict[str, Any]] | None = None
    notes: list[str] | None = None
    seq: int | None = None


EXAMPLES: Final[dict[str, Any]] = {
    media: {"schema": {"type": "string"}, "example": example}
    for media, example in {
        "text/csv": "place,bib,name\r\n1,31,HOLM Rune\r\n",
        "text/html": "<!doctype html>\n<title>100 Metres Men – RESULTS</title>\n",
        "text/markdown": "# RESULTS – 100 Metres Men\n",
        "text/plain": "RESULTS\n 1  31  HOLM Rune  10.21\n",
        "application/pdf": "%PDF-1.7…",
        "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet": "PK…",
    }.items()
}
