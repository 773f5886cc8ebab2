"""Values of `facts` as JSON and back, for the rows' bodies."""

from __future__ import annotations

import json
from collections.abc import Iterator, Sequence
from dataclasses import asdict, fields
from typing import Any

from khronika.errors import DamagedRecord
from khronika.facts.claims import Count, Mention, Penalty, Relation, Status, plain
from khronika.facts.documents import Block, BlockKind, Document
from khronika.facts.events import Conflict, Event, Interval, Link, Person, Place, Question
from khronika.record.flags import Flag

BATCH = 500
"""Rows a statement: below SQLite's limit on variables for every table here."""


def chunks(values: Sequence[Any]) -> Iterator[Sequence[Any]]:
    """The values, as many at a time as a statement takes."""
    return (values[i : i + BATCH] for i in range(0, len(values), BATCH))


def load(body: str) -> Any:  # noqa: ANN401  (whatever JSON can hold)
    """A row's body. Raises DamagedRecord where it is no JSON."""
    try:
        return json.loads(body)
    except ValueError as error:
        raise DamagedRecord(f"a row of the record is not JSON ({error}): {body[:60]!r}") from error


def document_to_row(document: Document) -> dict[str, Any]:
    """The document with blocks as [kind, start, end]; absent fields are left out."""
    row = {k: v for k, v in asdict(document).items() if v is not None and v is not False}
    row["blocks"] = [[str(b.kind), b.start, b.end] for b in document.blocks]
    return row


def document_from_row(row: dict[str, Any]) -> Document:
    """The inverse of `document_to_row`."""
    values = dict(row)
    values["blocks"] = tuple(Block(BlockKind(kind), start, end) for kind, start, end in row["blocks"])
    values["upstream"] = tuple(row.get("upstream", ()))
    values["dateline_span"] = tuple(row["dateline_span"]) if row.get("dateline_span") else None
    return Document(**values)


def mention_from_row(row: dict[str, Any]) -> Mention:
    """The inverse of `asdict`."""
    return Mention(row["document"], row["name"], tuple(row["forms"]), row["label"], tuple(row["hints"]))


def relation_from_row(row: dict[str, Any]) -> Relation:
    """The inverse of `asdict`."""
    return Relation(**row)


def flat_row(value: Any) -> dict[str, Any]:  # noqa: ANN401  (any dataclass)
    """The fields of a value whose fields are plain: what `asdict` gives, without the copies that it makes."""
    return {field.name: getattr(value, field.name) for field in fields(value)}


def event_to_row(event: Event) -> dict[str, Any]:
    """The event with plain values."""
    row = flat_row(event)
    row["place"] = flat_row(event.place) if event.place else None
    row["status"] = str(event.status)
    row["count"] = plain(event.count) if event.count else None
    row["penalties"] = [plain(p) for p in event.penalties]
    row["named"] = [[who, [*ids]] for who, ids in event.named]
    row["conflicts"] = [[c.field, [[_value(v), [*ids]] for v, ids in c.values]] for c in event.conflicts]
    return row


def _value(value: Any) -> Any:  # noqa: ANN401
    """A conflict's value as JSON holds it."""
    if isinstance(value, Count | Penalty):
        return plain(value)
    if isinstance(value, tuple | list):
        return [_value(v) for v in value]
    return str(value) if isinstance(value, Status) else value


def event_from_row(row: dict[str, Any]) -> Event:
    """The inverse of `event_to_row`; values of conflicts stay as JSON has them."""
    values = dict(row)
    for name in ("claims", "targets", "actors"):
        values[name] = tuple(row[name])
    values["place"] = Place(**row["place"]) if row["place"] else None
    values["count"] = Count(**row["count"]) if row["count"] else None
    values["penalties"] = tuple(Penalty(**p) for p in row["penalties"])
    values["status"] = Status(row["status"])
    values["named"] = tuple((who, tuple(ids)) for who, ids in row.get("named", ()))
    values["conflicts"] = tuple(Conflict(f, tuple((v, tuple(ids)) for v, ids in vs)) for f, vs in row["conflicts"])
    return Event(**values)


def person_from_row(row: dict[str, Any]) -> Person:
    """The inverse of `asdict`."""
    values: dict[str, Any] = {k: tuple(v) if isinstance(v, list) else v for k, v in row.items()}
    values["relations"] = tuple((a, kind, b) for a, kind, b in row["relations"])
    return Person(**values)


def link_from_row(row: dict[str, Any]) -> Link:
    """The inverse of `asdict`."""
    return Link(
        row["a"], row["b"], row["score"], row["reason"], (row["values"][0], row["values"][1]), row.get("kind", "person")
    )


def flag_from_row(row: dict[str, Any]) -> Flag:
    """The inverse of `asdict`."""
    return Flag(**(row | {"claims": tuple(row["claims"])}))


def question_from_row(row: dict[str, Any]) -> Question:
    """The inverse of `asdict`."""
    values = tuple((a, b) for a, b in row["values"])
    return Question(row["a"], row["b"], row["score"], tuple(row["reasons"]), values)


def interval_from_row(row: dict[str, Any]) -> Interval:
    """The inverse of `asdict`."""
    values: dict[str, Any] = {k: tuple(v) if isinstance(v, list) else v for k, v in row.items()}
    return Interval(**values)
