"""Shapes of an SVG as operators of a PDF. Units and directions are the drawing's own."""

import re
from collections.abc import Mapping
from math import acos, ceil, copysign, cos, hypot, pi, radians, sin, sqrt, tan
from typing import Final

_SPACE: Final = re.compile(r"[\s,]*")
_NUMBER: Final = re.compile(r"[-+]?(?:\d+\.?\d*|\.\d+)(?:[eE][-+]?\d{1,2})?", re.ASCII)
_FLAG: Final = re.compile(r"[01]")
_LETTER: Final = re.compile(r"[MmLlHhVvCcSsQqTtAaZz]")
_LARGEST: Final = 1e6
_ARGUMENTS: Final = {"M": 2, "L": 2, "H": 1, "V": 1, "C": 6, "S": 4, "Q": 4, "T": 2, "A": 7, "Z": 0}
_FLAGS: Final = (3, 4)
"""Which of an arc's numbers are 0 or 1, and may stand without a space."""
_KAPPA: Final = 0.5522847498
"""A quarter of a circle as one curve."""
Point = tuple[float, float]


def number(said: str | None, default: float = 0.0) -> float:
    """`12`, `12px`; ValueError."""
    if said is None:
        return default
    found = _NUMBER.match(said.strip())
    if found is None or said.strip()[found.end() :] not in ("", "px"):
        raise ValueError(f"{said[:40]!r} is no number")
    return _sane(float(found[0]))


def numbers(said: str) -> list[float]:
    """`0 0 24,24`; ValueError."""
    scan, found = _Scan(said), []
    while not scan.done:
        found.append(scan.number())
    return found


def shape(kind: str, given: Mapping[str, str]) -> list[str]:
    """The operators that make the outline; ValueError for one that is none."""
    get = {name: number(given.get(name)) for name in ("x", "y", "width", "height", "cx", "cy", "x1", "y1", "x2", "y2")}
    match kind:
        case "path":
            return _Path().draw(given.get("d", ""))
        case "rect":
            return _rect(get, given)
        case "circle":
            return _ellipse(get["cx"], get["cy"], *[number(given.get("r"))] * 2)
        case "ellipse":
            return _ellipse(get["cx"], get["cy"], number(given.get("rx")), number(given.get("ry")))
        case "line":
            return [_at("m", (get["x1"], get["y1"])), _at("l", (get["x2"], get["y2"]))]
    flat = numbers(given.get("points", ""))
    if len(flat) % 2:
        raise ValueError("points are pairs of numbers")
    points = list(zip(flat[::2], flat[1::2], strict=True))
    made = [_at("l" if i else "m", point) for i, point in enumerate(points)]
    return [*made, "h"] if kind == "polygon" and made else made


def _rect(get: Mapping[str, float], given: Mapping[str, str]) -> list[str]:
    x, y, width, height = (get[name] for name in ("x", "y", "width", "height"))
    both = given.get("rx", given.get("ry"))
    rx = min(number(given.get("rx", both)), width / 2)
    ry = min(number(given.get("ry", both)), height / 2)
    if width <= 0 or height <= 0:
        return []
    if rx <= 0 or ry <= 0:
        return [_written(x, y, width, height) + " re"]
    right, low = x + width, y + height
    straight = (
        f"M{x + rx} {y}H{right - rx}A{rx} {ry} 0 0 1 {right} {y + ry}V{low - ry}A{rx} {ry} 0 0 1 {right - rx} {low}"
    )
    return _Path().draw(f"{straight}H{x + rx}A{rx} {ry} 0 0 1 {x} {low - ry}V{y + ry}A{rx} {ry} 0 0 1 {x + rx} {y}Z")


def _ellipse(x: float, y: float, rx: float, ry: float) -> list[str]:
    if rx <= 0 or ry <= 0:
        return []
    dx, dy = rx * _KAPPA, ry * _KAPPA
    return [
        _at("m", (x + rx, y)),
        _at("c", (x + rx, y + dy), (x + dx, y + ry), (x, y + ry)),
        _at("c", (x - dx, y + ry), (x - rx, y + dy), (x - rx, y)),
        _at("c", (x - rx, y - dy), (x - dx, y - ry), (x, y - ry)),
        _at("c", (x + dx, y - ry), (x + rx, y - dy), (x + rx, y)),
        "h",
    ]


class _Scan:
    def __init__(self, said: str) -> None:
        self._said = said
        self._next = 0
        self._take(_SPACE)

    @property
    def done(self) -> bool:
        return self._next == len(self._said)

    def letter(self) -> str | None:
        return self._take(_LETTER)

    def number(self, *, flag: bool = False) -> float:
        found = self._take(_FLAG if flag else _NUMBER)
        if found is None:
            raise ValueError(f"{self._said[self._next :][:20]!r} is no number")
        return _sane(float(found))

    def _take(self, what: re.Pattern[str]) -> str | None:
        found = what.match(self._said, self._next)
        if found is None:
            return None
        self._next = found.end()
        if what is not _SPACE:
            self._take(_SPACE)
        return found[0]


class _Path:
    def __init__(self) -> None:
        self.made: list[str] = []
        self._at: Point = (0.0, 0.0)
        self._first: Point = (0.0, 0.0)
        self._handle: Point | None = None
        """The last control point, which a smooth curve goes on from, and of what it was."""
        self._before = ""

    def draw(self, said: str) -> list[str]:
        scan, letter = _Scan(said), ""
        while not scan.done:
            given = scan.letter()
            # Further pairs after a move are lines.
            letter = given or {"M": "L", "m": "l", "Z": "", "z": ""}.get(letter, letter)
            if not letter or (not self.made and letter not in "Mm"):
                raise ValueError("a path begins with M, and every step with a letter")
            kind = letter.upper()
            args = [scan.number(flag=kind == "A" and i in _FLAGS) for i in range(_ARGUMENTS[kind])]
            self._step(kind, args, letter.islower())
        return self.made

    def _step(self, kind: str, args: list[float], relative: bool) -> None:
        x, y = self._at if relative else (0.0, 0.0)
        handle = None
        match kind:
            case "Z":
                self.made.append("h")
                self._at = self._first
            case "M":
                self._at = self._first = (x + args[0], y + args[1])
                self.made.append(_at("m", self._at))
            case "H" | "V" | "L":
                self._line(kind, args, x, y)
            case "A":
                self._arc(args, (x + args[5], y + args[6]))
            case _:
                points = [(x + args[i], y + args[i + 1]) for i in range(0, len(args), 2)]
                handle = self._curve(kind, points)
        self._handle, self._before = handle, kind

    def _line(self, kind: str, args: list[float], x: float, y: float) -> None:
        here_x, here_y = self._at
        ends = {"H": (x + args[0], here_y), "V": (here_x, y + args[0])}
        self._at = ends[kind] if kind in ends else (x + args[0], y + args[1])
        self.made.append(_at("l", self._at))

    def _curve(self, kind: str, points: list[Point]) -> Point:
        """Returns the last control point."""
        if kind in "ST":
            mirrored = self._handle if self._before in ("CS" if kind == "S" else "QT") else None
            back = mirrored or self._at
            points = [(2 * self._at[0] - back[0], 2 * self._at[1] - back[1]), *points]
        if kind in "QT":
            bend, end = points
            near = _between(self._at, bend, 2 / 3), _between(end, bend, 2 / 3)
            self.made.append(_at("c", *near, end))
            self._at = end
            return bend
        self.made.append(_at("c", *points))
        self._at = points[2]
        return points[1]

    def _arc(self, args: list[float], end: Point) -> None:
        """By way of its centre (SVG 2, B.2.4), in parts of a quarter at the most."""
        rx, ry, turn, large, sweep = abs(args[0]), abs(args[1]), radians(args[2]), args[3], args[4]
        start, self._at = self._at, end
        if rx == 0 or ry == 0 or start == end:
            self.made.append(_at("l", end))
            return
        c, s = cos(turn), sin(turn)
        dx, dy = (start[0] - end[0]) / 2, (start[1] - end[1]) / 2
        px, py = (c * dx + s * dy) / rx, (c * dy - s * dx) / ry
        grown = max(1.0, hypot(px, py))
        rx, ry, px, py = rx * grown, ry * grown, px / grown, py / grown
        away = sqrt(max(0.0, 1 / (px * px + py * py) - 1)) * (1 if large != sweep else -1)
        mx, my = away * py, -away * px
        begin, sector = _angle(1, 0, px - mx, py - my), _angle(px - mx, py - my, -px - mx, -py - my)
        sector += (2 * pi if sector < 0 else 0.0) if sweep else (-2 * pi if sector > 0 else 0.0)
        centre = (
            (start[0] + end[0]) / 2 + c * rx * mx - s * ry * my,
            (start[1] + end[1]) / 2 + s * rx * mx + c * ry * my,
        )

        def placed(x: float, y: float) -> Point:
            return centre[0] + c * rx * x - s * ry * y, centre[1] + s * rx * x + c * ry * y

        parts = max(1, ceil(abs(sector) / (pi / 2) - 1e-9))
        step = sector / parts
        reach = 4 / 3 * tan(step / 4)
        for part in range(parts):
            a, b = begin + part * step, begin + (part + 1) * step
            near = placed(cos(a) - reach * sin(a), sin(a) + reach * cos(a))
            far = placed(cos(b) + reach * sin(b), sin(b) - reach * cos(b))
            self.made.append(_at("c", near, far, end if part == parts - 1 else placed(cos(b), sin(b))))


def _angle(ux: float, uy: float, vx: float, vy: float) -> float:
    cosine = (ux * vx + uy * vy) / (hypot(ux, uy) * hypot(vx, vy))
    return copysign(acos(max(-1.0, min(1.0, cosine))), ux * vy - uy * vx)


def _between(one: Point, other: Point, share: float) -> Point:
    return one[0] + (other[0] - one[0]) * share, one[1] + (other[1] - one[1]) * share


def _sane(value: float) -> float:
    if not abs(value) <= _LARGEST:
        raise ValueError("a number is too large")
    return value


def _written(*values: float) -> str:
    # Never -0 and never an exponent: a PDF has none.
    return " ".join(f"{round(value, 4) + 0.0:.4f}".rstrip("0").rstrip(".") for value in values)


def _at(operator: str, *points: Point) -> str:
    return f"{_written(*(value for point in points for value in point))} {operator}"
