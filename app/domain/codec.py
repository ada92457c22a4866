"""Facts to stored bytes and back. Facts outlive code: each body carries the version of its kind.

To change the shape of a kind: raise its version here, add an upcaster from the version before, and keep the golden body
of the old one in `tests/domain/golden_facts.json`. An unknown kind or a newer version is refused, never skipped.
"""

import re
from collections.abc import Callable, Mapping
from typing import Any, Final, get_args

import msgspec

from app.domain.facts import Fact
from app.domain.refusals import UnknownFact

Body = dict[str, Any]
Upcaster = Callable[[Body], Body]


def _kind_name(cls: type) -> str:
    """`StartSignal` → `start_signal`."""
    return re.sub(r"(?<!^)(?=[A-Z])", "_", cls.__name__).lower()


KINDS: Final[Mapping[str, type[Fact]]] = {_kind_name(cls): cls for cls in get_args(Fact)}
VERSIONS: Final[Mapping[str, int]] = dict.fromkeys(KINDS, 1)
UPCASTERS: Final[Mapping[tuple[str, int], Upcaster]] = {}
"""(kind, old version) → a function from that version's body to the next one's."""

_NAMES: Final = {cls: name for name, cls in KINDS.items()}
_DECODERS: Final = {name: msgspec.json.Decoder(cls) for name, cls in KINDS.items()}
_encoder: Final = msgspec.json.Encoder()


def kind_of(fact: Fact) -> str:
    return _NAMES[type(fact)]


def encode(fact: Fact) -> tuple[str, int, str]:
    """(kind, version, JSON body)."""
    kind = _NAMES[type(fact)]
    return kind, VERSIONS[kind], _encoder.encode(fact).decode()


def decode(kind: str, version: int, body: str | bytes) -> Fact:
    """The fact of a stored body of any released version; `UnknownFact` for what this build does not know."""
    newest = VERSIONS.get(kind)
    if newest is None or version > newest:
        raise UnknownFact(kind=kind, version=version)
    if version == newest:
        return _DECODERS[kind].decode(body)
    raw: Body = msgspec.json.decode(body)
    for step in range(version, newest):
        raw = UPCASTERS[kind, step](raw)
    return msgspec.convert(raw, KINDS[kind])
