"""A sheet as one JSON document: its heading, and an object for each row in place of the columns."""

import msgspec

from app.sheets.sheet import Sheet


def render(sheet: Sheet) -> bytes:
    return msgspec.json.encode(
        {
            "sheet": sheet.name,
            **sheet.heading,
            "rows": [dict(zip(sheet.columns, row, strict=True)) for row in sheet.rows],
            "notes": list(sheet.notes),
            "seq": sheet.seq,
        }
    )
