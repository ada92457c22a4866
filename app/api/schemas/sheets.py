"""A sheet as JSON."""

from typing import Any

from pydantic import ConfigDict

from app.api.schemas.base import Out


class SheetOut(Out):
    """What stands above the rows (`meet`, `event`, …), and an object for each row. CSV holds the rows alone."""

    model_config = ConfigDict(
        extra="allow",
        json_schema_extra={
            "examples": [
                {
                    "sheet": "results",
                    "meet": "Northlake Open Championships",
                    "event": "100 m",
                    "round": "final",
                    "heat": 1,
                    "of_heats": 1,
                    "wave": None,
                    "started_at": "2026-06-12T18:05:00.000000Z",
                    "wind": "+0.7",
                    "rows": [{"place": 1, "lane": 5, "bib": "31", "name": "HOLM Rune", "mark": "10.21"}],
                    "notes": [],
                    "seq": 4210,
                }
            ]
        },
    )

    sheet: str
    rows: list[dict[str, Any]]
    notes: list[str]
    seq: int
