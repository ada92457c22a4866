"""Fonts in the file: of each face the glyphs that were used, their widths, and the text that they stand for."""

import string
from collections.abc import Mapping
from hashlib import blake2b

import uharfbuzz as hb

from app.sheets.pdf.faces import Face
from app.sheets.pdf.file import File

_KEPT = {"TrueType": {"glyf", "loca", "head", "hhea", "hmtx", "maxp"}, "CFF": {"CFF ", "head", "hhea", "hmtx", "maxp"}}


def embed(file: File, face: Face, used: Mapping[int, str]) -> int:
    """A Type 0 font whose codes are the face's own glyph numbers. Returns its object."""
    name = f"{_prefix(face, used)}+{face.name}"
    truetype = face.outlines == "TrueType"
    part = _subset(face, used)
    if truetype:
        program = f"/FontFile2 {file.stream(f'/Length1 {len(part)}', part)} 0 R"
    else:
        program = f"/FontFile3 {file.stream('/Subtype/CIDFontType0C', part)} 0 R"
    descriptor = file.add(f"<</Type/FontDescriptor/FontName/{name}/Flags 4{_metrics(face)}{program}>>")
    kind = "CIDFontType2/CIDToGIDMap/Identity" if truetype else "CIDFontType0"
    entries = (
        f"/Type/Font/Subtype/{kind}/BaseFont/{name}/FontDescriptor {descriptor} 0 R/DW 1000/W[{_widths(face, used)}]"
    )
    system = "/CIDSystemInfo<</Registry(Adobe)/Ordering(Identity)/Supplement 0>>"
    descendant = file.add(f"<<{entries}{system}>>")
    unicode = file.stream("", _to_unicode(used).encode())
    top = f"/Type/Font/Subtype/Type0/BaseFont/{name}/Encoding/Identity-H"
    return file.add(f"<<{top}/DescendantFonts[{descendant} 0 R]/ToUnicode {unicode} 0 R>>")


def _subset(face: Face, used: Mapping[int, str]) -> bytes:
    keep = hb.SubsetInput()
    keep.flags = hb.SubsetFlags.NO_HINTING
    if face.outlines == "TrueType":
        keep.flags |= hb.SubsetFlags.RETAIN_GIDS
    keep.glyph_set.update(used)
    drop = keep.sets(hb.SubsetInputSets.DROP_TABLE_TAG)
    for tag in face.opened.table_tags:
        if tag not in _KEPT[face.outlines]:
            drop.add(int.from_bytes(tag.encode(), "big"))
    part = hb.subset(face.opened, keep)
    if face.outlines == "CFF":
        return bytes(part.reference_table("CFF ").data)
    return bytes(part.blob.data)


def _prefix(face: Face, used: Mapping[int, str]) -> str:
    """Six letters that tell this part of the face from others."""
    digest = blake2b(f"{face.name} {sorted(used)}".encode(), digest_size=6).digest()
    return "".join(string.ascii_uppercase[byte % 26] for byte in digest)


def _metrics(face: Face) -> str:
    extents = face.font.get_font_extents("ltr")
    weight = "/StemV 140/FontWeight 700" if face.bold else "/StemV 80"
    box = f"/FontBBox[-1000 {extents.descender} 3000 {extents.ascender}]"
    return f"{box}/ItalicAngle 0/Ascent {extents.ascender}/Descent {extents.descender}/CapHeight 714{weight}"


def _widths(face: Face, used: Mapping[int, str]) -> str:
    return " ".join(f"{glyph}[{face.advance(glyph)}]" for glyph in sorted(used))


def _to_unicode(used: Mapping[int, str]) -> str:
    pairs = [f"<{glyph:04x}><{text.encode('utf-16-be').hex()}>" for glyph, text in sorted(used.items()) if text]
    parts = [pairs[i : i + 100] for i in range(0, len(pairs), 100)]
    maps = "\n".join(f"{len(part)} beginbfchar\n{chr(10).join(part)}\nendbfchar" for part in parts)
    return (
        "/CIDInit/ProcSet findresource begin\n12 dict begin\nbegincmap\n"
        "/CIDSystemInfo<</Registry(Adobe)/Ordering(UCS)/Supplement 0>>def\n"
        "/CMapName/Adobe-Identity-UCS def\n/CMapType 2 def\n"
        f"1 begincodespacerange\n<0000><ffff>\nendcodespacerange\n{maps}\n"
        "endcmap\nCMapName currentdict/CMap defineresource pop\nend\nend"
    )
