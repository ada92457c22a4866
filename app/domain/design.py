"""What a meet wants its sheets to look like. It changes no result."""

from dataclasses import dataclass
from typing import Annotated, Literal

from msgspec import Meta

from app.domain.ids import TextId

Paper = Literal["A4", "Letter"]
Colour = Annotated[str, Meta(pattern=r"\A#[0-9a-fA-F]{6}\Z")]
"""`#rrggbb`"""
LONGEST_ADDRESS = 300
Address = Annotated[str, Meta(max_length=LONGEST_ADDRESS)]
Role = Literal["referee", "photo_finish", "timekeeper", "secretary", "call_room"]
"""As whom somebody signs (R55)."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Official:
    """Who it is at this meet. The name is kept beside the log, and gone when another one takes its place."""

    role: Role
    name: TextId


@dataclass(frozen=True, slots=True, kw_only=True)
class Design:
    """Two colours, the paper, a logo and where the public finds the meet.

    `{meet_id}` stands in the addresses for the meet, `{event_id}` in `event_address` for the event.
    """

    colour: Colour
    accent: Colour
    paper: Paper = "A4"
    meet_address: Address | None = None
    event_address: Address | None = None
    logo: TextId | None = None
    """A PNG or an SVG as base64, kept beside the log and gone when another one takes its place."""
    officials: tuple[Official, ...] = ()
    """One for each role at most."""
