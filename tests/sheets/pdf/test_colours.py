"""Colours that a meet may choose."""

import pytest

from app.domain.refusals import Invalid
from app.sheets import pdf
from app.sheets.colours import ENOUGH, INK, PAPER, contrast
from app.sheets.pdf.colours import QUIET, check_colours, legible
from app.sheets.sheet import PLAIN, Look
from tests.sheets.pdf.samples import heat


def test_the_colours_of_a_plain_sheet_are_legible() -> None:
    check_colours({"colour": PLAIN.colour, "accent": PLAIN.accent})


@pytest.mark.parametrize("colour", [INK, QUIET])
def test_texts_are_legible_on_paper(colour: str) -> None:
    assert contrast(colour, PAPER) >= ENOUGH


def test_a_colour_that_was_never_checked_is_not_printed_where_it_hides_text() -> None:
    assert legible(Look(colour="#ffd400", accent="#336699")) == Look(accent="#336699")
    assert legible(Look(colour="loud", accent="")) == PLAIN


def test_a_page_is_drawn_in_legible_colours_whatever_was_asked_for() -> None:
    names = ["HOLM Rune"]
    assert pdf.render([heat(names, look=Look(colour="#ffff00", accent="loud"))]) == pdf.render([heat(names)])


@pytest.mark.parametrize(("one", "other", "ratio"), [("#ffffff", "#000000", 21.0), ("#777777", "#ffffff", 4.48)])
def test_contrast_is_that_of_wcag(one: str, other: str, ratio: float) -> None:
    assert contrast(one, other) == pytest.approx(ratio, abs=0.01)


@pytest.mark.parametrize("colour", ["#ffd400", "#ffffff", "#777777"])
def test_a_colour_that_hides_text_is_refused(colour: str) -> None:
    with pytest.raises(Invalid, match="to 1 with white") as found:
        check_colours({"accent": colour})
    assert (found.value.pointer, found.value.code) == ("/accent", "illegible_colour")


@pytest.mark.parametrize("colour", ["red", "#fff", "#12345g", "#1234567", "#٠٠٠٠٠٠", "#123456\n", ""])
def test_what_is_no_colour_is_refused(colour: str) -> None:
    with pytest.raises(Invalid) as found:
        check_colours({"colour": colour})
    assert found.value.code == "not_a_colour"
