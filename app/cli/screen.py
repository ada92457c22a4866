"""Shows a block of lines that changes in place on a terminal; elsewhere only what is new, line by line."""

import shutil
from collections.abc import Sequence
from typing import Final, TextIO

from app.cli.console import colours

_UP_AND_CLEAR: Final = "\x1b[{}F\x1b[J"
_BOLD: Final = "\x1b[1m{}\x1b[0m"
_DIM: Final = "\x1b[2m{}\x1b[0m"


class Screen:
    def __init__(self, stream: TextIO) -> None:
        self._stream = stream
        self._drawn = 0
        self.live = stream.isatty()
        self._colours = colours(stream)

    @property
    def width(self) -> int:
        return shutil.get_terminal_size((100, 24)).columns - 1

    @property
    def height(self) -> int:
        return shutil.get_terminal_size((100, 24)).lines - 1

    def news(self, text: str) -> None:
        """A line that stays."""
        self._clear()
        self._write(text)

    def block(self, lines: Sequence[str]) -> None:
        """Replaces the block before; nothing where it could not be replaced."""
        if not self.live:
            return
        self._clear()
        shown = lines[: self.height]
        self._write("\n".join(shown))
        self._drawn = len(shown)

    def keep(self, lines: Sequence[str]) -> None:
        """The last block, which stays."""
        self._clear()
        self._write("\n".join(lines))

    def bold(self, text: str) -> str:
        return _BOLD.format(text) if self._colours else text

    def dim(self, text: str) -> str:
        return _DIM.format(text) if self._colours else text

    def _clear(self) -> None:
        if self._drawn:
            self._stream.write(_UP_AND_CLEAR.format(self._drawn))
            self._drawn = 0

    def _write(self, text: str) -> None:
        self._stream.write(text + "\n")
        self._stream.flush()
