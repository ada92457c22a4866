"""An address as a QR code, drawn as one path."""

import segno

QUIET = 2
"""Modules of white around it. The paper beside it is white as well."""


def modules(address: str) -> tuple[int, str]:
    """How many modules wide it is, and its dark ones as rectangles of a path, row by row."""
    code = segno.make_qr(address, error="m", boost_error=False)
    rows = []
    for y, row in enumerate(code.matrix):
        x = 0
        while x < len(row):
            end = x
            while end < len(row) and row[end]:
                end += 1
            if end > x:
                rows.append(f"{x} {y} {end - x} 1 re")
            x = end + 1
    return len(code.matrix), " ".join(rows)
