"""Which fields a body knows at some place in it: what to tell whoever sent another."""

from collections.abc import Iterator, Sequence
from types import UnionType
from typing import Annotated, Any, Union, get_args, get_origin

from pydantic import BaseModel, Tag
from starlette.requests import Request


def fields_at(request: Request, path: Sequence[int | str]) -> tuple[str, ...]:
    """Names in the object that the path of an error leads to; none where it leads to no object of ours."""
    body = getattr(request.scope.get("route"), "body_field", None)
    return () if body is None else next(_models(body.field_info.annotation, path), ())


def _models(kind: Any, path: Sequence[int | str]) -> Iterator[tuple[str, ...]]:
    """Paths name the alternative that was taken among the steps, by its tag."""
    origin, parts = get_origin(kind), get_args(kind)
    if origin is Annotated:
        tags = [part.tag for part in parts[1:] if isinstance(part, Tag)]
        if not tags or path[:1] == tags:
            yield from _models(parts[0], path[len(tags) :])
    elif origin in (Union, UnionType):
        for part in parts:
            yield from _models(part, path)
    elif origin is list:
        yield from _models(parts[0], path[1:])
    elif isinstance(kind, type) and issubclass(kind, BaseModel):
        fields = {field.alias or name: field.annotation for name, field in kind.model_fields.items()}
        if not path:
            yield tuple(fields)
        elif path[0] in fields:
            yield from _models(fields[str(path[0])], path[1:])
