"""Prefixes name the noun."""

import re

from app.domain.ids import PREFIXES


def test_no_two_nouns_share_a_prefix() -> None:
    assert len(set(PREFIXES.values())) == len(PREFIXES)


def test_a_prefix_is_a_short_word_that_an_underscore_ends() -> None:
    assert all(re.fullmatch(r"[a-z]{3,4}", prefix) for prefix in PREFIXES.values())
