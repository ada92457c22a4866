"""Areas: the continental associations that nations belong to, whose records are area records (AR)."""

from collections.abc import Mapping
from typing import Final

from app.rules.shipped import plain, shipped


def read_areas(text: str) -> dict[str, str]:
    """(nation, area) of a TOML table that lists the nations of each area."""
    return {nation: area for area, nations in plain(text).items() for nation in nations.split()}


AREAS: Final[Mapping[str, str]] = read_areas(shipped("areas.toml"))


def origins(nation: str | None) -> frozenset[str]:
    """The nation and its area: what `of` of a national or an area record may be."""
    if nation is None:
        return frozenset()
    return frozenset({nation, AREAS.get(nation, nation)})
