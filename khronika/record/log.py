"""The log: every act that changes the append-only part, each entry chained to the one before it by SHA-256.

An entry is written in the transaction of the act itself, so that one is never there without the other.
"""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from khronika.record.seal import BEGINNING, canonical, seal


@dataclass(frozen=True, slots=True)
class Entry:
    """One entry: `act` is "created", "run", "append", "second", "failure" or "cleared"; `body` says what was done."""

    seq: int
    at: str
    act: str
    body: dict[str, Any]
    previous: str
    sha256: str


def head(alias: str) -> str:
    """The last entry's hash."""
    from khronika.record.models import Log

    last = Log.objects.using(alias).order_by("-seq").values_list("sha256", flat=True).first()
    return str(last) if last else BEGINNING


def is_empty(alias: str) -> bool:
    """Whether there is no entry: a record always has its beginning."""
    return head(alias) == BEGINNING


def write(alias: str, act: str, at: str, body: dict[str, Any]) -> str:
    """Appends an entry; gives its hash. To be called inside the act's transaction."""
    from khronika.record.models import Log

    previous = head(alias)
    text = canonical(body)
    sha256 = seal(previous, at, act, text)
    Log.objects.using(alias).create(at=at, act=act, body=text, previous=previous, sha256=sha256)
    return sha256


def entries(alias: str, after: str = BEGINNING) -> Iterator[Entry]:
    """The entries after the one with this hash, oldest first; every entry where there is no such one."""
    from khronika.record.models import Log

    reached = Log.objects.using(alias).filter(sha256=after).values_list("seq", flat=True).first() or 0
    for row in Log.objects.using(alias).filter(seq__gt=reached).order_by("seq").iterator(chunk_size=1000):
        yield Entry(row.seq, row.at, row.act, json.loads(row.body), row.previous, row.sha256)


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
        if seal(row.previous, row.at, row.act, row.body) != row.sha256:
            yield f"log entry {row.seq} was changed"
        previous = row.sha256
    if not number:
        yield "the log is empty"
