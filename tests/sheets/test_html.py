"""The page of a sheet: complete by itself, readable in any colour, and ready to print."""

import re
from dataclasses import replace

import pytest

from app.sheets import FORMATS
from app.sheets.colours import ENOUGH, INK, PAPER, contrast, on, readable
from app.sheets.html import STYLE
from app.sheets.sheet import PLAIN, Look, Sheet
from tests.sheets.golden import sheets
from tests.sheets.meets import MEET

(HEAT,) = sheets("track", "heat", "m100/round-1/1", "results")
ADDRESS = "https://live.example.org/graz"
PNG = b"\x89PNG\r\n\x1a\n rest"


def page(*made: Sheet) -> str:
    return FORMATS["html"].render(made or (HEAT,)).decode()


def colours(look: Look) -> dict[str, str]:
    root = re.search(r":root \{ (--colour.*?) \}", page(replace(HEAT, look=look)))
    assert root is not None
    return dict(re.findall(r"--([a-z-]+): (#[0-9a-f]{6})", root[1], re.IGNORECASE))


def test_nothing_is_fetched_and_no_script_runs() -> None:
    text = page()
    assert "default-src 'none'" in text
    assert not re.search(r"<script|<link|<iframe|@import|url\(|https?://|src=", text)


def test_the_page_says_its_language_and_its_title() -> None:
    (german,) = sheets("track", "heat", "m100/round-1/1", "results", "de")
    assert '<html lang="de" dir="ltr">' in page(german)
    assert "<title>Northlake Open Championships – 100 Metres Men – Round 1 – Heat 1 of 2 – RESULTS</title>" in page()


def test_every_name_is_isolated_from_the_direction_of_its_neighbours() -> None:
    assert "<bdi>HOLM Rune</bdi>" in page()
    assert "<bdi>李 小龙</bdi>" in page()


def test_heads_are_heads_and_repeat_on_every_page() -> None:
    assert re.search(r'<thead><tr><th scope="col" class="c-place right">PL</th>', page())
    assert "thead { display: table-header-group; }" in STYLE
    assert "@page { size: A4; " in page()
    assert "@page { size: Letter; " in page(replace(HEAT, look=Look(paper="Letter")))
    assert 'content: "Page " counter(page) " of " counter(pages) ""' in page()


def test_a_book_links_its_contents() -> None:
    text = page(*sheets("track", "meet", MEET, "book"))
    targets = re.findall(r'href="#(.*?)"', text)
    assert targets == [f"sheet-{n}" for n in range(1, len(targets) + 1)]
    assert all(f'id="{target}"' in text for target in targets)
    assert "href" not in page()


@pytest.mark.parametrize("colour", ["#ffffff", "#000000", "#ffff00", "#777777", "#0b3c5d", "#e30613"])
def test_no_colour_of_a_meet_hides_text(colour: str) -> None:
    used = colours(Look(colour=colour, accent=colour))
    assert used["colour"] == colour
    assert contrast(used["on-colour"], colour) >= ENOUGH
    assert contrast(used["heading"], PAPER) >= ENOUGH
    assert contrast(used["accent"], PAPER) >= ENOUGH


@pytest.mark.parametrize("colour", ["red", "#fff", "#12345g", "#000000; } body { display: none", ""])
def test_what_is_no_colour_is_not_taken(colour: str) -> None:
    assert colours(Look(colour=colour, accent=colour))["colour"] == PLAIN.colour


def test_the_colours_of_the_style_can_be_read() -> None:
    faint = "#f3f5f7"
    for text in (INK, "#4d5862", PLAIN.accent, PLAIN.colour):
        assert text in (STYLE + PLAIN.accent + PLAIN.colour)
        assert contrast(text, faint) >= ENOUGH
    assert readable("#ffff00", INK) == INK
    assert on("#ffff00") == INK


def test_a_logo_is_an_image_within_the_page() -> None:
    assert 'src="data:image/png;base64,iVBORw0KGgo' in page(replace(HEAT, look=Look(logo=PNG)))
    assert 'src="data:image/svg+xml;base64,' in page(replace(HEAT, look=Look(logo=b"<svg onload='x'/>")))


def test_a_book_holds_its_logo_once() -> None:
    whole = page(*(replace(HEAT, look=Look(logo=PNG)) for _ in range(3)))
    assert whole.count("data:image/png") == 1
    assert whole.count("<header") == 3


def test_cards_are_for_what_is_cut_apart() -> None:
    (cards,) = sheets("track", "heat", "m100/round-1/1", "lane-cards")
    assert page(cards).count('<dl class="card">') == 7
    assert "<table" not in page(cards)


def test_a_public_address_is_a_code_that_grows_with_the_page() -> None:
    (code,) = re.findall(r'<img class="code" alt="" src="data:image/svg[^"]*"', page(replace(HEAT, address=ADDRESS)))
    assert "viewBox" in code
    assert 'class="code"' not in page(replace(HEAT, address=None))


def test_a_drawing_that_says_no_size_of_its_own_has_one_on_the_page() -> None:
    assert re.search(r"\.logo {[^}]*[^-]height: ", STYLE)


def on_a_phone(row: str) -> list[str]:
    """Classes of the cells that are left, once for each column they reach over."""
    (media,) = re.findall(r"@media screen and \(max-width: 40rem\) {(.*?) }\n@media", STYLE, re.DOTALL)
    (left_out,) = re.findall(r"\.marks :is\((.*?)\)", media, re.DOTALL)
    hidden = set(re.findall(r"c-\w+", left_out))
    cells = re.findall(r'<t[hd][^>]*?class="(c-\w+)[^"]*"(?: colspan="(\d+)")?', row)
    return [name for name, span in cells for _ in range(int(span or 1)) if name not in hidden]


def test_a_phone_shows_place_bib_name_and_result_and_no_more_than_it_has_room_for() -> None:
    text = page(*sheets("ten_k", "event", "10k", "results"))
    assert '<table class="marks">' in text
    head, first = re.findall(r"<tr>.*?</tr>", text)[:2]
    assert on_a_phone(first) == ["c-place", "c-bib", "c-name", "c-nation", "c-mark", "c-codes"]
    assert on_a_phone(head) == ["c-place", "c-bib", "c-name", "c-nation", "c-mark", "c-mark"]


def test_a_table_without_marks_is_whole_on_a_phone() -> None:
    assert '<table class="marks">' not in page(*sheets("ten_k", "event", "10k", "entries"))
