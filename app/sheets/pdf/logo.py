"""The logo of a meet: a PNG or an SVG, looked at before it is taken, and put into the file as it is."""

import io
from dataclasses import dataclass
from functools import lru_cache
from hashlib import blake2b
from typing import Final, Literal

from PIL import Image

from app.domain.refusals import Invalid
from app.sheets.pdf.file import File
from app.sheets.pdf.svg import Drawing, drawing

MOST_BYTES: Final = 1_000_000
MOST_PIXELS: Final = 4_000_000
_LONGEST: Final = 800
"""Pixels of the longer side in the file: 400 to the inch on the widest logo."""
_SIGNATURE: Final = b"\x89PNG\r\n\x1a\n"
PNG: Final = "image/png"
SVG: Final = "image/svg+xml"
EXAMPLE: Final = (
    '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 120 40">'
    '<path d="M20 2a18 18 0 1 0 0 36 18 18 0 0 0 0-36zm14 16v4H16l6 6-3 3L8 20 19 9l3 3-6 6z" fill="#0b3c5d"/>'
    '<rect x="46" y="10" width="70" height="7" fill="#b4232a"/>'
    '<rect x="46" y="23" width="48" height="7" fill="#0b3c5d"/>'
    "</svg>"
)
"""Of an SVG."""


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


@dataclass(frozen=True, slots=True)
class Shapes:
    """What an SVG draws."""

    drawing: Drawing
    key: str

    @property
    def width(self) -> float:
        return self.drawing.width

    @property
    def height(self) -> float:
        return self.drawing.height


def media_of(data: bytes) -> Literal["image/png", "image/svg+xml"]:
    """By its first bytes: what is no PNG can but be an SVG."""
    return PNG if data.startswith(_SIGNATURE) else SVG


def check_logo(data: bytes) -> None:
    """Refuses what is too large, no PNG and no SVG, or broken."""
    picture(data)


def drawable(data: bytes | None) -> Picture | Shapes | None:
    """None for what was never checked and is no logo: a sheet is printed without it."""
    try:
        return picture(data) if data else None
    except Invalid:
        return None


@lru_cache(maxsize=16)
def picture(data: bytes) -> Picture | Shapes:
    """Raises `Invalid`."""
    if len(data) > MOST_BYTES:
        raise Invalid(
            "/logo", "logo_too_large", f"a logo has {MOST_BYTES:,} bytes or fewer; this one has {len(data):,}"
        )
    if media_of(data) == SVG:
        return _shapes(data)
    _require_few_pixels(*(int.from_bytes(data[at : at + 4], "big") for at in (16, 20)))
    try:
        return _decoded(data)
    except (OSError, EOFError, SyntaxError, ValueError, Image.DecompressionBombError) as error:
        raise Invalid("/logo", "not_a_logo", f"the picture is broken: {error}"[:200]) from None


def _shapes(data: bytes) -> Shapes:
    try:
        return Shapes(drawing(data), blake2b(data, digest_size=8, salt=b"logo").hexdigest())
    except ValueError as error:
        message = f"a logo is a PNG, or an SVG of shapes in plain colours: {error}"[:300]
        raise Invalid("/logo", "not_a_logo", f"{message}; save it as a PNG") from None


def _require_few_pixels(width: int, height: int) -> None:
    if width * height > MOST_PIXELS:
        message = f"a logo has {MOST_PIXELS:,} pixels or fewer; this one has {width:,} × {height:,}"
        raise Invalid("/logo", "logo_too_large", message)


def _decoded(data: bytes) -> Picture:
    with Image.open(io.BytesIO(data), formats=["PNG"]) as image:
        # A header may stand elsewhere too, and the last one counts.
        _require_few_pixels(*image.size)
        whole = image.convert("RGBA")
    whole.thumbnail((_LONGEST, _LONGEST))
    cover = whole.getchannel("A")
    opaque = cover.getextrema() == (255, 255)
    return Picture(whole.width, whole.height, whole.convert("RGB").tobytes(), None if opaque else cover.tobytes())


def embed(file: File, picture: Picture | Shapes) -> int:
    """Returns its object, which fills a square of one unit."""
    return _drawn(file, picture.drawing) if isinstance(picture, Shapes) else _image(file, picture)


def _drawn(file: File, made: Drawing) -> int:
    left, top, width, height = made.left, made.top, made.width, made.height
    box = f"/BBox[{left:.4f} {top:.4f} {left + width:.4f} {top + height:.4f}]"
    matrix = f"/Matrix[{1 / width:.8f} 0 0 {-1 / height:.8f} {-left / width:.8f} {1 + top / height:.8f}]"
    states = "".join(f"/{name}<</ca {fill:.3f}/CA {stroke:.3f}>>" for (fill, stroke), name in made.covers.items())
    resources = f"/Resources<</ExtGState<<{states}>>>>"
    content = "\n".join(made.operators).encode("ascii")
    return file.stream(f"/Type/XObject/Subtype/Form/FormType 1{box}{matrix}{resources}", content)


def _image(file: File, picture: Picture) -> int:
    size = f"/Type/XObject/Subtype/Image/Width {picture.width}/Height {picture.height}/BitsPerComponent 8"
    mask = ""
    if picture.cover is not None:
        mask = f"/SMask {file.stream(f'{size}/ColorSpace/DeviceGray', picture.cover)} 0 R"
    return file.stream(f"{size}/ColorSpace/DeviceRGB{mask}", picture.colours)
