"""Names that want to be something else, through every format: they come out as text, and nothing breaks."""

import csv
import io
import json
import re
from html.parser import HTMLParser

import pytest

from app.sheets import FORMATS
from app.sheets.sheet import Column, Row, Sheet, Signature, Table
from app.sheets.text import WIDEST
from app.sheets.written import all_plain, plain, width, wrapped

FORMULAS = [
    f"{sign}{rest}" for sign in "=+-@" for rest in ("1+1", "SUM(A1)", "cmd|' /C calc'!A0", 'HYPERLINK("x","y")')
]
MARKUP = [
    "<script>alert(1)</script>",
    "</td></tr></table><h1>X",
    "<img src=x onerror=alert(1)>",
    "\"><svg onload='x'>",
    "&lt;b&gt; &amp; &#x3c;",
    "</style><style>*{display:none}",
    "<!-- x -->",
    "]]>",
    "| a | b |",
    "[x](javascript:alert(1))",
    "![x](http://x/y.png)",
    "`x` **y** __z__ ~~w~~",
    "# heading",
    "1. one",
    "- two",
    "http://example.org www.example.org a@example.org",
    "$x^2$",
    "{name} {0} %s %(x)s ${x}",
    "\\",
]
STEERING = [
    *(f"A{chr(code)}B" for code in (*range(0x20), *range(0x7F, 0xA0))),
    *(f"A{chr(code)}B" for code in (0x200E, 0x200F, 0x202A, 0x202B, 0x202C, 0x202D, 0x202E, 0x2066, 0x2067, 0x2068)),
    "\u202egnp.exe",
    "\u2028\u2029",
    "\ufeffA",
    "\x1b[31mred\x1b[0m",
    "a\r\nb,c\td",
]
LETTERS = [
    "Łukasz Ñandú Ελλη Кирил Việt 李 小龙 عربي עברית",
    "🏃🏽‍♀️ 👨‍👩‍👧‍👦 🇳🇴",
    "Z" + "\u0301" * 200,
    "\ud800",
    "A\udfffB",
    "\U0010ffff\ufffe",
    "ﬀ ﷽ ꧁꧂ ⁧x",
    "x" * 10_000,
    "李" * 10_000,
    " ".join("word" for _ in range(2_000)),
    "",
    " ",
    "'",
    '"',
    ",;\t",
]
LONG = 1_000
NAMES = [*FORMULAS, *MARKUP, *STEERING, *LETTERS]
COLUMNS = (
    Column("bib", "BIB", "right"),
    Column("name", "NAME", wide=True),
    Column("mark", "RESULT", "right", "duration"),
)


def sheet(name: str) -> Sheet:
    rows = (Row(("7", name, "10.21")), Row((name, name, None), "note"), Row(("8", name, None), "out"))
    return Sheet(
        "results",
        name or "RESULTS",
        name,
        where_when=name,
        subject=name,
        heading={"meet": name},
        lines=(name,),
        records=Table(COLUMNS, rows[:1], key="records_before"),
        tables=(Table(COLUMNS, rows, title=name),),
        notes=(name,),
        legend=((name, name),),
        signatures=(Signature(name, name),),
        changes=(name,),
        standing=name,
    )


class Tags(HTMLParser):
    def __init__(self) -> None:
        super().__init__()
        self.tags = list[str]()
        self.attributes = set[str]()
        self.texts = list[str]()

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.append(tag)
        self.attributes |= {name for name, _ in attrs}

    def handle_data(self, data: str) -> None:
        self.texts.append(data)


def parsed(name: str) -> Tags:
    tags = Tags()
    tags.feed(FORMATS["html"].render([sheet(name)]).decode())
    return tags


def test_there_are_a_hundred_and_more() -> None:
    assert len(NAMES) >= 100


@pytest.mark.parametrize("format", FORMATS)
def test_no_name_breaks_a_format(format: str) -> None:
    for name in NAMES:
        assert FORMATS[format].render([sheet(name)])
    assert FORMATS[format].render([sheet(name) for name in NAMES if len(name) < LONG]), "as a book"


def test_cells_looked_at_together_are_as_plain_as_one_by_one() -> None:
    for name in NAMES:
        cells = ["Ada ", " Kos", 7, None, name]
        assert all_plain(cells) == list(map(plain, cells)), name


def test_html_has_the_same_elements_whatever_a_name_holds() -> None:
    plain_one = parsed("HOLM Rune")
    assert not {"script", "img", "svg", "iframe", "object", "link"} & set(plain_one.tags)
    for name in (name for name in NAMES if plain(name).strip()):
        tags = parsed(name)
        assert (tags.tags, tags.attributes) == (plain_one.tags, plain_one.attributes), name


def test_a_name_is_text_on_the_page_and_stands_by_itself() -> None:
    for name in MARKUP:
        assert plain(name) in parsed(name).texts
    assert "<bdi>عربي</bdi>" in FORMATS["html"].render([sheet("عربي")]).decode()


def test_nothing_that_steers_a_screen_is_written() -> None:
    for format in ("html", "md", "txt"):
        for name in STEERING:
            written = FORMATS[format].render([sheet(name)]).decode()
            assert not re.search(
                "[\x00-\x08\x0b-\x1f\x7f-\x9f\u200e\u200f\u202a-\u202e\u2066-\u2069\u2028]", written
            ), (format, name)


def test_a_formula_is_text_in_csv() -> None:
    for name in FORMULAS:
        read = list(csv.reader(io.StringIO(FORMATS["csv"].render([sheet(name)]).decode(), newline="")))
        assert read[1][1] == f"'{name}"


def test_json_has_the_name_as_it_is() -> None:
    for name in (name for name in NAMES if name.isprintable() or "\n" in name):
        assert json.loads(FORMATS["json"].render([sheet(name)]))["rows"][0]["name"] == name


def test_half_a_pair_is_a_question_in_json() -> None:
    assert json.loads(FORMATS["json"].render([sheet("A\ud800")]))["rows"][0]["name"] == "A\ufffd"


def test_markdown_has_one_table_row_a_row_and_no_links() -> None:
    for name in MARKUP:
        text = FORMATS["md"].render([sheet(name)]).decode()
        rows = [line for line in text.splitlines() if line.startswith(("| 7 |", "| 8 |"))]
        assert [len(re.findall(r"(?<!\\)\|", line)) for line in rows] == [4, 4, 4], name
        assert not re.search(r"(?<!\\)[<\[`]", text), name


@pytest.mark.parametrize("address", ["https://a.example", "ann@a.example", "www.a.example", "WWW.a.example"])
def test_markdown_makes_no_link_of_an_address(address: str) -> None:
    assert address not in FORMATS["md"].render([sheet(address)]).decode()


def test_no_letter_of_a_long_name_is_lost_in_text() -> None:
    for name in ("x" * 10_000, "李" * 1_000, "BRANDT-WASSERFALLEN-ZURBRIGGEN Luca Maximilian Leopold"):
        lines = wrapped(name, WIDEST)
        assert "".join(lines).replace(" ", "") == name.replace(" ", "")
        assert max(map(width, lines)) <= WIDEST
