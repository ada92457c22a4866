"""A workbook as text: sheet by sheet, row by row, what stands in each cell and how a number is shown."""

import io
import re
import zipfile
from collections.abc import Iterator
from typing import Final
from xml.etree import ElementTree

MAIN: Final = "{http://schemas.openxmlformats.org/spreadsheetml/2006/main}"


def cells_of(made: bytes) -> str:
    """`7  A 1  D "HOLM Rune"  F 0.000118171 [s].00`: row, then column and value; text in quotes."""
    with zipfile.ZipFile(io.BytesIO(made)) as book:
        shared = ElementTree.fromstring(book.read("xl/sharedStrings.xml"))
        texts = ["".join(part.text or "" for part in one.iter(f"{MAIN}t")) for one in shared.iter(f"{MAIN}si")]
        formats = _formats(ElementTree.fromstring(book.read("xl/styles.xml")))
        names = [
            one.attrib["name"] for one in ElementTree.fromstring(book.read("xl/workbook.xml")).iter(f"{MAIN}sheet")
        ]
        parts = [
            f"# {name}\n" + "".join(_rows(book.read(f"xl/worksheets/sheet{number}.xml"), texts, formats))
            for number, name in enumerate(names, 1)
        ]
    return "\n".join(parts)


def _rows(xml: bytes, texts: list[str], formats: list[str]) -> Iterator[str]:
    for row in ElementTree.fromstring(xml).iter(f"{MAIN}row"):
        cells = [said for cell in row.iter(f"{MAIN}c") if (said := _cell(cell, texts, formats))]
        if cells:
            yield f"{row.attrib['r']}  {'  '.join(cells)}\n"


def _cell(cell: ElementTree.Element, texts: list[str], formats: list[str]) -> str | None:
    value = cell.findtext(f"{MAIN}v")
    if value is None:
        return None
    column = re.sub(r"\d", "", cell.attrib["r"])
    if cell.get("t") == "s":
        return f'{column} "{texts[int(value)]}"'
    shown = formats[int(cell.get("s", 0))]
    return f"{column} {float(value):.9g}{f' {shown}' if shown else ''}"


def _formats(styles: ElementTree.Element) -> list[str]:
    """By number of the style: how a number is shown; empty where nothing is said of it."""
    codes = {one.attrib["numFmtId"]: one.attrib["formatCode"] for one in styles.iter(f"{MAIN}numFmt")}
    (cells,) = styles.iter(f"{MAIN}cellXfs")
    return [codes.get(one.get("numFmtId", "0"), "") for one in cells]
