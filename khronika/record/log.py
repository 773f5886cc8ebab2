"""The log: every act that changes the append-only part, each entry chained to the one before it by SHA-256.

An entry is written in the transaction of the act itself, so that one is never there without the other.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from typing import Any

from khronika.record import reach
from khronika.record.rows import load
from khronika.record.seal import BEGINNING, canonical, fits, seal
from khronika.record.setup import folder_of


@dataclass(frozen=True, slots=True)
class Entry:
    """One entry: `act` is "created", "migrated", "run", "append", "second", "decision", "failure" or "cleared";
    `body` says what was done."""

    seq: int
    at: str
    act: str
    body: dict[str, Any]
    previous: str
    sha256: str


def head(alias: str) -> str:
    """The last entry's hash."""
    return reached(alias)[1]


def reached(alias: str) -> tuple[int, str]:
    """How far the log reaches: the last entry's number and hash; 0 and the beginning where there is none."""
    from khronika.record.models import Log

    last = Log.objects.using(alias).order_by("-seq").values_list("seq", "sha256").first()
    return (int(last[0]), str(last[1])) if last else (0, BEGINNING)


def hash_at(alias: str, number: int) -> str | None:
    """The hash of the entry of this number, from 1 on; None where there is none."""
    from khronika.record.models import Log

    return Log.objects.using(alias).filter(seq=number).values_list("sha256", flat=True).first()


def _entry(row: Any) -> Entry:  # noqa: ANN401  (a models.Log)
    """A row as an entry."""
    return Entry(row.seq, row.at, row.act, load(row.body), row.previous, row.sha256)


def is_empty(alias: str) -> bool:
    """Whether there is no entry: a record always has its beginning."""
    return head(alias) == BEGINNING


def write(alias: str, act: str, at: str, body: dict[str, Any]) -> str:
    """Appends an entry; gives its hash. To be called inside the act's transaction.

    Once that is committed, how far the log reaches is written beside the database too (`reach.py`).
    """
    from django.db import transaction

    from khronika.record.models import Log

    number, previous = reached(alias)
    text = canonical(body)
    sha256 = seal(previous, at, act, text)
    Log.objects.using(alias).create(seq=number + 1, at=at, act=act, body=text, previous=previous, sha256=sha256)
    transaction.on_commit(partial(reach.note, folder_of(alias), number + 1, sha256), using=alias)
    return sha256


def lost(alias: str, folder: Path) -> str:
    """What is gone from the end of the log, as far as its reach was noted; "" where nothing is.

    Raises DamagedRecord where the note cannot be read.
    """
    noted = reach.noted(folder)
    if noted is None or hash_at(alias, noted[0]) == noted[1]:
        return ""
    ends, _ = reached(alias)
    if ends < noted[0]:
        return f"the log ends with entry {ends:,}, but {noted[0]:,} were written: the end of the record is lost"
    return f"log entry {noted[0]} is not the one that was written: this is another database, or it was changed"


def entries(alias: str, after: str = BEGINNING) -> Iterator[Entry]:
    """The entries after the one with this hash, oldest first; every entry where there is no such one."""
    from khronika.record.models import Log

    reached = Log.objects.using(alias).filter(sha256=after).values_list("seq", flat=True).first() or 0
    for row in Log.objects.using(alias).filter(seq__gt=reached).order_by("seq").iterator(chunk_size=1000):
        yield _entry(row)


def breaks(alias: str) -> Iterator[str]:
    """What is wrong with the chain, one sentence for each entry that does not hold."""
    from khronika.record.models import Log

    previous, number = BEGINNING, 0
    for row in Log.objects.using(alias).order_by("seq").iterator(chunk_size=1000):
        number += 1
        if row.seq != number:
            yield f"log entry {number} is missing"
            number = row.seq
        if row.previous != previous:
            yield f"log entry {row.seq} does not follow the entry before it"
        if not fits(row.sha256, row.previous, row.at, row.act, row.body):
            yield f"log entry {row.seq} was changed"
        previous = row.sha256
    if not number:
        yield "the log is empty"
