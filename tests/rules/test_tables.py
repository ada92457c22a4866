"""Tables that come with the program, and what is told of a table that cannot be read."""

from dataclasses import dataclass
from decimal import Decimal

import pytest

from app.domain.refusals import Invalid
from app.rules.shipped import plain, read_table, shipped, value_of


@dataclass(frozen=True, slots=True)
class Row:
    name: str
    number: int = 0


@dataclass(frozen=True, slots=True)
class Table:
    rows: tuple[Row, ...]


@pytest.mark.parametrize(
    "name",
    [
        "points.toml",
        "records-retro.toml",
        "records-world.toml",
        *(f"age-grade-2025/{file}" for file in ("men.csv", "women.csv", "README.md")),
    ],
)
def test_tables_come_with_the_program(name: str) -> None:
    assert len(shipped(name)) > 100


def test_where_the_age_factors_come_from_and_their_licence_come_with_them() -> None:
    said = shipped("age-grade-2025/README.md")
    assert "CC0 1.0" in said
    assert "AlanLyttonJones/Age-Grade-Tables" in said


def test_a_table_is_read() -> None:
    assert read_table('[[rows]]\nname = "a"\n[[rows]]\nname = "b"\nnumber = 2', Table) == Table((Row("a"), Row("b", 2)))


def test_numbers_with_a_dot_keep_every_digit() -> None:
    number = plain("a = 0.1000000000000000055511151231257827")["a"]
    assert number == Decimal("0.1000000000000000055511151231257827")


@pytest.mark.parametrize(
    ("raw", "code", "pointer"),
    [
        ({"rows": [{"name": "a"}, {"name": 1}]}, "wrong_form", "/rows/1/name"),
        ({"rows": [{"number": 1}]}, "wrong_form", "/rows/0"),
        ({"rows": [{"name": "a"}, {"name": "b", "nmber": 1}]}, "unknown_field", "/rows/1/nmber"),
        ({"rows": [], "lines": []}, "unknown_field", "/lines"),
        ([], "wrong_form", ""),
    ],
)
def test_what_is_wrong_is_told_with_its_field(raw: object, code: str, pointer: str) -> None:
    with pytest.raises(Invalid) as refused:
        value_of(raw, Table)
    assert (refused.value.code, refused.value.pointer) == (code, pointer)


def test_text_that_is_no_toml_is_refused_with_its_line() -> None:
    with pytest.raises(Invalid, match="line 2"):
        plain("a = 1\nb = nothing\n")
