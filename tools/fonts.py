"""Makes the fonts of the PDF sheets from Noto as Debian packages it (fonts-noto-core, fonts-noto-cjk).

    python tools/fonts.py /usr/share/fonts

Hinting goes, which paper does not need. Of the CJK font stay kana, Hangul and the ideographs of U+4E00–U+9FFF and of
the compatibility block: 6 MB instead of 19. Its glyph numbers stay, since they are the names of its glyphs in a PDF.
"""

import sys
from collections.abc import Sequence
from pathlib import Path

import uharfbuzz as hb

HERE = Path(__file__).resolve().parent.parent / "app/sheets/pdf/fonts"
SCRIPTS = (
    *("Arabic", "Armenian", "Bengali", "Devanagari", "Ethiopic", "Georgian", "Gujarati", "Gurmukhi", "Hebrew"),
    *("Kannada", "Khmer", "Lao", "Malayalam", "Myanmar", "Oriya", "Sinhala", "Tamil", "Telugu", "Thaana", "Thai"),
)
SIGNS = {"Math": ((0x2190, 0x22FF),), "Symbols2": ((0x25A0, 0x27BF),)}
"""Arrows and operators; shapes, ticks and stars."""
SIMPLIFIED = 2
"""Where Noto Sans CJK SC stands in the collection."""
CJK_BLOCKS = (
    (0x3000, 0x30FF),
    (0x31F0, 0x31FF),
    (0x4E00, 0x9FFF),
    (0xAC00, 0xD7A3),
    (0xF900, 0xFAFF),
    (0xFF00, 0xFFEF),
)
LAYOUT = ("GSUB", "GPOS", "GDEF", "BASE", "MATH", "VORG", "vhea", "vmtx")


def main(source: Path) -> None:
    noto = source / "truetype/noto"
    for style in ("Regular", "Bold"):
        write(f"NotoSans-{style}.ttf", whole((noto / f"NotoSans-{style}.ttf").read_bytes()))
    for script in SCRIPTS:
        write(f"NotoSans{script}-Regular.ttf", whole((noto / f"NotoSans{script}-Regular.ttf").read_bytes()))
    for name, blocks in SIGNS.items():
        face = hb.Face(hb.Blob((noto / f"NotoSans{name}-Regular.ttf").read_bytes()))
        write(f"NotoSans{name}-Regular.ttf", bare(face, blocks))
    write("NotoSansCJK-Regular.otf", cjk((source / "opentype/noto/NotoSansCJK-Regular.ttc").read_bytes()))


def whole(data: bytes) -> bytes:
    """All characters, with their layout."""
    face = hb.Face(hb.Blob(data))
    keep = hb.SubsetInput()
    keep.flags = hb.SubsetFlags.NO_HINTING
    keep.unicode_set.update(face.unicodes)
    return subset(face, keep)


def cjk(data: bytes) -> bytes:
    return bare(hb.Face(hb.Blob(data), SIMPLIFIED), CJK_BLOCKS, hb.SubsetFlags.RETAIN_GIDS)


def bare(face: hb.Face, blocks: Sequence[tuple[int, int]], flags: int = 0) -> bytes:
    """Characters that need no layout."""
    keep = hb.SubsetInput()
    keep.flags = hb.SubsetFlags.NO_HINTING | flags
    keep.unicode_set.update(c for c in face.unicodes if any(low <= c <= high for low, high in blocks))
    keep.sets(hb.SubsetInputSets.DROP_TABLE_TAG).update(int.from_bytes(tag.encode(), "big") for tag in LAYOUT)
    return subset(face, keep)


def subset(face: hb.Face, keep: hb.SubsetInput) -> bytes:
    data = hb.subset(face, keep).blob.data
    if data is None:
        raise SystemExit("nothing is left of a font")
    return bytes(data)


def write(name: str, data: bytes) -> None:
    (HERE / name).write_bytes(data)
    sys.stdout.write(f"{len(data):>9,}  {name}\n")


if __name__ == "__main__":
    main(Path(sys.argv[1]))
