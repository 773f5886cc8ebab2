"""The codebook's Interchange, to the letter: JSON lines, UTF-8, one object a line, absent fields left out.

A field that a reader needs in order to tell "none" from "not exported" (`custody` of a case, `claims` of an event) is
always there. Custody holds the main account only; rival accounts follow from the events' conflicts.
"""

from __future__ import annotations

import json
from collections import defaultdict
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import asdict
from typing import Any

from khronika.facts.claims import Claim, claim_to_json, plain
from khronika.facts.contracts import ExportView
from khronika.facts.documents import Document
from khronika.facts.events import Event, Interval, Person

Row = dict[str, Any]

_DOCUMENT = (
    "id",
    "source",
    "part",
    "url",
    "outlet",
    "title",
    "byline",
    "dateline",
    "published",
    "language",
    "sha256",
    "text",
    "copy_of",
    "captured",
)
_CLAIM_FIRST = (
    "id",
    "document",
    "source",
    "start",
    "end",
    "quote",
    "event",
    "targets_ids",
    "actors_ids",
    "speaker_id",
    "reader",
)
_CLAIM_FIELDS = (
    "type",
    "targets",
    "actors",
    "count",
    "group",
    "place",
    "date",
    "status",
    "hedged",
    "speaker",
    "penalties",
    "charge",
    "duration",
    "subtype",
    "list",
    "figure",
    "confidence",
)


def documents(view: ExportView) -> Iterator[Row]:
    """`documents.jsonl`, in order of arrival."""
    copies = view.copies()
    for document in view.documents():
        yield _document(document, copies.get(document.id, document.copy_of))


def _document(document: Document, copy_of: str | None) -> Row:
    """One document."""
    values = {name: getattr(document, name) for name in _DOCUMENT} | {"copy_of": copy_of}
    return _present(values)


def claims(view: ExportView) -> Iterator[Row]:
    """`claims.jsonl`, in order of arrival."""
    events, names = view.claim_events(), view.names()
    for claim in view.claims():
        yield _claim(claim, events.get(claim.id), names)


def _claim(claim: Claim, event: str | None, names: Mapping[tuple[str, str], str]) -> Row:
    """One claim. Names that stand for nobody in the record have no id, so ids may be fewer than names."""

    def id_of(name: str) -> str | None:
        return names.get((claim.document, name))

    row = claim_to_json(claim)
    row["event"] = event
    for field in ("targets", "actors"):
        row[f"{field}_ids"] = [i for name in getattr(claim, field) if (i := id_of(name))] or None
    row["speaker_id"] = id_of(claim.speaker) if claim.speaker else None
    return _present({name: row.get(name) for name in (*_CLAIM_FIRST, *_CLAIM_FIELDS)})


def events(view: ExportView) -> Iterator[Row]:
    """`events.jsonl`, by id."""
    return map(_event, view.events())


def _event(event: Event) -> Row:
    """One event."""
    conflicts = [
        {"field": c.field, "values": [{"value": _json(value), "claims": [*ids]} for value, ids in c.values]}
        for c in event.conflicts
    ]
    row = {
        "id": event.id,
        "type": event.type,
        "subtype": event.subtype,
        "date": event.date,
        "place": _present(asdict(event.place)) if event.place else None,
        "targets": [*event.targets] or None,
        "actors": [*event.actors] or None,
        "count": plain(event.count) if event.count else None,
        "penalties": [plain(p) for p in event.penalties] or None,
        "charge": event.charge,
        "status": str(event.status),
        "claims": [*event.claims],
        "origins": event.origins,
        "conflicts": conflicts or None,
        "confidence": event.confidence,
    }
    return _present(row)


def _json(value: Any) -> Any:  # noqa: ANN401  (a value of any field)
    """A rival value as JSON holds it."""
    if isinstance(value, list | tuple):
        return [_json(v) for v in value]
    return plain(value) if hasattr(value, "__dataclass_fields__") else value


def people(view: ExportView) -> Iterator[Row]:
    """`people.jsonl`, by id."""
    return map(_person, view.people())


def organizations(view: ExportView) -> Iterator[Row]:
    """`organizations.jsonl`, by id."""
    return map(_person, view.organizations())


def _person(person: Person) -> Row:
    """One person or organization."""
    return {
        "id": person.id,
        "name": person.name,
        "forms": [*person.forms],
        "documents": [*person.documents],
        "relations": [{"a": a, "kind": kind, "b": b} for a, kind, b in person.relations],
    }


def cases(view: ExportView) -> Iterator[Row]:
    """`cases.jsonl`, by person: everyone to whom something was done, or whose custody is known."""
    named: dict[str, list[Event]] = defaultdict(list)
    targets: set[str] = set()
    for event in view.events():
        targets.update(event.targets)
        for who in dict.fromkeys((*event.targets, *event.actors)):
            named[who].append(event)
    custody = view.custody()
    for person in view.people():
        if person.id in targets or custody.get(person.id):
            in_order = sorted(named[person.id], key=lambda e: (e.date or "9999", e.id))
            yield _case(person, in_order, custody.get(person.id, ()))


def _case(person: Person, events: Sequence[Event], custody: Sequence[Interval]) -> Row:
    """One case: events in order of date, undated last."""
    intervals = [
        {"from": i.start, "to": i.end, "state": i.state, "because": [*i.because], "known": i.known}
        for i in custody
        if not i.rival
    ]
    return {
        "person": person.id,
        "name": person.name,
        "events": [e.id for e in events],
        "custody": [_present(i) for i in intervals],
    }


def _present(row: Row) -> Row:
    """The row without absent fields, keys in their order."""
    return {name: value for name, value in row.items() if value is not None}


def line(row: Row) -> str:
    """The row as one line."""
    return json.dumps(row, ensure_ascii=False, allow_nan=False) + "\n"


FILES: dict[str, Callable[[ExportView], Iterator[Row]]] = {
    "documents.jsonl": documents,
    "claims.jsonl": claims,
    "events.jsonl": events,
    "people.jsonl": people,
    "organizations.jsonl": organizations,
    "cases.jsonl": cases,
}
"""The files of the interchange, in the codebook's order."""
