"""Facts to stored bytes and back. Facts outlive code: each body carries the version of its kind.

To change the shape of a kind: raise its version here, add an upcaster from the version before, and keep the golden body
of the old one in `tests/domain/golden_facts.json`. An unknown kind or a newer version is refused, never skipped.
"""

import re
from collections import defaultdict
from collections.abc import Callable, Iterable, Mapping
from types import GenericAlias
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
_MANY: Final[Mapping[str, msgspec.json.Decoder[list[Fact]]]] = {
    name: msgspec.json.Decoder(GenericAlias(list, cls)) for name, cls in KINDS.items()
}
_encoder: Final = msgspec.json.Encoder()


def kind_of(fact: Fact) -> str:
    return _NAMES[type(fact)]


def encode(fact: Fact) -> tuple[str, int, str]:
    """(kind, version, JSON body)."""
    kind = _NAMES[type(fact)]
    return kind, VERSIONS[kind], _encoder.encode(fact).decode()


def decode_all(kinds: Iterable[str], versions: Iterable[int], bodies: Iterable[msgspec.Raw]) -> list[Fact]:
    """The facts of many bodies, in the order given. What is alike is decoded together, in half the time."""
    shapes = list(zip(kinds, versions, strict=True))
    alike: defaultdict[tuple[str, int], list[msgspec.Raw]] = defaultdict(list)
    for shape, body in zip(shapes, bodies, strict=True):
        alike[shape].append(body)
    facts = {shape: iter(_decode_alike(*shape, found)) for shape, found in alike.items()}
    return [next(facts[shape]) for shape in shapes]


def _decode_alike(kind: str, version: int, bodies: list[msgspec.Raw]) -> list[Fact]:
    if version == VERSIONS.get(kind):
        return _MANY[kind].decode(b"[" + b",".join(bodies) + b"]")
    return [decode(kind, version, bytes(body)) for body in bodies]


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
