"""An SVG is drawn as a browser draws it, or refused with the reason."""

from typing import Any

import pytest

from app.domain.refusals import Invalid
from app.sheets import pdf
from app.sheets.pdf.logo import EXAMPLE, picture
from app.sheets.pdf.svg import drawing
from app.sheets.sheet import Look
from tests.sheets.pdf.reading import reader
from tests.sheets.pdf.samples import heat

BEGIN = '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 20 10"'


def svg(inner: str, more: str = "", before: str = "") -> bytes:
    return f"{before}{BEGIN} {more}>{inner}</svg>".encode()


def drawn(inner: str) -> str:
    return " ".join(drawing(svg(inner)).operators)


@pytest.mark.parametrize(
    ("inner", "operators"),
    [
        ('<rect x="1" y="2" width="3" height="4"/>', "q 0 0 0 rg 1 2 3 4 re f Q"),
        ('<path d="M1 1l2,0-1 2z" fill="#f00"/>', "q 1 0 0 rg 1 1 m 3 1 l 2 3 l h f Q"),
        ('<path d="M1 1H3V4h-2v-1z" fill="red"/>', "q 1 0 0 rg 1 1 m 3 1 l 3 4 l 1 4 l 1 3 l h f Q"),
        ('<path d="M0 0 3 3M1 1"/>', "q 0 0 0 rg 0 0 m 3 3 l 1 1 m f Q"),
        ('<path d="M0 0C1 1 2 1 3 0S5-1 6 0"/>', "q 0 0 0 rg 0 0 m 1 1 2 1 3 0 c 4 -1 5 -1 6 0 c f Q"),
        ('<path d="M0 0Q3 3 6 0T12 0"/>', "q 0 0 0 rg 0 0 m 2 2 4 2 6 0 c 8 -2 10 -2 12 0 c f Q"),
        ('<path fill-rule="evenodd" d="M0 0h1v1z"/>', "q 0 0 0 rg 0 0 m 1 0 l 1 1 l h f* Q"),
        ('<polygon points="0,0 1,0 1,1"/>', "q 0 0 0 rg 0 0 m 1 0 l 1 1 l h f Q"),
        ('<g fill="lime"><rect width="1" height="1" style="fill:blue"/></g>', "q 0 0 1 rg 0 0 1 1 re f Q"),
        ('<style>.a{fill:#00f}</style><rect class="a" width="1" height="1"/>', "q 0 0 1 rg 0 0 1 1 re f Q"),
        (
            '<line x2="5" y2="5" stroke="#000" stroke-width="2"/>',
            "q 0 0 0 RG 2.0000 w 0 J 0 j 4.0000 M 0 0 m 5 5 l S Q",
        ),
        (
            '<g transform="translate(2) scale(3)"><rect width="1" height="1"/></g>',
            "q 1.000000 0.000000 0.000000 1.000000 2.000000 0.000000 cm "
            "3.000000 0.000000 0.000000 3.000000 0.000000 0.000000 cm q 0 0 0 rg 0 0 1 1 re f Q Q",
        ),
        ('<rect width="1" height="1"/><rect width="9" height="9" fill="none"/>', "q 0 0 0 rg 0 0 1 1 re f Q"),
        ('<rect width="1" height="1"/><g display="none"><circle r="4"/></g>', "q 0 0 0 rg 0 0 1 1 re f Q"),
    ],
)
def test_a_shape_is_drawn(inner: str, operators: str) -> None:
    assert drawn(inner) == operators


def test_an_arc_is_made_of_quarters_and_ends_where_it_says() -> None:
    half = drawn('<path d="M0 5A5 5 0 0 1 10 5"/>').split()
    assert half.count("c") == 2
    assert half[half.index("c") - 2 : half.index("c")] == ["5", "0"]
    assert half[-5:-2] == ["10", "5", "c"]
    assert drawn('<path d="M0 5a5 5 0 1110 0"/>').split() == half


def test_a_rounded_rectangle_and_a_circle_are_curves() -> None:
    assert drawn('<rect width="9" height="9" rx="2"/>').count(" c") == 4
    assert drawn('<circle cx="5" cy="5" r="2"/>').count(" c") == 4


def test_what_shines_through_is_multiplied_from_group_to_shape() -> None:
    made = drawing(svg('<g opacity=".5"><rect width="1" height="1" opacity="50%" fill-opacity=".4"/></g>'))
    assert made.covers == {(0.1, 0.25): "G0"}


@pytest.mark.parametrize(
    ("data", "why"),
    [
        (svg("<script>1</script><path d='M0 0h1'/>"), "<script> is not drawn here"),
        (svg("<foreignObject/>"), "<foreignObject> is not drawn here"),
        (svg("<text>A</text>"), "<text> is not drawn here"),
        (svg("<image/>"), "<image> is not drawn here"),
        (svg("<use href='#a'/>"), "<use> is not drawn here"),
        (svg("<rect onload='1' width='1' height='1'/>"), "onload of <rect>"),
        (svg("<rect fill='url(#a)' width='1' height='1'/>"), "fill of <rect>"),
        (svg("<rect style='fill: URL (//a)' width='1' height='1'/>"), "style of <rect>"),
        (svg("<path xlink:href='//a' d='M0 0h1'/>", "xmlns:xlink='http://www.w3.org/1999/xlink'"), "href of <path>"),
        (svg("<h:script/>", "xmlns:h='http://www.w3.org/1999/xhtml'"), "<script> is not of an SVG"),
        (svg("<style>@import '//a';</style>"), "its style fetches something"),
        (svg("<style>rect{fill:red}</style>"), "a rule for 'rect'"),
        (svg("<style>.a{fill:red</style>"), "more than rules for classes"),
        (svg("", before='<!DOCTYPE svg [<!ENTITY a "b">]>'), "defines entities"),
        (svg("", before="<?xml-stylesheet href='//a'?>"), "names a style sheet"),
        (svg("<path d='M0 0L'/>"), "is no number"),
        (svg("<path d='M0 0L1 1e60'/>"), "too large"),
        (svg("<path d='M0 0L1e9 1'/>"), "too large"),
        (svg("<path d='L1 1'/>"), "begins with M"),
        (svg("<path d='M0 0 x'/>"), "is no number"),
        (svg("<polygon points='1 2 3'/>"), "pairs of numbers"),
        (svg("<rect width='1em' height='1'/>"), "'1em' is no number"),
        (svg("<rect width='1' height='1' fill='context-fill'/>"), "is no colour"),
        (svg("<g transform='spin(3)'/>"), ""),
        (svg("<g transform='rotate(1 2)'><rect width='1' height='1'/></g>"), "rotate has 2 numbers"),
        (svg("<g transform='spin(3)'><rect width='1' height='1'/></g>"), "no transformation"),
        (svg("<g>" * 100 + "<rect width='1' height='1'/>" + "</g>" * 100), "too deep"),
        (svg("<svg/>"), "inside another one"),
        (svg(""), "nothing is drawn"),
        (b"<svg xmlns='http://www.w3.org/2000/svg'><path d='M0 0h1'/></svg>", "no size"),
        (b"<svg><path d='M0 0h1'/></svg>", "does not begin with <svg xmlns"),
        (b"<svg", "no XML"),
        ("<svg>".encode("utf-16"), "decode"),
    ],
)
def test_what_is_not_drawn_is_refused_with_the_reason(data: bytes, why: str) -> None:
    with pytest.raises(Invalid) as found:
        pdf.check_logo(data)
    assert (found.value.code, found.value.pointer) == ("not_a_logo", "/logo")
    assert why in found.value.detail


@pytest.mark.parametrize(
    ("data", "why"),
    [
        (svg(f"<style>{'a' * 500_000}</style>"), "more than rules for classes"),
        (svg(f"<style>{'/* ' * 170_000}</style>"), "nothing is drawn"),
        (svg(f"<style>@media print {{.a{{fill:red}}}}</style>{'<g/>' * 9}"), "more than rules for classes"),
        (b"<!DOCTYPE" * 60_000, "no XML"),
        (svg(f"<g stroke-dasharray='{'1 ' * 33}'><path stroke='red' d='M0 0h1'/></g>"), "more than 32 dashes"),
        (svg(f"<g transform='{'(' * 500_000}'><path d='M0 0h1'/></g>"), "no transformation"),
    ],
)
def test_what_would_take_for_ever_or_fill_the_memory_is_refused_at_once(data: bytes, why: str) -> None:
    with pytest.raises(Invalid, match=why):
        pdf.check_logo(data)


def test_blanks_around_a_transformation_cost_no_time() -> None:
    blanks = " " * 100_000
    assert drawn(f'<rect transform="{blanks}translate(1),{blanks}scale(2){blanks}" width="1" height="1"/>')


def test_a_class_that_is_named_often_counts_once() -> None:
    style = ".a{fill:#00f;font-size:4;" + "".join(f"x{i}:1;" for i in range(20_000)) + "}"
    inner = f'<style>{style}</style><rect class="{"a " * 200_000}" width="1" height="1"/>'
    assert drawn(inner) == "q 0 0 1 rg 0 0 1 1 re f Q"


def test_what_drawing_programs_write_about_their_files_is_passed_over() -> None:
    tools = 'xmlns:inkscape="http://www.inkscape.org/namespaces/inkscape"'
    data = svg('<inkscape:page/><title>Logo</title><metadata/><rect width="1" height="1" inkscape:label="a"/>', tools)
    doctype = '<!DOCTYPE svg PUBLIC "-//W3C//DTD SVG 1.1//EN" "http://www.w3.org/Graphics/SVG/1.1/DTD/svg11.dtd">'
    assert drawing(doctype.encode() + data).operators


def test_the_drawing_is_in_the_file_once_as_shapes() -> None:
    look = Look(logo=EXAMPLE.encode())
    pages = reader(pdf.render([heat(["HOLM Rune"], look=look), heat(["ADEYO Samuel"], look=look)])).pages[1:]
    forms: list[Any] = [form for page in pages for form in dict(page["/Resources"]["/XObject"]).values()]  # type: ignore[index]
    assert len({form.idnum for form in forms}) == 1
    assert forms[0].get_object()["/Subtype"] == "/Form"
    assert [float(side) for side in forms[0].get_object()["/BBox"]] == [0, 0, 120, 40]
    assert (picture(EXAMPLE.encode()).width, picture(EXAMPLE.encode()).height) == (120, 40)
