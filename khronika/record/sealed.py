"""Rows against their seals, and against what the log says was written.

A row's seal shows that it was changed; the log shows that one is missing, was put in, or is not in its place.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Sequence
from typing import Any

from khronika.record import append, log, second
from khronika.record.rows import chunks, load
from khronika.record.seal import fits, seal_all

CHUNK = 1000
"""Rows fetched at a time."""
AT_ONCE = 400
"""Documents whose rows are compared with the log at a time."""

LOGGED = {
    "captures": ("Capture", "sha256"),
    "documents": ("Document", "key"),
    "failure": ("Failure", "seal"),
    "run": ("Run", "seal"),
    "second": ("SecondReading", "seal"),
    "decision": ("Decision", "seal"),
}
"""What entries of the log name: the table in which it is, and the column by which it is named. An act that is not here
("cleared") is one of failures."""

OF_DOCUMENT = ("Claim", "Mention", "Relation")
"""What hangs on a document, in the order in which the log seals it."""


def changed_rows(alias: str) -> Iterator[str]:
    """Rows that differ from their seal, a sentence for each."""
    from khronika.record import models as m

    yield from _changed_documents(alias)
    for key, body, sealed in values(m.Claim, alias, "key", "body", "seal"):
        if not fits(sealed, key, body):
            yield f"claim {key}: the row was changed"
    of_document: tuple[Any, ...] = (m.Mention, m.Relation)
    for model in of_document:
        for seq, document, body, sealed in values(model, alias, "seq", "document_id", "body", "seal"):
            if not fits(sealed, document, body):
                yield f"{model.__name__.lower()} {seq} of {document}: the row was changed"
    for row in _each(m.SecondReading, alias):
        if not fits(row.seal, *second.sealed(row)):
            yield f"second reading {row.seq} of {row.document_id}: the row was changed"
    for row in _each(m.Failure, alias):
        if not fits(row.seal, *append.failure_sealed(row)):
            yield f"failure {row.seq} ({row.source}): the row was changed"
    for seq, at, body, sealed in values(m.Decision, alias, "seq", "at", "body", "seal"):
        if not fits(sealed, seq, at, body):
            yield f"decision {seq}: the row was changed"
    for seq, at, reader, sealed in values(m.Run, alias, "seq", "at", "reader", "seal"):
        if not fits(sealed, at, reader):
            yield f"run {seq}: the row was changed"


def _changed_documents(alias: str) -> Iterator[str]:
    """Documents that differ from their seal, or whose columns for searching differ from what is sealed."""
    from khronika.record.models import Document

    for key, source, capture, body, sealed in values(Document, alias, "key", "source", "capture_id", "body", "seal"):
        if not fits(sealed, key, body):
            yield f"document {key}: the row was changed"
            continue
        told = load(body)
        if not isinstance(told, dict) or (told.get("source"), told.get("sha256")) != (source, capture):
            yield f"document {key}: the row's source or capture was changed"


def values(model: Any, alias: str, *columns: str) -> Iterator[tuple[Any, ...]]:  # noqa: ANN401  (a Django model)
    """Columns of every row, in order of arrival."""
    return iter(model.objects.using(alias).order_by("seq").values_list(*columns).iterator(chunk_size=CHUNK))


def _each(model: Any, alias: str) -> Iterator[Any]:  # noqa: ANN401
    """Every row, in order of arrival."""
    return iter(model.objects.using(alias).order_by("seq").iterator(chunk_size=CHUNK))


def departures(alias: str) -> Iterator[str]:
    """Rows that the log says were written and that are gone or elsewhere, or are there and not in the log.

    Holds for a log whose chain is whole.
    """
    from khronika.record import models as m

    logged: dict[str, list[str]] = {kind: [] for kind in LOGGED}
    waiting: list[tuple[log.Entry, bool]] = []
    seen: set[str] = set()
    for entry in log.entries(alias):
        if not _is_told(entry):
            yield f"log entry {entry.seq} does not say what was written"
        elif entry.act == "append":
            capture = entry.body["capture"]
            waiting.append((entry, capture not in seen))
            logged["captures"] += [] if capture in seen else [capture]
            logged["documents"] += entry.body["documents"]
            seen.add(capture)
        elif "seal" in entry.body:
            logged[entry.act if entry.act in LOGGED else "failure"].append(entry.body["seal"])
        if sum(len(e.body["documents"]) + 1 for e, _ in waiting) >= AT_ONCE:
            yield from _pages(alias, waiting)
            waiting = []
    yield from _pages(alias, waiting)
    for kind, (name, column) in LOGGED.items():
        there = [value for (value,) in values(getattr(m, name), alias, column)]
        yield from _differences(name.lower(), there, logged[kind])


def _is_told(entry: log.Entry) -> bool:
    """Whether the entry says of its act what entries of that act say."""
    if not isinstance(entry.body, dict):
        return False
    if entry.act == "append":
        told = entry.body.get("documents")
        return isinstance(entry.body.get("capture"), str) and isinstance(told, list)
    return isinstance(entry.body.get("seal", ""), str)


def _differences(what: str, there: Sequence[str], logged: Sequence[str]) -> Iterator[str]:
    """How the rows of a table differ from what the log says, both in order of arrival."""
    if there == logged:
        return
    rows, told = set(there), set(logged)
    yield from (f"{what} {x} is not in the log" for x in sorted(rows - told))
    yield from (f"{what} {x} is in the log and gone" for x in sorted(told - rows))
    if rows == told:
        moved = next((a for a, b in zip(there, logged, strict=False) if a != b), there[-1])
        yield f"{what} {moved} is not in its place in the order of arrival"


def _pages(alias: str, entries: Sequence[tuple[log.Entry, bool]]) -> Iterator[str]:
    """The rows of some pages against what the log sealed; with each entry, whether it wrote the capture's row too."""
    from khronika.record import models as m

    captures = _seals(m.Capture, alias, "sha256", [e.body["capture"] for e, first in entries if first])
    documents = [document for e, _ in entries for document in e.body["documents"]]
    found = [_seals(m.Document, alias, "key", documents)]
    found += [_seals(getattr(m, name), alias, "document_id", documents) for name in OF_DOCUMENT]
    for entry, first in entries:
        seals = [*captures[entry.body["capture"]]] if first else []
        for document in entry.body["documents"]:
            seals += (one for kind in found for one in kind.get(document, ()))
        if (len(seals), _whole(seals)) != (entry.body.get("rows"), entry.body.get("seal")):
            names = ", ".join(entry.body["documents"]) or entry.body["capture"]
            yield f"log entry {entry.seq}: rows of {names} were added, removed or changed since"


def _whole(seals: Sequence[Any]) -> str:
    """One hash over the seals; none where one of them is no text."""
    try:
        return seal_all(seals)
    except (AttributeError, TypeError, ValueError):
        return ""


def _seals(model: Any, alias: str, column: str, keys: Sequence[str]) -> dict[str, list[str]]:  # noqa: ANN401
    """The seals of the rows that have these keys in a column, in order of arrival, for each key."""
    found: dict[str, list[str]] = defaultdict(list)
    for some in chunks([*dict.fromkeys(keys)]):
        rows = model.objects.using(alias).filter(**{f"{column}__in": some}).order_by("seq")
        for key, sealed in rows.values_list(column, "seal"):
            found[key].append(sealed)
    return found


def stray_keys(alias: str) -> Iterator[str]:
    """Numbers under which linking finds documents, and which no document has: a document's number was changed."""
    from khronika.record.models import Document, Key

    numbers = {seq for (seq,) in values(Document, alias, "seq")}
    keyed: Any = Key.objects.using(alias).values_list("document", flat=True).distinct()
    if stray := {number for number in keyed if number not in numbers}:
        yield f"no document has the number {min(map(str, stray))}, by which linking finds it: a number was changed"
