"""Is the record what was once written? Every capture, every row, the chain of the log, the derived rows."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from khronika.errors import DamagedRecord
from khronika.record import append, derived, log, sealed
from khronika.record.checkpoint import Checkpoint, departures
from khronika.record.folder import DATABASE, MARK, hash_of, kept
from khronika.record.rows import load
from khronika.record.seal import BEGINNING, fits
from khronika.record.setup import guarded, lenient

_MOST = 1 << 62
"""More rows than any table can have: a number beyond it is damage, and the next row could not be written."""


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


def insist(found: Verification) -> Verification:
    """What was found, where everything holds; else raises DamagedRecord, naming files and rows."""
    if not found.ok:
        more = f"\n… and {len(found.damaged) - 20} more" if len(found.damaged) > 20 else ""
        raise DamagedRecord("the record is damaged:\n" + "\n".join(f"  {d}" for d in found.damaged[:20]) + more)
    return found


def verify(alias: str, folder: Path, since: Sequence[Checkpoint] = (), noted: bool = True) -> Verification:
    """Checks the whole record; reads every byte of it once. `since`: what it must have grown from. `noted`: hold it
    against the note of how far it reaches; a copy of the database may be behind that.

    A part that cannot be read at all is told as damaged, and the others are checked all the same.
    """
    from khronika.record import models

    def found(part: Iterator[str]) -> list[str]:
        return [*_told(part, folder)]

    with lenient(alias):
        # The note is read before the database is asked anything: a writer may go on meanwhile.
        damaged = found(_reach(alias, folder)) if noted else []
        chain = found(log.breaks(alias))
        for one in since:
            damaged += found(departures(alias, one))
        for part in (_database(alias), _mark(alias, folder), _captures(alias, folder), sealed.changed_rows(alias)):
            damaged += found(part)
        damaged += chain or found(sealed.departures(alias))
        damaged += found(sealed.stray_keys(alias))
        damaged = damaged or found(_derived(alias))
    tables: tuple[Any, ...] = (models.Capture, models.Document, models.Claim, models.Log)
    captures, documents, claims, entries = (_count(model, alias, folder) for model in tables)
    return Verification(captures, documents, claims, entries, tuple(damaged), tuple(since))


def _count(model: Any, alias: str, folder: Path) -> int:  # noqa: ANN401  (a Django model)
    """How many rows a table has; 0 where it cannot be read."""
    try:
        with guarded(folder / DATABASE):
            return int(model.objects.using(alias).count())
    except DamagedRecord:
        return 0


def _told(part: Iterator[str], folder: Path) -> Iterator[str]:
    """What a part finds; its end where it cannot be read on."""
    try:
        with guarded(folder / DATABASE):
            yield from part
    except DamagedRecord as error:
        yield str(error)


def _reach(alias: str, folder: Path) -> Iterator[str]:
    """Where the log ends before the last entry that was written."""
    if lost := log.lost(alias, folder):
        yield lost


def _database(alias: str) -> Iterator[str]:
    """SQLite's own check of its file, and what nobody here ever puts into one: triggers and views act by themselves."""
    from django.apps import apps
    from django.db import connections

    with connections[alias].cursor() as cursor:
        cursor.execute("PRAGMA integrity_check(20)")
        for (line,) in cursor.fetchall():
            if line != "ok":
                yield f"record.sqlite3: {line}"
        cursor.execute("SELECT type, name FROM sqlite_master WHERE type IN ('trigger', 'view') ORDER BY name")
        for kind, name in cursor.fetchall():
            yield f"record.sqlite3: it has a {kind} {name!r}, which khronika did not make"
        for model in apps.get_app_config("record").get_models():
            columns = ", ".join(f'"{model._meta.db_table}"."{c.column}"' for c in model._meta.local_concrete_fields)
            cursor.execute(f'SELECT {columns} FROM "{model._meta.db_table}" LIMIT 1')  # a column less is an error
        cursor.execute("SELECT name, seq FROM sqlite_sequence")
        for name, last in cursor.fetchall():
            if not isinstance(last, int) or not 0 <= last < _MOST:
                yield f"record.sqlite3: {last!r} is no number for the last row of {name}"


def _mark(alias: str, folder: Path) -> Iterator[str]:
    """A `khronika.toml` that is not the one the record began with."""
    from khronika.record.models import Log

    first = Log.objects.using(alias).filter(seq=1).values_list("body", flat=True).first()
    told = load(first or "{}")
    if isinstance(told, dict) and "mark" in told and told["mark"] != hash_of((folder / MARK).read_bytes()):
        yield f"{folder / MARK}: not what was written when the record was made"


def _captures(alias: str, folder: Path) -> Iterator[str]:
    """Captures whose bytes or rows do not hold."""
    from khronika.record.models import Capture

    for row in Capture.objects.using(alias).order_by("seq").iterator(chunk_size=sealed.CHUNK):
        if not fits(row.seal, *append.capture_sealed(row)):
            yield f"capture {row.sha256} ({row.source}): the row was changed"
        try:
            kept(folder, str(row.sha256))
        except DamagedRecord as error:
            yield f"{error} ({row.source})"


def _derived(alias: str) -> Iterator[str]:
    """Derived rows that are not what was derived; a new `khronika read` puts them right."""
    from khronika.record.models import Derivation, Log

    derivation = derived.derivation(alias)
    if derivation is None:
        return
    if Derivation.objects.using(alias).count() != 1:
        yield "more than one row says what people, events and custody were derived of"
    if derivation[0] != BEGINNING and not Log.objects.using(alias).filter(sha256=derivation[0]).exists():
        yield "derived rows (people, events, custody) say that they are derived of a log entry that is not there"
    try:
        holds = derivation[1] == derived.digest_of(alias)
    except (TypeError, ValueError):  # bytes, or half a character
        holds = False
    if not holds:
        yield "derived rows (people, events, custody) were changed by hand; make them anew with `khronika relink`"
