"""Is the record what was once written? Every capture, every row, the chain of the log, the derived rows."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from khronika.errors import DamagedRecord
from khronika.record import append, derived, log, second
from khronika.record.checkpoint import Checkpoint, departures
from khronika.record.folder import kept
from khronika.record.seal import seal, seal_all

CHUNK = 1000


@dataclass(frozen=True, slots=True)
class Verification:
    """What was checked, and what does not hold: one sentence each, naming file or row.

    `since`: the checkpoints that the log was held against; without one, only that the record is whole is shown, not
    that nothing was taken away or written anew.
    """

    captures: int
    documents: int
    claims: int
    entries: int
    damaged: tuple[str, ...] = ()
    since: tuple[Checkpoint, ...] = ()

    @property
    def ok(self) -> bool:
        """Whether everything holds."""
        return not self.damaged

    def __str__(self) -> str:
        """Counts, for a person: "5 pages, 24 documents, 130 claims, 7 log entries"."""
        counts = {"page": self.captures, "document": self.documents, "claim": self.claims}
        words = [f"{n:,} {noun}{'s' * (n != 1)}" for noun, n in counts.items()]
        return ", ".join([*words, f"{self.entries:,} log entr{'y' if self.entries == 1 else 'ies'}"])


def verify(alias: str, folder: Path, since: Sequence[Checkpoint] = ()) -> Verification:
    """Checks the whole record; reads every byte of it once. `since`: what it must have grown from."""
    from khronika.record import models

    damaged = [*_reach(alias, folder)]  # before anything else is asked of the database: a writer may go on meanwhile
    broken = [*log.breaks(alias)]
    damaged += [line for one in since for line in departures(alias, one)]
    damaged += [*_database(alias), *_captures(alias, folder), *_rows(alias), *broken]
    damaged += [] if broken else _log_against_rows(alias)
    return Verification(
        captures=models.Capture.objects.using(alias).count(),
        documents=models.Document.objects.using(alias).count(),
        claims=models.Claim.objects.using(alias).count(),
        entries=models.Log.objects.using(alias).count(),
        damaged=tuple(damaged or _derived(alias)),
        since=tuple(since),
    )


def _reach(alias: str, folder: Path) -> Iterator[str]:
    """Where the log ends before the last entry that was written."""
    try:
        lost = log.lost(alias, folder)
    except DamagedRecord as error:
        lost = str(error)
    if lost:
        yield lost


def _database(alias: str) -> Iterator[str]:
    """SQLite's own check of its file."""
    from django.db import connections

    with connections[alias].cursor() as cursor:
        cursor.execute("PRAGMA integrity_check(20)")
        for (line,) in cursor.fetchall():
            if line != "ok":
                yield f"record.sqlite3: {line}"


def _captures(alias: str, folder: Path) -> Iterator[str]:
    """Captures whose bytes or rows do not hold."""
    from khronika.record.models import Capture

    for row in Capture.objects.using(alias).order_by("seq").iterator(chunk_size=CHUNK):
        if append.capture_seal(row) != row.seal:
            yield f"capture {row.sha256} ({row.source}): the row was changed"
        try:
            kept(folder, row.sha256)
        except DamagedRecord as error:
            yield f"{error} ({row.source})"


def _rows(alias: str) -> Iterator[str]:
    """Rows that differ from their seal."""
    from khronika.record import models as m

    keyed: tuple[Any, ...] = (m.Document, m.Claim)
    for model in keyed:
        for key, body, sealed in _values(model, alias, "key", "body", "seal"):
            if seal(key, body) != sealed:
                yield f"{model.__name__.lower()} {key}: the row was changed"
    of_document: tuple[Any, ...] = (m.Mention, m.Relation)
    for model in of_document:
        for seq, document, body, sealed in _values(model, alias, "seq", "document_id", "body", "seal"):
            if seal(document, body) != sealed:
                yield f"{model.__name__.lower()} {seq} of {document}: the row was changed"
    second_rows: Any = m.SecondReading.objects.using(alias)
    for said in second_rows.iterator(chunk_size=CHUNK):
        if second.second_seal(said) != said.seal:
            yield f"second reading {said.seq} of {said.document_id}: the row was changed"
    for row in m.Failure.objects.using(alias).iterator(chunk_size=CHUNK):
        if append.failure_seal(row) != row.seal:
            yield f"failure {row.seq} ({row.source}): the row was changed"
    for seq, at, reader, sealed in _values(m.Run, alias, "seq", "at", "reader", "seal"):
        if seal(at, reader) != sealed:
            yield f"run {seq}: the row was changed"


def _values(model: Any, alias: str, *columns: str) -> Iterator[tuple[Any, ...]]:  # noqa: ANN401
    """Columns of every row, in order of arrival."""
    return iter(model.objects.using(alias).order_by("seq").values_list(*columns).iterator(chunk_size=CHUNK))


def _log_against_rows(alias: str) -> Iterator[str]:
    """Rows that the log says were written and that are gone, or are there and not in the log."""
    from khronika.record import models as m

    logged: dict[str, set[str]] = {kind: set() for kind in ("documents", "failure", "run", "second", "captures")}
    for entry in log.entries(alias):
        if entry.act == "append":
            capture = entry.body["capture"]
            yield from _append_against_rows(alias, entry, capture not in logged["captures"])
            logged["captures"].add(capture)
            logged["documents"].update(entry.body["documents"])
        elif "seal" in entry.body:
            logged[entry.act if entry.act in {"run", "second"} else "failure"].add(entry.body["seal"])
    tables: tuple[tuple[Any, str, str], ...] = (
        (m.Capture, "sha256", "captures"),
        (m.Document, "key", "documents"),
        (m.Failure, "seal", "failure"),
        (m.Run, "seal", "run"),
        (m.SecondReading, "seal", "second"),
    )
    for model, column, kind in tables:
        there = {value for (value,) in _values(model, alias, column)}
        yield from (f"{model.__name__.lower()} {x} is not in the log" for x in sorted(there - logged[kind]))
        yield from (f"{model.__name__.lower()} {x} is in the log and gone" for x in sorted(logged[kind] - there))


def _append_against_rows(alias: str, entry: log.Entry, first: bool) -> Iterator[str]:
    """One page's rows against what the log sealed. `first`: the entry that also wrote the capture's row."""
    from khronika.record import models as m

    seals: list[str] = []
    if first:
        seals += m.Capture.objects.using(alias).filter(sha256=entry.body["capture"]).values_list("seal", flat=True)
    for document in entry.body["documents"]:
        seals += m.Document.objects.using(alias).filter(key=document).values_list("seal", flat=True)
        of_document: tuple[Any, ...] = (m.Claim, m.Mention, m.Relation)
        for model in of_document:
            rows = model.objects.using(alias).filter(document_id=document).order_by("seq")
            seals += rows.values_list("seal", flat=True)
    if len(seals) != entry.body["rows"] or seal_all(seals) != entry.body["seal"]:
        names = ", ".join(entry.body["documents"]) or entry.body["capture"]
        yield f"log entry {entry.seq}: rows of {names} were added, removed or changed since"


def _derived(alias: str) -> Iterator[str]:
    """Derived rows that are not what was derived; a new `khronika read` puts them right."""
    derivation = derived.derivation(alias)
    if derivation and derivation[1] != derived.digest_of(alias):
        yield "derived rows (people, events, custody) were changed by hand; make them anew with `khronika relink`"
