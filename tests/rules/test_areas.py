"""Nations and the areas that they belong to."""

from collections import Counter

import pytest

from app.rules.areas import AREAS, origins, read_areas
from app.rules.shipped import plain, shipped


@pytest.mark.parametrize(
    ("nation", "found"),
    [("NOR", {"NOR", "EUR"}), ("KEN", {"KEN", "AFR"}), ("PAN", {"PAN", "SAM"}), ("XYZ", {"XYZ"}), (None, set())],
)
def test_a_nation_brings_its_area(nation: str | None, found: set[str]) -> None:
    assert origins(nation) == found


def test_no_nation_is_in_two_areas_and_every_code_has_three_letters() -> None:
    listed = [nation for nations in plain(shipped("areas.toml")).values() for nation in nations.split()]
    assert [nation for nation, count in Counter(listed).items() if count > 1] == []
    assert all(len(code) == 3 and code.isupper() for code in {*listed, *AREAS.values()})
    assert read_areas(shipped("areas.toml")) == AREAS
