"""One transaction's way to the database.

Rare statements are SQLAlchemy Core. Where it is hot, text goes straight to the driver's cursor, with `?` for a value:
Core costs 2.7 times as much there.
"""

import sqlite3
from abc import ABC, abstractmethod
from collections.abc import Mapping, Sequence
from functools import cache
from typing import Any, ClassVar, Final, Literal

import msgspec
import sqlalchemy as sa
from sqlalchemy.dialects import postgresql, sqlite

Dialect = Literal["sqlite", "postgresql"]
Row = tuple[Any, ...]
Columns = Mapping[str, Sequence[Any]]
"""Name → values, as many in each."""

_POSTGRESQL: Final[sa.Dialect] = sa.make_url("postgresql://").get_dialect()()

COPY_FROM: Final = 64
"""Rows from which COPY beats an INSERT of arrays."""


class Session(ABC):
    dialect: ClassVar[Dialect]

    def __init__(self, connection: sa.Connection) -> None:
        self.connection = connection
        self.erased = False
        """Whether something personal was erased: the database then looks for copies of it."""
        self.cursor: Any = driver(connection).cursor()

    def close(self) -> None:
        """A statement that was not read to its end would keep its connection from closing."""
        self.cursor.close()

    def execute(self, statement: sa.Executable) -> sa.CursorResult[Any]:
        return self.connection.execute(statement)

    def rows(self, sql: str, *values: Any) -> list[Row]:
        found: list[Row] = self.run(sql, *values).fetchall()
        return found

    def one(self, sql: str, *values: Any) -> Row | None:
        row: Row | None = self.run(sql, *values).fetchone()
        return row

    def the(self, sql: str, *values: Any) -> Row:
        """The row that is certainly there."""
        row: Row = self.run(sql, *values).fetchone()
        return row

    def value(self, sql: str, *values: Any) -> Any:
        """The first column of the row that is certainly there."""
        return self.the(sql, *values)[0]

    @abstractmethod
    def columns(self, wanted: Mapping[str, Any], rest: str, *values: Any) -> list[list[Any]]:
        """All rows, column by column: a long run is read in a third of the time that its rows would take.

        `wanted` has expressions and their types, `msgspec.Raw` for a text that is JSON itself. The first is a position,
        and the rows come in order of it. `rest` is what follows the expressions: FROM and WHERE.
        """

    def _columns_by_row(self, wanted: Mapping[str, Any], rest: str, *values: Any) -> list[list[Any]]:
        rows = self.rows(f"SELECT {', '.join(wanted)} {rest} ORDER BY 1", *values)
        columns = [list(column) for column in zip(*rows, strict=True)] or [[] for _ in wanted]
        return [
            [msgspec.Raw(value) for value in column] if type is msgspec.Raw else column
            for type, column in zip(wanted.values(), columns, strict=True)
        ]

    @abstractmethod
    def run(self, sql: str, *values: Any) -> Any:
        """The cursor after the statement."""

    @abstractmethod
    def insert(self, table: sa.Table, rows: Sequence[Row], tail: str = "") -> int:
        """All columns of the table in its own order. `tail` is what an ON CONFLICT clause says.

        How many rows were written: fewer where that clause left some alone.
        """

    def load_rows(self, table: sa.Table, rows: Sequence[Row]) -> None:
        """The same, all columns of the table in its own order."""
        if rows:
            self.load(table, dict(zip(_names(table), zip(*rows, strict=True), strict=True)))

    @abstractmethod
    def load(self, table: sa.Table, columns: Columns) -> None:
        """Many rows of which none is there yet, column by column. Those not named stay NULL."""

    @abstractmethod
    def among(self, column: str) -> str:
        """A condition that holds where the column is in a list, which `listed` makes of texts or integers."""

    @abstractmethod
    def listed(self, values: Sequence[str] | Sequence[int]) -> Any: ...

    @abstractmethod
    def put(self, table: sa.Table, values: dict[str, Any]) -> None:
        """Insert by primary key, or overwrite what is there."""

    def changed(self, sql: str, *values: Any) -> int:
        """How many rows the statement changed."""
        count: int = self.run(sql, *values).rowcount
        return count


class SqliteSession(Session):
    dialect = "sqlite"

    def columns(self, wanted: Mapping[str, Any], rest: str, *values: Any) -> list[list[Any]]:
        try:
            texts = self.the(_gathering(tuple(wanted.items()), rest), *values)
        except sqlite3.DataError:  # No text of SQLite's is longer than a gigabyte; a log with many publications is.
            return self._columns_by_row(wanted, rest, *values)
        columns = [_decoder(type).decode(text or "[]") for type, text in zip(wanted.values(), texts, strict=True)]
        return _in_order(columns)

    def run(self, sql: str, *values: Any) -> Any:
        return self.cursor.execute(sql, values)

    def insert(self, table: sa.Table, rows: Sequence[Row], tail: str = "") -> int:
        self.cursor.executemany(_insert_values(table, _names(table)) + tail, rows)
        return int(self.cursor.rowcount)

    def load(self, table: sa.Table, columns: Columns) -> None:
        self.cursor.executemany(_insert_values(table, tuple(columns)), zip(*columns.values(), strict=True))

    def among(self, column: str) -> str:
        return f"{column} IN (SELECT value FROM json_each(?))"

    def listed(self, values: Sequence[str] | Sequence[int]) -> Any:
        return msgspec.json.encode(values).decode()

    def put(self, table: sa.Table, values: dict[str, Any]) -> None:
        statement = sqlite.insert(table).values(values)
        self.execute(statement.on_conflict_do_update(table.primary_key, set_=values))


class PostgresSession(Session):
    dialect = "postgresql"

    def columns(self, wanted: Mapping[str, Any], rest: str, *values: Any) -> list[list[Any]]:
        return self._columns_by_row(wanted, rest, *values)

    def run(self, sql: str, *values: Any) -> Any:
        return self.cursor.execute(_placeholders(sql), values)

    def insert(self, table: sa.Table, rows: Sequence[Row], tail: str = "") -> int:
        if not rows:
            return 0
        columns = [list(column) for column in zip(*rows, strict=True)]
        self.cursor.execute(_insert_arrays(table, _names(table)) + tail, columns)
        return int(self.cursor.rowcount)

    def load(self, table: sa.Table, columns: Columns) -> None:
        names, values = tuple(columns), columns.values()
        if len(next(iter(values))) < COPY_FROM:
            self.cursor.execute(_insert_arrays(table, names), [list(column) for column in values])
            return
        with self.cursor.copy(f"COPY {table.name} ({', '.join(names)}) FROM STDIN") as copy:
            copy.set_types(_types(table, names))
            write_row = copy.write_row
            for row in zip(*values, strict=True):
                write_row(row)

    def among(self, column: str) -> str:
        return f"{column} = ANY(?)"

    def listed(self, values: Sequence[str] | Sequence[int]) -> Any:
        return list(values)

    def put(self, table: sa.Table, values: dict[str, Any]) -> None:
        statement = postgresql.insert(table).values(values)
        self.execute(statement.on_conflict_do_update(table.primary_key, set_=values))


def driver(connection: sa.Connection) -> Any:
    """The driver's own connection beneath."""
    return connection.connection.dbapi_connection


@cache
def _gathering(wanted: tuple[tuple[str, Any], ...], rest: str) -> str:
    """One row of JSON arrays: SQLite makes them without a step back into Python for each row."""
    columns = (
        f"'[' || group_concat({name}) || ']'" if type is msgspec.Raw else f"json_group_array({name})"
        for name, type in wanted
    )
    return f"SELECT {', '.join(columns)} {rest}"


@cache
def _decoder(type: Any) -> msgspec.json.Decoder[list[Any]]:
    return msgspec.json.Decoder(list[type])


def _in_order(columns: list[list[Any]]) -> list[list[Any]]:
    """By the first column. Without a sort SQLite goes along the primary key, but promises nothing."""
    positions = columns[0]
    if positions == sorted(positions):
        return columns
    order = sorted(range(len(positions)), key=positions.__getitem__)
    return [[column[row] for row in order] for column in columns]


@cache
def _placeholders(sql: str) -> str:
    return sql.replace("?", "%s")


@cache
def _insert_values(table: sa.Table, names: tuple[str, ...]) -> str:
    return f"INSERT INTO {table.name} ({', '.join(names)}) VALUES ({', '.join('?' * len(names))})"


@cache
def _insert_arrays(table: sa.Table, names: tuple[str, ...]) -> str:
    arrays = ", ".join(f"%s::{type}[]" for type in _types(table, names))
    return f"INSERT INTO {table.name} ({', '.join(names)}) SELECT * FROM unnest({arrays})"


@cache
def _types(table: sa.Table, names: tuple[str, ...]) -> list[str]:
    return [table.columns[name].type.compile(dialect=_POSTGRESQL).lower() for name in names]


@cache
def _names(table: sa.Table) -> tuple[str, ...]:
    return tuple(column.name for column in table.columns)
