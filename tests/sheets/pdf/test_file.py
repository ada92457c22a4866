"""What is told of a file to programs, and that they can read it."""

import subprocess
import sys
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from typing import Any

from app.sheets import pdf
from app.sheets.pdf.faces import opened
from app.sheets.sheet import Look, Sheet
from tests.sheets.pdf.reading import reader, said, texts
from tests.sheets.pdf.samples import ADDRESS, RECORDS, heat, lines, png, sheet

EVERYTHING = heat(
    ["HOLM Rune", "李小龍", "عربي"], records=RECORDS, address=ADDRESS, look=Look(logo=png()), notes=("A note.",)
)


def catalog(*sheets: Sheet) -> Any:
    return reader(pdf.render(sheets)).root_object


def trailer(one: Sheet) -> Any:
    return reader(pdf.render([one])).trailer


def tags(element: Any) -> list[Any]:
    """All elements of the structure from here down, in reading order."""
    kids = element.get("/K", [])
    kids = kids if isinstance(kids, list) else [kids]
    below = [kid.get_object() for kid in kids if hasattr(kid.get_object(), "get") and "/S" in kid.get_object()]
    return [element, *(each for kid in below for each in tags(kid))]


def test_the_same_sheet_is_the_same_file() -> None:
    assert pdf.render([EVERYTHING, sheet([lines(90)])]) == pdf.render([EVERYTHING, sheet([lines(90)])])


def test_the_same_sheet_is_the_same_file_in_another_process() -> None:
    code = (
        "import hashlib, sys; from app.sheets import pdf; from tests.sheets.pdf.test_file import EVERYTHING;"
        "sys.stdout.write(hashlib.sha256(pdf.render([EVERYTHING])).hexdigest())"
    )
    done = [
        subprocess.run(
            [sys.executable, "-c", code], env={"PYTHONHASHSEED": seed}, capture_output=True, text=True, check=True
        ).stdout
        for seed in ("1", "2")
    ]
    assert done[0] == done[1] != ""


def test_the_same_sheet_is_the_same_file_where_several_are_made_at_a_time() -> None:
    alone = pdf.render([EVERYTHING])
    opened.cache_clear()
    with ThreadPoolExecutor(4) as threads:
        assert set(threads.map(pdf.render, [[EVERYTHING]] * 8)) == {alone}


def test_another_sheet_has_another_identifier() -> None:
    one, other = (trailer(heat([name]))["/ID"][0] for name in ("HOLM Rune", "HOLM Runa"))
    assert one != other


def test_a_file_says_its_title_and_language_and_neither_author_nor_date() -> None:
    found: Any = reader(pdf.render([sheet([lines(1)], language="fr")]))
    assert dict(found.metadata) == {
        "/Title": "100 Metres Men – Heat 1 of 3 – RESULTS – Northlake Open Championships",
        "/Producer": "Backstraight",
    }
    root = found.root_object
    assert root["/Lang"] == "fr"
    assert root["/ViewerPreferences"]["/DisplayDocTitle"].value is True
    assert b"<rdf:li>fr</rdf:li>" in root["/Metadata"].get_object().get_data()


def test_a_title_with_markup_is_text_in_the_metadata() -> None:
    metadata = catalog(sheet([], subject="<a>&\x07\ud800"))["/Metadata"].get_object().get_data().decode()
    assert "&lt;a&gt;&amp;[U+D800] – RESULTS" in metadata


def test_a_table_is_tagged_as_one_with_its_heads_and_every_cell() -> None:
    root = catalog(sheet([lines(60)]))
    assert root["/MarkInfo"]["/Marked"].value is True
    found = tags(root["/StructTreeRoot"]["/K"].get_object())
    kinds = [one["/S"] for one in found]
    assert (kinds.count("/Table"), kinds.count("/TR"), kinds.count("/TH"), kinds.count("/TD")) == (1, 61, 3, 180)
    assert kinds.index("/H1") < kinds.index("/Table")
    heads = [one for one in found if one["/S"] == "/TH"]
    assert all(one["/A"]["/Scope"] == "/Column" for one in heads)


def test_every_mark_of_a_page_belongs_to_the_tag_that_says_so() -> None:
    document: Any = reader(pdf.render([EVERYTHING, sheet([lines(90)])]))
    root = document.root_object["/StructTreeRoot"]
    numbers = root["/ParentTree"]["/Nums"]
    parents = {int(key): value.get_object() for key, value in zip(numbers[::2], numbers[1::2], strict=True)}
    for page in document.pages:
        content = page.get_contents()
        assert content is not None
        marks = content.get_data().count(b"/MCID")
        assert len(parents[page["/StructParents"]]) == marks
        for note in page.get("/Annots", []):
            assert parents[note.get_object()["/StructParent"]]["/S"] == "/Link"


def test_every_mark_is_under_one_tag_also_of_a_text_that_goes_on_over_pages() -> None:
    document: Any = reader(pdf.render([sheet([lines(60)], notes=("A long note. " * 900,))]))
    numbers = {page.indirect_reference.idnum: number for number, page in enumerate(document.pages)}
    tagged = sorted(mark for tag in tags(document.root_object["/StructTreeRoot"]) for mark in _marks(tag, numbers))
    drawn = [(n, mark) for n, page in enumerate(document.pages) for mark in range(_marked(page))]
    assert len(document.pages) == 3
    assert tagged == drawn


def _marks(tag: Any, numbers: dict[int, int]) -> Iterator[tuple[int, int]]:
    """Of a tag alone: page and number."""
    kids = tag.get("/K", [])
    for kid in kids if isinstance(kids, list) else [kids]:
        if isinstance(kid, int):
            yield numbers[tag.raw_get("/Pg").idnum], kid
        elif (entry := kid.get_object()).get("/Type") == "/MCR":
            yield numbers[entry.raw_get("/Pg").idnum], entry["/MCID"]


def _marked(page: Any) -> int:
    return int(page.get_contents().get_data().count(b"/MCID"))


def test_all_that_is_drawn_is_tagged_or_an_artifact() -> None:
    assert {one.tag for one in texts(pdf.render([EVERYTHING]))} <= {"P", "H1", "H2", "TH", "TD", "Note", "Artifact"}


def test_pictures_are_told_in_words() -> None:
    found = tags(catalog(EVERYTHING)["/StructTreeRoot"]["/K"].get_object())
    assert [one["/Alt"] for one in found if one["/S"] == "/Figure"] == ["Northlake Open Championships", ADDRESS]


def test_the_code_leads_to_the_address() -> None:
    page: Any = reader(pdf.render([EVERYTHING])).pages[0]
    (note,) = page["/Annots"]
    assert note.get_object()["/A"]["/URI"] == ADDRESS


def test_a_book_begins_with_its_contents() -> None:
    sheets = [heat(["HOLM Rune"], subject=f"Event {i}") for i in range(60)]
    sheets[3] = sheet([lines(200)], subject="Event 3")
    data = pdf.render(sheets)
    document: Any = reader(data)
    found = texts(data)
    starts = {one.text: one.page for one in found if one.tag == "H1"}
    listed = [one for one in found if one.tag == "Link"]
    pages = {
        name.text.removesuffix(" – RESULTS"): int(page.text)
        for name, page in zip(listed[::2], listed[1::2], strict=True)
    }
    assert pages == {f"Event {i}": starts[f"Event {i}"] for i in range(60)}
    assert pages["Event 0"] == 3
    assert [mark["/Title"] for mark in document.outline] == [f"Event {i} – RESULTS" for i in range(60)]
    assert [document.get_destination_page_number(mark) + 1 for mark in document.outline] == list(pages.values())
    notes = [note.get_object() for page in document.pages[:2] for note in page["/Annots"]]
    targets = [document.get_page_number(note["/Dest"][0].get_object()) + 1 for note in notes]
    assert targets == list(pages.values())


def test_a_book_that_brings_its_first_sheet_has_no_other() -> None:
    cover = sheet([lines(2, name="LISTED {}")], name="contents", title="RESULTS BOOK", subject="")
    found = texts(pdf.render([cover, heat(["HOLM Rune"])]))
    assert [one.text for one in found if one.tag == "H1"] == ["RESULTS BOOK", "100 Metres Men – Heat 1 of 3"]
    assert "LISTED" not in said(found)


def test_sixty_pages_are_sixty_pages() -> None:
    document = reader(pdf.render([sheet([lines(3000)])]))
    assert 55 <= len(document.pages) <= 75
    assert "RUNNER Number 3000" in document.pages[-1].extract_text()
