"""Sheets as JSON: the heading, and an object for each row under the key of its table. Several sheets are a list."""

from collections.abc import Sequence
from functools import lru_cache
from typing import Any

import msgspec

from app.sheets.sheet import Sheet, Table


def render(sheets: Sequence[Sheet]) -> bytes:
    written = [as_json(sheet) for sheet in sheets]
    whole = written[0] if len(written) == 1 else {"sheets": written}
    try:
        return msgspec.json.encode(whole)
    except UnicodeEncodeError:
        return msgspec.json.encode(_encodable(msgspec.to_builtins(whole)))


def as_json(sheet: Sheet) -> dict[str, Any]:
    """Tables of one key are one list."""
    tables: dict[str, list[msgspec.Struct]] = {"rows": []}
    for table in (*([sheet.records] if sheet.records else []), *sheet.tables):
        tables.setdefault(table.key, []).extend(rows_of(table))
    return {
        "sheet": sheet.name,
        **sheet.heading,
        "title": sheet.title,
        "subject": sheet.subject,
        "language": sheet.language,
        "status": sheet.status,
        "standing": sheet.standing,
        "version": sheet.version,
        "digest": sheet.digest,
        "issued": sheet.issued,
        **tables,
        "notes": list(sheet.notes),
        "legend": dict(sheet.legend),
        "changes": list(sheet.changes),
        "seq": sheet.seq,
    }


def rows_of(table: Table) -> list[msgspec.Struct]:
    """Objects keyed by column. Empty lanes and lines under a row are for paper alone."""
    made = _row_of(tuple(column.key for column in table.columns))
    return [made(*row.cells) for row in table.rows if row.kind not in ("note", "empty")]


@lru_cache(maxsize=200)
def _row_of(keys: tuple[str, ...]) -> type[msgspec.Struct]:
    """Rows of these columns: several times as fast to make and to write as dictionaries."""
    names = {f"c{number}": key for number, key in enumerate(keys)}
    return msgspec.defstruct("Row", [(name, Any) for name in names], rename=names, gc=False)


def _encodable(value: Any) -> Any:
    """Half a surrogate pair is no character, and cannot be written: U+FFFD stands in its place."""
    if isinstance(value, dict):
        return {_encodable(key): _encodable(one) for key, one in value.items()}
    if isinstance(value, list):
        return [_encodable(one) for one in value]
    return value.encode("utf-16", "surrogatepass").decode("utf-16", "replace") if isinstance(value, str) else value
