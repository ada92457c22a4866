"""Sheets as JSON: the heading, and an object for each row under the key of its table. Several are a list."""

from collections.abc import Sequence
from typing import Any

import msgspec

from app.sheets.sheet import Sheet, Table


def render(sheets: Sequence[Sheet]) -> bytes:
    written = [as_json(sheet) for sheet in sheets]
    return msgspec.json.encode(written[0] if len(written) == 1 else {"sheets": written})


def as_json(sheet: Sheet) -> dict[str, Any]:
    return {
        "sheet": sheet.name,
        **sheet.heading,
        "rows": [],
        **{table.key: rows_of(table) for table in sheet.tables},
        "notes": list(sheet.notes),
        "seq": sheet.seq,
    }


def rows_of(table: Table) -> list[dict[str, str | int | None]]:
    """Objects keyed by column. Lines under a row say nothing that is not elsewhere."""
    keys = [column.key for column in table.columns]
    return [dict(zip(keys, row.cells, strict=True)) for row in table.rows if row.kind != "note"]
