"""A logo is looked at before it is taken."""

import io
import zlib
from typing import Any

import pytest
from PIL import Image, PngImagePlugin

from app.domain.refusals import Invalid
from app.sheets import pdf
from app.sheets.pdf.logo import MOST_BYTES, picture
from app.sheets.sheet import Look
from tests.sheets.pdf.reading import reader
from tests.sheets.pdf.samples import heat, png

BROKEN = png()[:60]


@pytest.mark.parametrize("mode", ["RGBA", "RGB", "L", "LA", "P", "1", "I;16"])
def test_every_kind_of_png_is_taken(mode: str) -> None:
    pdf.check_logo(png(mode=mode))


@pytest.mark.parametrize(
    ("data", "code"),
    [
        (b"", "not_a_logo"),
        (b"GIF89a", "not_a_logo"),
        (b"<svg xmlns='http://www.w3.org/2000/svg'/>", "not_a_logo"),
        (b"\x89PNG\r\n\x1a\n", "not_a_logo"),
        (BROKEN, "not_a_logo"),
        (png()[:-20] + bytes(20), "not_a_logo"),
        (png(2_001, 2_000), "logo_too_large"),
        (png() + bytes(MOST_BYTES), "logo_too_large"),
    ],
)
def test_what_is_no_picture_or_too_large_is_refused(data: bytes, code: str) -> None:
    with pytest.raises(Invalid) as found:
        pdf.check_logo(data)
    assert found.value.code == code
    assert found.value.pointer == "/logo"


def test_a_small_file_that_says_it_is_a_giant_is_refused_before_it_is_unpacked() -> None:
    data = bytearray(png())
    data[16:24] = (100_000).to_bytes(4, "big") * 2
    with pytest.raises(Invalid, match="100,000 × 100,000"):
        pdf.check_logo(bytes(data))


def test_the_size_that_counts_is_the_one_that_would_be_unpacked() -> None:
    small, giant = png(), png(3_000, 2_000)
    text = bytes.fromhex("00000009") + b"tEXt" + bytes.fromhex("0000000100000001") + b"\0"
    hidden = small[:8] + text + zlib.crc32(text[4:]).to_bytes(4, "big") + giant[8:]
    for data in (hidden, small[:33] + giant[8:]):
        with pytest.raises(Invalid, match="3,000 × 2,000"):
            pdf.check_logo(data)


def test_a_hidden_size_that_nothing_could_unpack_is_refused() -> None:
    header = b"IHDR" + (60_000).to_bytes(4, "big") * 2 + bytes.fromhex("0802000000")
    data = png()[:33] + bytes.fromhex("0000000d") + header + zlib.crc32(header).to_bytes(4, "big") + png()[33:]
    with pytest.raises(Invalid, match="broken"):
        pdf.check_logo(data)


def test_text_that_unfolds_in_a_picture_is_refused() -> None:
    info = PngImagePlugin.PngInfo()
    info.add_text("Comment", "x" * 30_000_000, zip=True)
    out = io.BytesIO()
    Image.new("RGB", (4, 4)).save(out, "PNG", pnginfo=info)
    with pytest.raises(Invalid, match="broken"):
        pdf.check_logo(out.getvalue())


@pytest.mark.parametrize("cut", range(8, len(png()) - 30, 5))
def test_a_picture_cut_short_anywhere_is_refused(cut: int) -> None:
    with pytest.raises(Invalid, match="broken"):
        pdf.check_logo(png()[:cut])


def test_a_sheet_is_printed_without_a_logo_that_is_none() -> None:
    for name in ("results", "certificates"):
        page: Any = reader(pdf.render([heat(["HOLM Rune"], name=name, look=Look(logo=b"<svg/>"))])).pages[0]
        assert "HOLM Rune" in page.extract_text()
        assert not page.images


def test_a_large_picture_is_made_as_small_as_paper_needs() -> None:
    assert (picture(png(1600, 400)).width, picture(png(1600, 400)).height) == (800, 200)


def test_the_logo_is_in_the_file_once_and_keeps_what_shines_through() -> None:
    sheets = [heat(["HOLM Rune"], look=Look(logo=png())), heat(["ADEYO Samuel"], look=Look(logo=png()))]
    images = [page.images[0] for page in reader(pdf.render(sheets)).pages[1:]]
    assert len({image.indirect_reference.idnum for image in images if image.indirect_reference}) == 1
    assert images[0].image is not None
    assert images[0].image.mode == "RGBA"
    assert images[0].image.getpixel((0, 0)) == (0, 0, 0, 0)
