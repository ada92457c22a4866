"""Sheets as one self-contained page to print or to show: no script, nothing is fetched, everything is escaped."""

from base64 import b64encode
from collections.abc import Iterator, Sequence
from html import escape
from importlib.resources import files
from typing import Final

import segno

from app.sheets.colours import INK, is_colour, on, readable
from app.sheets.html.tables import cards, records_block, table, text
from app.sheets.sheet import PLAIN, Look, Sheet, Signature
from app.sheets.words import words
from app.sheets.written import plain

STYLE: Final = files(__package__).joinpath("sheet.css").read_text("utf-8")
CARDS: Final = frozenset({"time-slips", "certificates", "bib-labels", "lane-cards"})
"""Sheets that are cut apart: a card for each of their tables."""
_PNG: Final = b"\x89PNG\r\n\x1a\n"
_POLICY: Final = "default-src 'none'; style-src 'unsafe-inline'; img-src data:"


def render(sheets: Sequence[Sheet]) -> bytes:
    return "\n".join(_page(sheets)).encode() + b"\n"


def _page(sheets: Sequence[Sheet]) -> Iterator[str]:
    first = sheets[0]
    title = " – ".join(plain(part) for part in (first.meet, first.subject, first.title) if part)
    yield "<!doctype html>"
    yield f'<html lang="{escape(first.language)}" dir="ltr">'
    yield "<head>"
    yield '<meta charset="utf-8">'
    yield '<meta name="viewport" content="width=device-width, initial-scale=1">'
    yield f'<meta http-equiv="Content-Security-Policy" content="{_POLICY}">'
    yield '<meta name="referrer" content="no-referrer">'
    yield f"<title>{escape(title)}</title>"
    yield f"<style>\n{_colours(first.look)}\n{_paper(first)}\n{STYLE}</style>"
    yield "</head>"
    yield "<body>"
    yield "<main>"
    for number, sheet in enumerate(sheets):
        yield from _sheet(sheet, number, contents=len(sheets) > 1 and not number)
    yield "</main>"
    yield "</body>"
    yield "</html>"


def _colours(look: Look) -> str:
    """What hides text is not taken: a heading on paper has to be as readable as one on the colour."""
    colour = look.colour if is_colour(look.colour) else PLAIN.colour
    heading, accent = readable(colour, INK), readable(look.accent, PLAIN.accent)
    return f":root {{ --colour: {colour}; --on-colour: {on(colour)}; --heading: {heading}; --accent: {accent}; }}"


def _paper(sheet: Sheet) -> str:
    page = words(sheet.language)("word.page", number="\x01", total="\x02")
    before, _, rest = page.partition("\x01")
    between, _, after = rest.partition("\x02")
    parts = f'"{before}" counter(page) "{between}" counter(pages) "{after}"'
    return (
        f"@page {{ size: {sheet.look.paper}; margin: 14mm 12mm 16mm; "
        f"@bottom-right {{ content: {parts}; font-size: 8pt; color: #4d5862; }} }}"
    )


def _sheet(sheet: Sheet, number: int, *, contents: bool) -> Iterator[str]:
    yield f'<article class="sheet {escape(sheet.name)}" id="sheet-{number}">'
    yield from _header(sheet, first=not number)
    yield '<div class="body">'
    if sheet.lines:
        yield f'<ul class="lines">{"".join(f"<li>{text(line)}</li>" for line in sheet.lines)}</ul>'
    if sheet.records is not None:
        yield from records_block(sheet.records, words(sheet.language)("word.heat_records"))
    if sheet.name in CARDS:
        yield from cards(sheet.tables)
    else:
        for each in sheet.tables:
            yield from table(each, links=contents)
    yield from _below(sheet)
    yield "</div>"
    yield from _footer(sheet)
    yield "</article>"


def _header(sheet: Sheet, *, first: bool) -> Iterator[str]:
    # A page holds its pictures in itself: a megabyte on each sheet of a book would be hundreds of them.
    logo = _logo(sheet.look) if first else None
    yield '<header class="with-logo">' if logo else "<header>"
    if logo:
        yield f'<img class="logo" alt="" src="{logo}">'
    yield f'<p class="meet"><bdi>{text(sheet.meet)}</bdi></p>'
    yield f'<p class="where"><bdi>{text(sheet.where_when)}</bdi></p>'
    yield f'<h1 class="subject"><bdi>{text(sheet.subject or sheet.title)}</bdi></h1>'
    if sheet.subject:
        yield f'<p class="title">{text(sheet.title)}</p>'
    if sheet.standing:
        yield f'<p class="standing {sheet.status}">{text(sheet.standing)}</p>'
    yield "</header>"


def _logo(look: Look) -> str | None:
    """As a data address. An SVG is shown as an image, where no script of it runs."""
    if look.logo is None:
        return None
    kind = "png" if look.logo.startswith(_PNG) else "svg+xml"
    return f"data:image/{kind};base64,{b64encode(look.logo).decode()}"


def _code(address: str) -> str:
    """As a QR code. The address stands beside it, to be read."""
    return segno.make_qr(address, error="m", boost_error=False).svg_data_uri(border=2, omitsize=True)


def _below(sheet: Sheet) -> Iterator[str]:
    say = words(sheet.language)
    if sheet.notes:
        yield f'<ul class="notes">{"".join(f"<li>{text(note)}</li>" for note in sheet.notes)}</ul>'
    if sheet.changes:
        changes = "".join(f"<li>{text(change)}</li>" for change in sheet.changes)
        yield f'<section class="changes"><h2>{text(say("word.changes"))}</h2><ul>{changes}</ul></section>'
    if sheet.legend:
        said = "".join(f"<div><dt>{text(code)}</dt><dd>{text(meaning)}</dd></div>" for code, meaning in sheet.legend)
        yield f'<dl class="legend">{said}</dl>'
    if sheet.signatures:
        yield f'<ul class="signatures">{"".join(f"<li>{_signature(one)}</li>" for one in sheet.signatures)}</ul>'


def _signature(one: Signature) -> str:
    return f"{text(one.role)}<br><bdi>{text(one.name)}</bdi>" if one.name else text(one.role)


def _footer(sheet: Sheet) -> Iterator[str]:
    digest = f"{text(words(sheet.language)('word.digest'))} {text(sheet.digest)}" if sheet.digest else ""
    address = text(sheet.address) if sheet.address else ""
    yield "<footer>"
    if sheet.address:
        yield '<div class="with-code">'
    parts = (f"<span>{text(sheet.issued)}</span>", f'<span class="digest">{digest}</span>', f"<span>{address}</span>")
    yield f'<p class="issued">{"".join(part for part in parts if "></span>" not in part)}</p>'
    if sheet.address:
        yield f'<img class="code" alt="" src="{escape(_code(sheet.address))}">'
        yield "</div>"
    yield "</footer>"
