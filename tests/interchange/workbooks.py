"""Workbooks as spreadsheets save them, made by hand: only what matters here is in them."""

import io
import zipfile
from collections.abc import Mapping

BOOK = (
    '<workbook xmlns:r="r"><workbookPr{about}/><sheets><sheet name="Entries" sheetId="7" r:id="rId3"/>'
    '<sheet name="Notes" sheetId="1" r:id="rId1"/></sheets></workbook>'
)
RELATIONS = (
    '<Relationships><Relationship Id="rId1" Target="worksheets/sheet1.xml"/>'
    '<Relationship Id="rId3" Target="/xl/worksheets/sheet9.xml"/></Relationships>'
)
STYLES = (
    '<styleSheet><numFmts><numFmt numFmtId="170" formatCode="dd.mm.yyyy"/>'
    '<numFmt numFmtId="171" formatCode="[h]:mm:ss"/>'
    '<numFmt numFmtId="172" formatCode="0.00&quot;days&quot;"/></numFmts>'
    '<cellStyleXfs><xf numFmtId="14"/></cellStyleXfs>'
    '<cellXfs><xf numFmtId="0"/><xf numFmtId="14"/><xf numFmtId="170"/><xf numFmtId="47"/><xf numFmtId="171"/>'
    '<xf numFmtId="172"/></cellXfs></styleSheet>'
)
STRINGS = (
    "<sst><si><t>bib</t></si><si><r><t>family</t></r><r><t>_name</t></r></si><si><t>sex</t></si>"
    "<si><t>東</t><rPh><t>ひがし</t></rPh></si></sst>"
)


def workbook(rows: str, about: str = "", more: Mapping[str, bytes] | None = None) -> bytes:
    """`rows` is what stands inside `sheetData`."""
    parts = {
        "[Content_Types].xml": b"<Types/>",
        "xl/workbook.xml": BOOK.format(about=about).encode(),
        "xl/_rels/workbook.xml.rels": RELATIONS.encode(),
        "xl/styles.xml": STYLES.encode(),
        "xl/sharedStrings.xml": STRINGS.encode(),
        "xl/worksheets/sheet1.xml": b"<worksheet><sheetData><row><c><v>1</v></c></row></sheetData></worksheet>",
        "xl/worksheets/sheet9.xml": f"<worksheet><sheetData>{rows}</sheetData></worksheet>".encode(),
        **(more or {}),
    }
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, part in parts.items():
            if part:
                archive.writestr(name, part)
    return file.getvalue()


def of_texts(*rows: tuple[str, ...]) -> bytes:
    cells = ("".join(f'<c t="inlineStr"><is><t>{cell}</t></is></c>' for cell in row) for row in rows)
    return workbook("".join(f"<row>{row}</row>" for row in cells))
