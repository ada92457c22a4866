"""An SVG of shapes in plain colours, as a PDF draws it. Whatever else may be in such a file is refused by name: what is
taken looks the same on paper and on a page, runs nothing and fetches nothing.
"""

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from math import cos, radians, sin, tan
from typing import Final
from xml.etree import ElementTree
from xml.etree.ElementTree import Element

from PIL import ImageColor

from app.sheets.pdf.svg_paths import number, numbers, shape

_NAMESPACE: Final = "{http://www.w3.org/2000/svg}"
_SHAPES: Final = frozenset({"path", "rect", "circle", "ellipse", "line", "polyline", "polygon"})
_SILENT: Final = frozenset({"title", "desc", "metadata", "style", "defs"})
_KNOWN: Final = _SHAPES | _SILENT | {"svg", "g"}
_UNSEEN: Final = frozenset({"linearGradient", "radialGradient", "stop", "clipPath"})
"""Harmless as long as nothing names them."""
_TOOLS: Final = ("inkscape", "sodipodi", "creativecommons.org", "purl.org/dc", "rdf-syntax-ns", "web.resource.org/cc")
"""What drawing programs say about their files, in namespaces of these."""
_DEEPEST: Final = 60
_INHERITED: Final[Mapping[str, str]] = {
    "fill": "black",
    "stroke": "none",
    "color": "black",
    "fill-rule": "nonzero",
    "stroke-width": "1",
    "stroke-linecap": "butt",
    "stroke-linejoin": "miter",
    "stroke-miterlimit": "4",
    "stroke-dasharray": "none",
    "stroke-dashoffset": "0",
    "fill-opacity": "1",
    "stroke-opacity": "1",
    "visibility": "visible",
}
_CAPS: Final = {"butt": 0, "round": 1, "square": 2}
_JOINS: Final = {"miter": 0, "round": 1, "bevel": 2}
_MOST_DASHES: Final = 32
"""Of a line. They are handed down: a thousand numbers in a group would be written again for each shape."""
_CALLS: Final = re.compile(r"(matrix|translate|scale|rotate|skewX|skewY)\s*\(([^()]*)\)")
_COMMENT: Final = re.compile(r"/\*.*?(?:\*/|\Z)", re.DOTALL)
_DEFINING: Final = re.compile(r"<!ENTITY|<!DOCTYPE[^<>]*\[|<\?xml-stylesheet", re.IGNORECASE)
_REMOTE: Final = re.compile(r"url\s*\(|javascript:|@import|\\", re.IGNORECASE)
_STYLES: Final = _INHERITED.keys() | {"opacity", "display"}
Style = Mapping[str, str]


@dataclass(slots=True)
class Drawing:
    """`operators` draw in units of the drawing, from its upper left corner down."""

    left: float
    top: float
    width: float
    height: float
    operators: list[str] = field(default_factory=list)
    covers: dict[tuple[float, float], str] = field(default_factory=dict)
    """How much fills and strokes cover, and what the drawing calls that."""
    classes: dict[str, Style] = field(default_factory=dict)


def drawing(data: bytes) -> Drawing:
    """ValueError says what the file is not, or what is in it that is not drawn here."""
    said = data.decode("utf-8-sig")
    if _DEFINING.search(said):
        raise ValueError("it defines entities or names a style sheet")
    try:
        root = ElementTree.fromstring(said)  # noqa: S314 - without entities there is nothing to expand
    except ElementTree.ParseError as error:
        raise ValueError(f"it is no XML ({error})") from None
    if root.tag != f"{_NAMESPACE}svg":
        raise ValueError("it does not begin with <svg xmlns=…>")
    for inner in root.iter():
        _check(inner)
    made = Drawing(*_box(root))
    made.classes.update(_classes(root))
    for child in root:
        _draw(made, child, _styled(made, root, _INHERITED), 1)
    if not made.operators:
        raise ValueError("nothing is drawn in it")
    return made


def _check(element: Element) -> None:
    space, _, name = str(element.tag).rpartition("}")
    if f"{space}}}" != _NAMESPACE:
        if not any(tool in space for tool in _TOOLS):
            raise ValueError(f"<{name}> is not of an SVG")
    elif name not in _KNOWN | _UNSEEN:
        raise ValueError(f"<{name}> is not drawn here")
    for key, value in element.items():
        local = key.rpartition("}")[2].lower()
        if local.startswith("on") or local in ("href", "src", "base") or _REMOTE.search(value):
            raise ValueError(f"{local} of <{name}> runs or fetches something, or is a gradient, mask or filter")
    if name == "style" and _REMOTE.search(element.text or ""):
        raise ValueError("its style fetches something, or is a gradient, mask or filter")


def _box(root: Element) -> tuple[float, float, float, float]:
    given = root.get("viewBox")
    box = numbers(given) if given else [0.0, 0.0, number(root.get("width")), number(root.get("height"))]
    if len(box) != 4 or box[2] <= 0 or box[3] <= 0 or not 0.02 <= box[2] / box[3] <= 50:
        raise ValueError("it has no size: give it a viewBox")
    return box[0], box[1], box[2], box[3]


def _classes(root: Element) -> Iterator[tuple[str, Style]]:
    found: dict[str, dict[str, str]] = {}
    for style in root.iter(f"{_NAMESPACE}style"):
        *rules, after = _COMMENT.sub("", style.text or "").split("}")
        if after.strip() or any(rule.count("{") != 1 for rule in rules):
            raise ValueError("its style has more than rules for classes")
        for selectors, _, body in (rule.partition("{") for rule in rules):
            for selector in selectors.split(","):
                if not re.fullmatch(r"\s*\.[\w-]+\s*", selector):
                    raise ValueError(f"its style has a rule for {selector.strip()[:40]!r}, not for a class")
                found.setdefault(selector.strip()[1:], {}).update(_declared(body))
    yield from found.items()


def _declared(body: str) -> dict[str, str]:
    pairs = ((name.strip(), value) for name, _, value in (one.partition(":") for one in body.split(";")))
    return {name: value.replace("!important", "").strip() for name, value in pairs if name in _STYLES}


def _styled(made: Drawing, element: Element, before: Style) -> dict[str, str]:
    """What holds for an element: its attributes, then its classes, then its own style."""
    own = {name: value.strip() for name, value in element.items() if name in _STYLES}
    for name in dict.fromkeys(element.get("class", "").split()):
        own.update(made.classes.get(name, {}))
    own.update(_declared(element.get("style", "")))
    held = {**before, "opacity": "1", "display": "inline"}
    return {**held, **{name: value for name, value in own.items() if value != "inherit"}, "cover": _cover(before, own)}


def _cover(before: Style, own: Style) -> str:
    return str(number(before.get("cover"), 1.0) * _share(own.get("opacity", "1")))


def _share(said: str) -> float:
    share = number(said[:-1]) / 100 if said.endswith("%") else number(said)
    return min(max(share, 0.0), 1.0)


def _draw(made: Drawing, element: Element, before: Style, depth: int) -> None:
    name = str(element.tag).removeprefix(_NAMESPACE)
    if name not in _SHAPES and name != "g":
        if name == "svg":
            raise ValueError("an <svg> inside another one is not drawn here")
        return
    if depth > _DEEPEST:
        raise ValueError("its groups are too deep")
    style = _styled(made, element, before)
    if style["display"] == "none":
        return
    inner = Drawing(made.left, made.top, made.width, made.height, [], made.covers, made.classes)
    if name == "g":
        for child in element:
            _draw(inner, child, style, depth + 1)
    else:
        inner.operators += _painted(made, name, element, style)
    if inner.operators:
        moved = list(_moves(element.get("transform", "")))
        made.operators += ["q", *moved, *inner.operators, "Q"] if moved else inner.operators


def _painted(made: Drawing, name: str, element: Element, style: Style) -> list[str]:
    fill, stroke = _paint(style, "fill"), _paint(style, "stroke")
    if name == "line":
        fill = None
    width = number(style["stroke-width"])
    stroke = stroke if width > 0 else None
    if (fill is None and stroke is None) or style["visibility"] != "visible":
        return []
    outline = shape(name, element.attrib)
    if not outline:
        return []
    begin = ["q"]
    cover = number(style["cover"])
    shares = cover * _share(style["fill-opacity"]), cover * _share(style["stroke-opacity"])
    if shares != (1.0, 1.0):
        begin.append(f"/{made.covers.setdefault(shares, f'G{len(made.covers)}')} gs")
    begin += [f"{fill} rg"] if fill else []
    begin += [f"{stroke} RG {width:.4f} w", *_pen(style)] if stroke else []
    star = "*" if style["fill-rule"] == "evenodd" else ""
    paint = f"B{star}" if fill and stroke else f"f{star}" if fill else "S"
    return [*begin, *outline, paint, "Q"]


def _pen(style: Style) -> Iterator[str]:
    cap, join = _CAPS.get(style["stroke-linecap"], 0), _JOINS.get(style["stroke-linejoin"], 0)
    yield f"{cap} J {join} j {max(number(style['stroke-miterlimit']), 1):.4f} M"
    if style["stroke-dasharray"] != "none":
        dashes = numbers(style["stroke-dasharray"])
        if len(dashes) > _MOST_DASHES:
            raise ValueError(f"a line has more than {_MOST_DASHES} dashes")
        if any(dash > 0 for dash in dashes) and all(dash >= 0 for dash in dashes):
            yield f"[{' '.join(f'{dash:.4f}' for dash in dashes)}] {number(style['stroke-dashoffset']):.4f} d"


def _paint(style: Style, name: str) -> str | None:
    said = style[name]
    if said == "currentColor":
        said = style["color"]
    if said in ("none", "transparent"):
        return None
    try:
        parts = ImageColor.getrgb(said)
    except ValueError:
        raise ValueError(f"{name} {said[:40]!r} is no colour that is drawn here") from None
    return " ".join(f"{part / 255:.3g}" for part in parts[:3])


def _moves(said: str) -> Iterator[str]:
    """A transformation, step by step."""
    if _CALLS.sub("", said).replace(",", "").strip():
        raise ValueError(f"{said[:40]!r} is no transformation")
    for name, inner in _CALLS.findall(said):
        yield f"{' '.join(f'{value:.6f}' for value in _matrix(name, numbers(inner)))} cm"


def _matrix(name: str, given: list[float]) -> tuple[float, ...]:
    match name, given:
        case "matrix", [_, _, _, _, _, _]:
            return tuple(given)
        case "translate", [x, *rest] if len(rest) < 2:
            return 1, 0, 0, 1, x, *(rest or [0.0])
        case "scale", [x, *rest] if len(rest) < 2:
            return x, 0, 0, *(rest or [x]), 0, 0
        case "rotate", [angle]:
            return _turned(angle, 0, 0)
        case "rotate", [angle, x, y]:
            return _turned(angle, x, y)
        case "skewX", [angle]:
            return 1, 0, tan(radians(angle)), 1, 0, 0
        case "skewY", [angle]:
            return 1, tan(radians(angle)), 0, 1, 0, 0
    raise ValueError(f"{name} has {len(given)} numbers")


def _turned(angle: float, x: float, y: float) -> tuple[float, ...]:
    c, s = cos(radians(angle)), sin(radians(angle))
    return c, s, -s, c, x - c * x + s * y, y - s * x - c * y
