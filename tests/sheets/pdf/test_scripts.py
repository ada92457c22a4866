"""Names in every script, and texts that are no names."""

import unicodedata
from dataclasses import replace
from typing import Any

import pytest

from app.domain.refusals import Contradicts
from app.sheets import pdf
from app.sheets.pdf import shaping
from app.sheets.pdf.clean import Unprintable, clean
from app.sheets.pdf.faces import BLOCKS, face_of
from app.sheets.pdf.shaping import Setter
from app.sheets.sheet import Sheet
from tests.sheets.pdf.reading import at, overlaps, printed, reader, said
from tests.sheets.pdf.samples import heat, lines, row, sheet

LEFT_TO_RIGHT = (
    "WIŚNIEWSKI Łukasz",
    "IBÁÑEZ Begoña",
    "ΠΑΠΑΔΟΠΟΥΛΟΥ Ελλη",
    "ПЕТРОВ Кирил",
    "NGUYỄN Việt Đức",
    "YILDIRIM İpek",
    "ÞÓRA Jónsdóttir",
    "李小龍",
    "髙橋 大地",
    "박준",
    "კვირიკაშვილი გიორგი",
    "Դավթյան Գևորգ",
    "ኃይሌ ገብረሥላሴ",
)
RIGHT_TO_LEFT = {"עברית": "תירבע", "שלום כהן": "ןהכ םולש", "عربي": "يبرع", "محمد صلاح": "حلاص دمحم"}
"""As drawn from the left; lam and alef are one glyph."""
BY_SYLLABLE = ("हिन्दी", "தமிழ்", "ไทย ที่", "ລາວ ຊື່", "মর্ত্য", "မြန်မာ", "ខ្មែរ", "മലയാളം", "తెలుగు", "ಕನ್ನಡ", "සිංහල")
HOSTILE = (
    "<b>&amp;</b>",
    "(\\) <feff> BT ET",
    "=HYPERLINK(1)",
    "%PDF-1.7 endstream endobj",
    "🏃🏽‍♀️ RUNNER",
    "a\u202etxet\u202c b\u2066c\u2069",
    "tab\there\r\nand\x00there\x1b[31m",
    "\ud800 lone \udfff",
    "Z" + "\u0336\u0300\u0316" * 30,
    "\u200b\u200d\ufeff\u00ad",
    "\U000e0041\ufe0f",
    "X" * 10_000,
    "many words " * 900,
    "אבג" * 500,
    "",
    " ",
)


@pytest.mark.parametrize("name", LEFT_TO_RIGHT)
def test_a_name_in_a_script_from_left_to_right_is_read_back_as_it_is(name: str) -> None:
    cells = [one for one in printed(heat([name])) if one.tag == "TD"]
    assert unicodedata.normalize("NFC", name) in "".join(one.text for one in cells)


@pytest.mark.parametrize(("name", "on_paper"), RIGHT_TO_LEFT.items())
def test_a_name_in_a_script_from_right_to_left_is_drawn_from_its_end(name: str, on_paper: str) -> None:
    assert on_paper in said(printed(heat([name]))).replace("|", "")


@pytest.mark.parametrize("name", BY_SYLLABLE)
def test_a_name_whose_letters_change_places_is_read_as_it_was_written(name: str) -> None:
    assert name in said(printed(heat([name])))


def test_numbers_and_brackets_in_a_name_from_right_to_left_stand_where_they_are_read() -> None:
    assert "3 )יול( יבא" in said(printed(heat(["אבי (לוי) 3"]))).replace("|", "")


def test_no_glyph_of_a_name_is_the_one_for_missing_characters() -> None:
    found = printed(heat([*LEFT_TO_RIGHT, *RIGHT_TO_LEFT, *BY_SYLLABLE]))
    assert not [one for one in found if 0 in one.glyphs]


def test_fonts_are_in_the_file_for_the_scripts_that_it_has_and_no_others() -> None:
    assert _fonts(heat(["HOLM Rune", "ΠΕΤΡΟΥ Ελλη"])) == {"NotoSans-Regular", "NotoSans-Bold"}
    assert _fonts(heat(["李 Bruce"])) == {"NotoSans-Regular", "NotoSans-Bold", "NotoSansCJK-Regular"}


def _fonts(one: Sheet) -> set[str]:
    page: Any = reader(pdf.render([one])).pages[0]
    fonts = page["/Resources"]["/Font"].get_object().values()
    return {str(font.get_object()["/BaseFont"]).rpartition("+")[2] for font in fonts}


def test_a_title_in_a_script_without_bold_type_is_set_all_the_same() -> None:
    one = heat(["HOLM Rune"], subject="田径")
    assert at(printed(one), "田径").tag == "H1"
    page: Any = reader(pdf.render([one])).pages[0]
    assert page.get_contents().get_data().count(b"2 Tr") == 1


@pytest.mark.parametrize(("low", "high", "script"), BLOCKS)
def test_the_font_of_a_block_has_letters_of_it(low: int, high: int, script: str) -> None:
    faces = {face.name for code in range(low, high + 1) if (face := face_of(chr(code), bold=False))}
    assert f"NotoSans{script}-Regular" in faces


def test_a_letter_that_no_font_has_is_refused_with_its_row() -> None:
    with pytest.raises(Contradicts, match=r"U\+1E900 \(ADLAM CAPITAL LETTER ALIF\) in the row '1 1 20 𞤀𞤣𞤤𞤢𞤥") as found:
        pdf.render([heat(["𞤀𞤣𞤤𞤢𞤥"])])
    assert found.value.code == "unprintable"


def test_a_letter_that_no_font_has_is_refused_where_it_is_in_no_row() -> None:
    with pytest.raises(Unprintable, match="in the text of '𞤀 – RESULTS'"):
        pdf.render([heat([], subject="𞤀")])


def test_a_glyph_that_is_missing_is_never_drawn(monkeypatch: pytest.MonkeyPatch) -> None:
    """Whatever gets past what is taken out before."""
    monkeypatch.setattr(shaping, "clean", str)
    with pytest.raises(Unprintable):
        Setter().line("a🏃")


@pytest.mark.parametrize(
    ("text", "as_printed"),
    [
        ("cafe\u0301", "café"),
        ("a\tb\r\nc\x00d\x7f", "a b  cd"),
        ("a\u202eb\u2066c\u200fd\ufeff\u00ad", "abcd"),
        ("🏃", "[U+1F3C3]"),
        ("\ud800", "[U+D800]"),
        ("\ue000", "[U+E000]"),
        ("❤\ufe0f ✓ → ★", "❤ ✓ → ★"),
        ("Z\u0336\u0300\u0316\u0301", "Z\u0336\u0316"),
        ("\u3000", "\u3000"),
    ],
)
def test_what_is_no_letter_goes_or_is_shown_by_its_number(text: str, as_printed: str) -> None:
    assert clean(text) == as_printed


@pytest.mark.parametrize("text", HOSTILE)
def test_a_hostile_text_is_printed_as_text_wherever_it_stands(text: str) -> None:
    legend = ((text[:9], text), ("DQ", "disqualified"))
    hostile = heat([text, "HOLM Rune"], meet=text, subject=text, lines=(text,), notes=(text,), legend=legend)
    found = printed(hostile, sheet([lines(3, name=text + " {}")], title=text, where_when=text, standing=text))
    assert overlaps(found) == []
    assert any(one.text == "HOLM Rune" for one in found)
    assert all(one.left > 30 and one.right < 566 and one.base > 15 for one in found)


def test_a_name_of_ten_thousand_letters_ends_in_an_ellipsis() -> None:
    table = lines(0)
    found = printed(sheet([replace(table, rows=(row(1, "X" * 10_000, "10.21"),))]))
    name = [one.text for one in found if one.text.startswith("X")]
    assert len(name) == 4
    assert name[-1].endswith("X…")
