"""Plain statements for linking, which asks many small questions of every new story.

Building a query object costs several times what the database takes to answer it; tables, columns and values are the
same, and every value is a parameter.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Any

from khronika.record.rows import chunks

Row = tuple[Any, ...]


def select(alias: str, table: str, wanted: Sequence[str], column: str, values: Sequence[Any]) -> list[Row]:
    """The `wanted` columns of the rows whose `column` has one of the values, what arrived in its order."""
    found: list[Row] = []
    with _cursor(alias) as cursor:
        what, where = ", ".join(map(_name, wanted)), f"FROM {_name(table)} WHERE {_name(column)} IN"
        for some in chunks(values):
            cursor.execute(f"SELECT {what} {where} ({_places(some)}){_order(table)}", some)
            found += cursor.fetchall()
    return found


def select_fields(alias: str, table: str, fields: Sequence[str], column: str, values: Sequence[Any]) -> list[Row]:
    """For the rows whose `column` has one of the values: it, and a JSON list of these fields (two or more) of the body,
    taken out inside the database."""
    found: list[Row] = []
    paths = ", ".join(f"'$.{name}'" for name in fields)
    with _cursor(alias) as cursor:
        what = f"{_name(column)}, json_extract({_name('body')}, {paths})"
        for some in chunks(values):
            cursor.execute(f"SELECT {what} FROM {_name(table)} WHERE {_name(column)} IN ({_places(some)})", some)
            found += cursor.fetchall()
    return found


def present(alias: str, table: str, column: str, values: Sequence[Any]) -> set[Any]:
    """Those of the values that any row has in the column: one look at the index for each, however many rows have it."""
    found: set[Any] = set()
    with _cursor(alias) as cursor:
        there = f"SELECT 1 FROM {_name(table)} WHERE {_name(column)} = asked.value"
        for some in chunks(values):
            asked = ", ".join(["(%s)"] * len(some))
            cursor.execute(
                f"WITH asked(value) AS (VALUES {asked}) SELECT value FROM asked WHERE EXISTS ({there})", [*some]
            )
            found.update(value for (value,) in cursor.fetchall())
    return found


def delete(alias: str, table: str, column: str, values: Sequence[Any]) -> None:
    """Takes out the rows whose `column` has one of the values."""
    with _cursor(alias) as cursor:
        for some in chunks(values):
            cursor.execute(f"DELETE FROM {_name(table)} WHERE {_name(column)} IN ({_places(some)})", some)


def delete_pairs(alias: str, table: str, columns: tuple[str, str], pairs: Sequence[Row]) -> None:
    """Takes out the rows that have one of the pairs in two columns."""
    a, b = map(_name, columns)
    with _cursor(alias) as cursor:
        cursor.executemany(f"DELETE FROM {_name(table)} WHERE {a} = %s AND {b} = %s", pairs)


def insert(alias: str, table: str, columns: Sequence[str], rows: Iterable[Row]) -> None:
    """Puts rows in."""
    names = ", ".join(map(_name, columns))
    with _cursor(alias) as cursor:
        cursor.executemany(f"INSERT INTO {_name(table)} ({names}) VALUES ({_places(columns)})", [*rows])


def _cursor(alias: str) -> Any:  # noqa: ANN401
    """The connection's cursor."""
    from django.db import connections

    return connections[alias].cursor()


def _name(name: str) -> str:
    """A table's or column's name as SQL: names are this package's own, none comes from outside."""
    return f'"{name}"'


def _places(values: Sequence[Any]) -> str:
    """A place for each value."""
    return ", ".join(["%s"] * len(values))


def _order(table: str) -> str:
    """The order of arrival, for what arrived."""
    return ' ORDER BY "seq"' if table in {"claim", "mention", "relation"} else ""
