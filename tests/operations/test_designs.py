"""A logo that came with an archive is looked at again before it is shown."""

from base64 import b64encode

import pytest

from app.operations.designs import logo_of
from app.sheets.pdf.logo import EXAMPLE


def test_a_logo_is_what_was_given() -> None:
    assert logo_of(b64encode(EXAMPLE.encode()).decode()) == EXAMPLE.encode()


@pytest.mark.parametrize(
    "text", ["", "no base64", "%%%", "ü", b64encode(b"<svg onload='x'/>").decode(), b64encode(b"GIF89a").decode()]
)
def test_what_is_none_and_what_was_replaced_is_no_logo(text: str) -> None:
    assert logo_of(text) is None
