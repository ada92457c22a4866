"""The form of tokens and device keys."""

import string

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.operations import keys

ID = "tok_0197430a2c4e7d5fa3f09a64d1c3b2e8"


def test_a_key_says_what_it_is_and_whose() -> None:
    made = keys.make("dev", ID)
    prefix, family, id, rest = made.text.split("_")
    assert (prefix, family, id) == ("bs", "dev", ID.removeprefix("tok_"))
    assert len(rest) == 43 + 6
    assert set(rest) <= set(string.ascii_letters + string.digits)


def test_only_a_hash_of_it_is_kept() -> None:
    made = keys.make("api", ID)
    assert made.digest == keys.digest(made.text)
    assert len(made.digest) == 64
    assert made.digest not in made.text


def test_no_two_keys_are_alike() -> None:
    assert len({keys.make("api", ID).text for _ in range(50)}) == 50


def test_the_checksum_is_the_crc_32_in_base_62() -> None:
    assert keys.checksum("") == "000000"
    assert keys.checksum("123456789") == "3jZRME"  # 0xCBF43926 = 3 45 35 27 22 14 in base 62


@given(st.data())
def test_a_mistyped_key_is_found_out_without_a_database(data: st.DataObject) -> None:
    text = keys.make("api", ID).text
    at = data.draw(st.integers(len("bs_api_"), len(text) - 1))
    other = data.draw(st.sampled_from([char for char in keys.ALPHABET if char != text[at]]))
    assert keys.plausible(text)
    assert not keys.plausible(text[:at] + other + text[at + 1 :])


@pytest.mark.parametrize("text", ["bs_", "bs_api_", "bs_x_1_2", "bs_api_1_short"])
def test_what_is_cut_off_is_found_out(text: str) -> None:
    assert not keys.plausible(text)


def test_an_administrators_own_words_may_look_like_anything() -> None:
    assert keys.plausible("the word of the administrator")
