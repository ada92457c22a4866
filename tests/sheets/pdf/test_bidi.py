"""Order on paper of what is written from right to left (UAX #9)."""

import pytest

from app.sheets.pdf.bidi import levels, visual


@pytest.mark.parametrize(
    ("text", "on_paper"),
    [
        ("abc", "abc"),
        ("אבג", "גבא"),
        ("abc אבג", "abc גבא"),
        ("אבג abc", "abc גבא"),
        ("abc אבג 12", "abc 12 גבא"),
        ("אבג 12,5", "12,5 גבא"),
        ("عرب 12-5", "5-12 برع"),
        ("אבג 12-5", "12-5 גבא"),
        ("אבג (abc)", "(abc( גבא"),
        ("abc (אבג)", "abc (גבא)"),
        ("אבג 5%", "5% גבא"),
        ("ab אב, גד", "ab דג ,בא"),
        ("אב a\u0301", "a\u0301 בא"),
        ("אב ", " בא"),
        ("(אב)", ")בא("),
        ("[a(ב]", "[a(ב]"),
        ("", ""),
    ],
)
def test_what_is_read_from_the_right_stands_turned_around(text: str, on_paper: str) -> None:
    assert "".join(text[i] for i in visual(levels(text))) == on_paper.replace("(abc(", ")abc(")
