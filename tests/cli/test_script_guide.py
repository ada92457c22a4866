"""The guide to race scripts and their grammar say the same: every form, every value, every word of a sheet."""

import re
from pathlib import Path

from app.cli.script.keywords import FORMS, KEYWORDS, OF_EVENT, OF_RUNNER, REFUSED
from app.cli.script.kinds import KINDS
from app.cli.script.sheets import DETAILS, QUALIFICATIONS, WORDS

PAGE = (Path(__file__).resolve().parent.parent.parent / "docs/guide/race-scripts.md").read_text(encoding="utf-8")


def section(title: str) -> str:
    return re.split(r"^##+ ", PAGE.partition(f" {title}\n")[2], maxsplit=1, flags=re.MULTILINE)[0]


def test_every_form_has_a_row_and_every_row_a_form() -> None:
    statements = PAGE.partition("## Every statement")[2].partition("### Values")[0]
    forms = re.findall(r"^\| `([^`]+)` \|", statements, re.MULTILINE)
    short = {form.replace(OF_EVENT, "EVENT").replace(OF_RUNNER, "RUNNER") for form in (*FORMS, REFUSED)}
    assert sorted(forms) == sorted(short)


def test_the_long_lists_of_options_are_those_of_the_grammar() -> None:
    lines = PAGE.replace("\n", " ")
    assert f"EVENT is `{OF_EVENT}`" in lines
    assert f"RUNNER is `{OF_RUNNER}`" in lines


def test_every_keyword_is_named() -> None:
    assert {keyword for keyword in KEYWORDS if not re.search(rf"`{keyword}\b", PAGE)} == set()


def test_every_kind_of_value_is_explained_and_no_other() -> None:
    named = {name for line in section("Values").splitlines() for name in re.findall(r"`([A-Z_]{3,})`", cell(line))}
    assert named == set(KINDS)


def cell(line: str) -> str:
    return line.split(" | ")[0]


def test_every_word_of_a_sheet_is_named() -> None:
    expected = section("What is expected")
    assert {word for word in (*DETAILS, *WORDS, *QUALIFICATIONS) if f"`{word}`" not in expected} == set()


def test_the_page_names_no_word_of_a_sheet_that_is_none() -> None:
    rows = [line for line in section("What is expected").splitlines() if line.startswith("| `")]
    named = {word for line in rows for word in re.findall(r"`([^`]+)`", line)}
    assert named == {*DETAILS, *WORDS}
