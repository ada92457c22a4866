"""A PDF file (ISO 32000-1, version 1.7): numbered objects, most of them packed, and the table that finds them."""

import zlib
from dataclasses import dataclass, field
from hashlib import blake2b
from typing import Final

_PACK: Final = 200
"""Objects in one object stream: whoever wants one reads that many. Their index fits a byte."""
_HEAD: Final = b"%PDF-1.7\n%\xe2\xe3\xcf\xd3\n"
_NEXT: Final = bytes((2, 0, 0, 0, 0, 0, 1))
"""A row of the table that is like the one above, but for the next object of the same stream."""


def text(value: str) -> str:
    """A text string, in hex."""
    return f"<feff{value.encode('utf-16-be', 'replace').hex()}>"


@dataclass(slots=True)
class File:
    """Grows as objects come in: what is complete is packed at once."""

    _out: bytearray = field(default_factory=lambda: bytearray(_HEAD))
    _rows: list[bytes] = field(default_factory=lambda: [b"\0\0\0\0\0\0"])
    """Of the table, by number: at an offset (1), or in a stream and the index in it (2)."""
    _numbers: list[int] = field(default_factory=list)
    _bodies: list[str] = field(default_factory=list)

    def reserve(self) -> int:
        """A number, for an object that is `put` later."""
        self._rows.append(b"")
        return len(self._rows) - 1

    def put(self, number: int, body: str) -> int:
        self._numbers.append(number)
        self._bodies.append(body)
        if len(self._bodies) == _PACK:
            self._pack()
        return number

    def add(self, body: str) -> int:
        return self.put(self.reserve(), body)

    def stream(self, entries: str, data: bytes) -> int:
        """`entries` are those of its dictionary but for length and filter."""
        packed = zlib.compress(data, 6)
        number = self.reserve()
        self._put_stream(number, f"{entries}/Filter/FlateDecode/Length {len(packed)}", packed)
        return number

    def written(self, root: int, info: int) -> bytes:
        """The whole file. Its identifier is a digest of what is in it, so the same content gives the same bytes."""
        self._pack()
        id = blake2b(self._out, digest_size=16).hexdigest()
        table, start = self.reserve(), len(self._out)
        self._rows[table] = _at(start)
        packed = zlib.compress(_differences(self._rows), 6)
        filter = f"/Filter/FlateDecode/DecodeParms<</Predictor 12/Columns 6>>/Length {len(packed)}"
        entries = f"/Type/XRef/W[1 4 1]/Size {len(self._rows)}/Root {root} 0 R/Info {info} 0 R/ID[<{id}><{id}>]{filter}"
        self._put_stream(table, entries, packed)
        self._out += b"startxref\n%d\n%%%%EOF\n" % start
        return bytes(self._out)

    def _put_stream(self, number: int, entries: str, packed: bytes) -> None:
        self._rows[number] = _at(len(self._out))
        self._out += b"%d 0 obj\n<<%b>>stream\n%b\nendstream\nendobj\n" % (number, entries.encode(), packed)

    def _pack(self) -> None:
        """Puts the objects at hand into an object stream."""
        if not self._bodies:
            return
        index, length = [], 0
        for number, body in zip(self._numbers, self._bodies, strict=True):
            index.append(f"{number} {length}")
            length += len(body) + 1
        head = " ".join(index) + "\n"
        data = (head + "\n".join(self._bodies) + "\n").encode("ascii")
        pack = self.stream(f"/Type/ObjStm/N {len(index)}/First {len(head)}", data)
        for i, number in enumerate(self._numbers):
            self._rows[number] = b"\2%b%c" % (pack.to_bytes(4, "big"), i)
        self._numbers.clear()
        self._bodies.clear()


def _at(offset: int) -> bytes:
    return b"\1%b\0" % offset.to_bytes(4, "big")


def _differences(rows: list[bytes]) -> bytes:
    """Each row less the one above (predictor 2 of PNG, Up): a long table shrinks to almost nothing."""
    out, above = [], bytes(6)
    for row in rows:
        if row[:5] == above[:5] and row[5] == above[5] + 1:
            out.append(_NEXT)
        else:
            out.append(b"\2" + bytes((new - old) % 256 for new, old in zip(row, above, strict=True)))
        above = row
    return b"".join(out)
