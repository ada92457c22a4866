"""In which language a sheet is asked for: by the address, else by what the browser prefers, else English."""

import re
from typing import Annotated, Final

from fastapi import Depends, Header, Query

from app.api.faults import NotAcceptable
from app.sheets.words import LANGUAGES, Words, words

_RANGE: Final = re.compile(
    r"([a-z]{1,8})(?:-[a-z0-9]{1,8})*(?:\s*;\s*q=(0(?:\.\d{0,3})?|1(?:\.0{0,3})?))?", re.I | re.ASCII
)


def preferred(header: str) -> str:
    """The first of our languages by weight, then by order (RFC 9110, 12.5.4). English where none of them is named."""
    asked = [found for part in header.split(",")[:50] if (found := _RANGE.fullmatch(part.strip()))]
    weighed = [(float(found[2] or 1), found[1].lower()) for found in asked]
    fitting = [(weight, name) for weight, name in weighed if name in LANGUAGES and weight > 0]
    return max(fitting, key=lambda one: one[0])[1] if fitting else LANGUAGES[0]


async def _in_words(
    language: Annotated[
        str | None,
        Query(
            description="Of titles, columns and dates; left out, as Accept-Language has it.",
            json_schema_extra={"enum": list(LANGUAGES)},
            examples=["de"],
        ),
    ] = None,
    accept_language: Annotated[str, Header(include_in_schema=False)] = "",
) -> Words:
    if language is None:
        return words(preferred(accept_language))
    if language not in LANGUAGES:
        raise NotAcceptable("language", language, LANGUAGES)
    return words(language)


InWords = Annotated[Words, Depends(_in_words)]
