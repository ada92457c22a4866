"""The logo of a meet: a PNG, looked at before it is taken, and put into the file as it is."""

import io
from dataclasses import dataclass
from functools import lru_cache
from hashlib import blake2b
from typing import Final

from PIL import Image

from app.domain.refusals import Invalid
from app.sheets.pdf.file import File

MOST_BYTES: Final = 1_000_000
MOST_PIXELS: Final = 4_000_000
_LONGEST: Final = 800
"""Pixels of the longer side in the file: 400 to the inch on the widest logo."""
_SIGNATURE: Final = b"\x89PNG\r\n\x1a\n"


@dataclass(frozen=True, slots=True)
class Picture:
    """Three bytes a pixel, and one for how much covers what is under it."""

    width: int
    height: int
    colours: bytes
    cover: bytes | None

    @property
    def key(self) -> str:
        return blake2b(self.colours, digest_size=8, salt=b"logo").hexdigest()


def check_logo(data: bytes) -> None:
    """Refuses what is too large, no PNG, or broken."""
    picture(data)


def drawable(data: bytes | None) -> Picture | None:
    """None for what was never checked and is no logo: a sheet is printed without it."""
    try:
        return picture(data) if data else None
    except Invalid:
        return None


@lru_cache(maxsize=16)
def picture(data: bytes) -> Picture:
    """Raises `Invalid`."""
    if len(data) > MOST_BYTES:
        raise Invalid(
            "/logo", "logo_too_large", f"a logo has {MOST_BYTES:,} bytes or fewer; this one has {len(data):,}"
        )
    if not data.startswith(_SIGNATURE):
        raise Invalid("/logo", "not_a_logo", "a logo is a PNG file: save the picture as one")
    width, height = (int.from_bytes(data[at : at + 4], "big") for at in (16, 20))
    if width * height > MOST_PIXELS:
        message = f"a logo has {MOST_PIXELS:,} pixels or fewer; this one has {width:,} × {height:,}"
        raise Invalid("/logo", "logo_too_large", message)
    try:
        return _decoded(data)
    except (OSError, EOFError, SyntaxError, ValueError) as error:
        raise Invalid("/logo", "not_a_logo", f"the picture is broken: {error}"[:200]) from None


def _decoded(data: bytes) -> Picture:
    with Image.open(io.BytesIO(data), formats=["PNG"]) as image:
        whole = image.convert("RGBA")
    whole.thumbnail((_LONGEST, _LONGEST))
    cover = whole.getchannel("A")
    opaque = cover.getextrema() == (255, 255)
    return Picture(whole.width, whole.height, whole.convert("RGB").tobytes(), None if opaque else cover.tobytes())


def embed(file: File, picture: Picture) -> int:
    """Returns its object."""
    size = f"/Type/XObject/Subtype/Image/Width {picture.width}/Height {picture.height}/BitsPerComponent 8"
    mask = ""
    if picture.cover is not None:
        mask = f"/SMask {file.stream(f'{size}/ColorSpace/DeviceGray', picture.cover)} 0 R"
    return file.stream(f"{size}/ColorSpace/DeviceRGB{mask}", picture.colours)
