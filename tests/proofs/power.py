"""A disk that can lose power. It remembers every write and sync, and shows what a machine may find after any of them.

What was synced is there. Of what was written since, each piece may be there whole, in part, or not at all: a disk keeps
its cache in any order, in sectors.
"""

import random
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import apsw

SECTOR = 512


@dataclass(frozen=True, slots=True)
class Operation:
    """`data` None: the file is cut to `offset` bytes. A sync is `offset` −1, removing the file −2."""

    file: str
    offset: int
    data: bytes | None = None

    @property
    def is_sync(self) -> bool:
        return self.offset == -1

    @property
    def is_removal(self) -> bool:
        """SQLite removes a journal only to end a transaction, and then lets the folder be synced."""
        return self.offset == -2


@dataclass
class Disk:
    """Everything that SQLite asked of it, in order."""

    operations: list[Operation] = field(default_factory=list)

    def image(self, cut: int, rnd: random.Random) -> dict[str, bytes]:
        """File name → content that may be found when the power goes after `cut` operations."""
        synced: dict[str, int] = {}
        for index, operation in enumerate(self.operations[:cut]):
            if operation.is_sync:
                synced[operation.file] = index
        files: dict[str, bytearray] = {}
        for index, operation in enumerate(self.operations[:cut]):
            content = files.setdefault(operation.file, bytearray())
            if operation.is_removal:
                del files[operation.file]
            elif index < synced.get(operation.file, -1):
                _perform(content, operation)
            elif not operation.is_sync and (survived := _survives(operation, rnd)):
                _perform(content, survived)
        return {name: bytes(content) for name, content in files.items()}


def _perform(content: bytearray, operation: Operation) -> None:
    if operation.is_sync:
        return
    if operation.data is None:
        del content[operation.offset :]
        return
    if len(content) < operation.offset:
        content.extend(bytes(operation.offset - len(content)))
    content[operation.offset : operation.offset + len(operation.data)] = operation.data


def _survives(operation: Operation, rnd: random.Random) -> Operation | None:
    """Whole, not at all, or torn at a sector."""
    chance = rnd.random()
    if chance < 0.4:
        return operation
    if chance < 0.8 or operation.data is None:
        return None
    torn = operation.data[: rnd.randrange(0, len(operation.data) + 1, SECTOR)]
    return Operation(operation.file, operation.offset, torn)


class RecordingVfs(apsw.VFS):
    """The machine's own file system, with every change noted on `disk`. Databases on it need exclusive locking."""

    def __init__(self, disk: Disk, name: str = "recording") -> None:
        self.disk = disk
        super().__init__(name, "")

    def xDelete(self, filename: str, syncdir: bool) -> None:  # noqa: N802 (SQLite's own name)
        self.disk.operations.append(Operation(Path(filename).name, -2))
        super().xDelete(filename, syncdir)

    def xOpen(self, name: Any, flags: list[int]) -> "_RecordingFile":  # noqa: N802 (SQLite's own name)
        return _RecordingFile(self.disk, name, flags)


class _RecordingFile(apsw.VFSFile):
    def __init__(self, disk: Disk, name: Any, flags: list[int]) -> None:
        path = name.filename() if isinstance(name, apsw.URIFilename) else str(name)
        self._disk, self._name = disk, Path(path).name
        super().__init__("", name, flags)

    def xWrite(self, data: bytes, offset: int) -> None:  # noqa: N802 (SQLite's own name)
        self._disk.operations.append(Operation(self._name, offset, bytes(data)))
        super().xWrite(data, offset)

    def xTruncate(self, newsize: int) -> None:  # noqa: N802 (SQLite's own name)
        self._disk.operations.append(Operation(self._name, newsize))
        super().xTruncate(newsize)

    def xSync(self, flags: int) -> None:  # noqa: N802 (SQLite's own name)
        self._disk.operations.append(Operation(self._name, -1))
        super().xSync(flags)
