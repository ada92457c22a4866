"""What one look of `backstraight doctor` found."""

from dataclasses import dataclass
from typing import Final, Literal

Level = Literal["ok", "note", "warning", "failure"]
LEVELS: Final[tuple[Level, ...]] = ("ok", "note", "warning", "failure")


@dataclass(frozen=True, slots=True)
class Check:
    name: str
    level: Level
    found: str
    advice: str = ""
