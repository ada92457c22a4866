"""What every field of the document means: in `app/api/meanings.py` what is sent and answered, here the rest of answers.

A name means one thing wherever it stands, but where a schema says otherwise.
"""

from collections.abc import Mapping
from typing import Any, Final

from app.api.meanings import OF_SCHEMAS, Meanings, give
from app.api.meanings_of import bodies, entries, results, rules, running
from app.api.meanings_of.anywhere import ANYWHERE

TOLD: Final[tuple[Mapping[str, Meanings], ...]] = (
    *(OF_SCHEMAS, bodies.OF),
    *(results.OF, entries.OF, running.OF, rules.OF),
)
"""By the names of schemas. Each schema stands in one of them."""


def explain(schemas: Mapping[str, Any]) -> None:
    """Each field of each schema its sentence, where it has none of its own."""
    code = rules.in_code()
    for name, schema in schemas.items():
        told = [of[name] for of in TOLD if name in of]
        in_code = code.get(name.removesuffix("Out"), {})
        for meanings in (*told, in_code, rules.ANYWHERE, ANYWHERE):
            give(schema, meanings)
