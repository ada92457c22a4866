"""Sheets: what is printed, hung out and handed over. One file a format, each a function from sheets to bytes."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Final

from app.sheets import csv, html, json, markdown, pdf, text, xlsx
from app.sheets.progress import Progress
from app.sheets.sheet import Sheet


@dataclass(frozen=True, slots=True)
class Format:
    media: str
    render: Callable[[Sequence[Sheet]], bytes]
    slowly: Callable[[Sequence[Sheet], Progress], bytes] | None = None
    """The same, telling how far it is: of formats in which a long document takes its time."""


FORMATS: Final[Mapping[str, Format]] = {
    "csv": Format("text/csv; charset=utf-8", csv.render),
    "json": Format("application/json", json.render),
    "html": Format("text/html; charset=utf-8", html.render),
    "pdf": Format("application/pdf", pdf.render, slowly=pdf.render),
    "xlsx": Format(
        "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet", xlsx.render, slowly=xlsx.render
    ),
    "md": Format("text/markdown; charset=utf-8", markdown.render),
    "txt": Format("text/plain; charset=utf-8", text.render),
}
