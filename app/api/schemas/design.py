"""What sheets look like, as it is sent and shown."""

from collections.abc import Mapping
from typing import Annotated, Any, Final, Literal, get_args

from pydantic import Field, StringConstraints

from app.api.schemas.base import In, Name, Out, example
from app.domain.design import LONGEST_ADDRESS, Design, Paper, Role
from app.domain.ids import TextId
from app.operations.designs import AS_IT_COMES, logo_of, officials_of
from app.sheets.pdf.logo import media_of

_DESIGN: Final[dict[str, Any]] = {
    "colour": "#0b3c5d",
    "accent": "#b4232a",
    "paper": "A4",
    "meet_address": "https://live.example.org/graz-2026",
    "event_address": "https://live.example.org/graz-2026/{event_id}",
    "officials": [{"role": "referee", "name": "Anna Gruber"}, {"role": "secretary", "name": "Jon Dahl"}],
}

Colour = Annotated[str, StringConstraints(pattern=r"^#[0-9a-fA-F]{6}$")]
Address = Annotated[str, Field(min_length=1, max_length=LONGEST_ADDRESS, pattern=r"^https?://[!-~]+$")]


class OfficialIn(In):
    """Who signs. The name is printed below the line to sign on, and gone for good when it is left out later."""

    role: Role
    name: Name


class DesignIn(In):
    """What sheets look like. What is left out is as it comes; the logo stays."""

    model_config = example(_DESIGN)

    colour: Colour = AS_IT_COMES.colour
    accent: Colour = AS_IT_COMES.accent
    paper: Paper = AS_IT_COMES.paper
    meet_address: Address | None = None
    event_address: Address | None = None
    officials: Annotated[list[OfficialIn], Field(max_length=len(get_args(Role)))] = Field(default_factory=list)

    def design(self) -> Design:
        return Design(**self.model_dump(exclude={"officials"}))

    def signing(self) -> list[tuple[Role, str]]:
        return [(one.role, one.name.strip()) for one in self.officials]


class LogoOut(Out):
    """The logo, without its bytes."""

    model_config = example({"media_type": "image/png", "size": 18_204})

    media_type: Literal["image/png", "image/svg+xml"]
    size: int


class OfficialOut(Out):
    role: Role
    name: str


class DesignOut(Out):
    """What the sheets of a meet look like. `seq` is 0 while nobody has chosen anything."""

    model_config = example({**_DESIGN, "logo": {"media_type": "image/png", "size": 18_204}, "seq": 12})

    colour: str
    accent: str
    paper: Paper
    meet_address: str | None
    event_address: str | None
    officials: list[OfficialOut]
    logo: LogoOut | None
    seq: int

    @classmethod
    def of(cls, design: Design | None, texts: Mapping[TextId, str], seq: int) -> "DesignOut":
        """`texts`: what of it lies beside the log."""
        chosen = design or AS_IT_COMES
        logo = logo_of(texts.get(chosen.logo, "")) if chosen.logo else None
        return cls(
            colour=chosen.colour,
            accent=chosen.accent,
            paper=chosen.paper,
            meet_address=chosen.meet_address,
            event_address=chosen.event_address,
            officials=[OfficialOut(role=role, name=name) for role, name in officials_of(design, texts).items()],
            logo=None if logo is None else LogoOut(media_type=media_of(logo), size=len(logo)),
            seq=seq,
        )
