"""What sheets look like, as it is sent and shown."""

from typing import Annotated, Any, Final, Literal

from pydantic import Field, StringConstraints

from app.api.schemas.base import In, Out, example
from app.domain.design import LONGEST_ADDRESS, Design, Paper
from app.operations.designs import AS_IT_COMES
from app.sheets.pdf.logo import media_of

_DESIGN: Final[dict[str, Any]] = {
    "colour": "#0b3c5d",
    "accent": "#b4232a",
    "paper": "A4",
    "meet_address": "https://live.example.org/graz-2026",
    "event_address": "https://live.example.org/graz-2026/{event_id}",
}

Colour = Annotated[str, StringConstraints(pattern=r"^#[0-9a-fA-F]{6}$")]
Address = Annotated[str, Field(min_length=1, max_length=LONGEST_ADDRESS, pattern=r"^https?://[!-~]+$")]


class DesignIn(In):
    """What sheets look like. What is left out is as it comes; the logo stays."""

    model_config = example(_DESIGN)

    colour: Colour = AS_IT_COMES.colour
    accent: Colour = AS_IT_COMES.accent
    paper: Paper = AS_IT_COMES.paper
    meet_address: Address | None = None
    event_address: Address | None = None

    def design(self) -> Design:
        return Design(**self.model_dump())


class LogoOut(Out):
    """The logo, without its bytes."""

    model_config = example({"media_type": "image/png", "size": 18_204})

    media_type: Literal["image/png", "image/svg+xml"]
    size: int


class DesignOut(Out):
    """What the sheets of a meet look like. `seq` is 0 while nobody has chosen anything."""

    model_config = example({**_DESIGN, "logo": {"media_type": "image/png", "size": 18_204}, "seq": 12})

    colour: str
    accent: str
    paper: Paper
    meet_address: str | None
    event_address: str | None
    logo: LogoOut | None
    seq: int

    @classmethod
    def of(cls, design: Design | None, logo: bytes | None, seq: int) -> "DesignOut":
        chosen = design or AS_IT_COMES
        return cls(
            colour=chosen.colour,
            accent=chosen.accent,
            paper=chosen.paper,
            meet_address=chosen.meet_address,
            event_address=chosen.event_address,
            logo=None if logo is None else LogoOut(media_type=media_of(logo), size=len(logo)),
            seq=seq,
        )
