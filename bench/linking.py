"""`python -m bench.linking [--stories N] [--seed S]`: linking in a record on disk, on a synthetic country.

The stories of `bench.world` are appended with their claims, unread, so that linking alone is measured: all at once, as
`khronika relink` does; then one story after the other, as they come in. Beside it, in the same run, the bare limit: the
same rows inserted into SQLite without linking. Exit code 1 where a bar of the design is missed.
"""

from __future__ import annotations

import argparse
import hashlib
import json
import resource
import sys
import tempfile
import time
from collections import defaultdict
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, replace
from functools import partial
from pathlib import Path
from statistics import median

from bench.world.harness import View, build
from bench.world.knobs import Size
from khronika.facts.claims import Reading
from khronika.facts.documents import Capture, Document
from khronika.link.update import update
from khronika.record.record import Record, open_record

ONE_BY_ONE = 50
"""Stories that come in singly once the others are linked."""

ADD_MS, STATUS_MS = 200.0, 50.0
ALL_SECONDS, STORIES = 15 * 60, 100_000
MEMORY_MB = 2048


@dataclass(frozen=True, slots=True)
class Measured:
    """What linking took. Times in seconds, memory as peak resident set in MB."""

    stories: int
    claims: int
    append: float
    link: float
    one: tuple[float, ...]
    status: tuple[float, ...]
    memory: float
    disk: float

    def misses(self) -> list[str]:
        """Bars of the design that are missed, scaled to the number of stories where they speak of 100,000."""
        worst = sorted(self.one)[int(0.95 * len(self.one))] if self.one else 0.0
        bars = {
            f"all of it: {self.link:.0f} s": self.link <= ALL_SECONDS * self.stories / STORIES,
            f"one story: {1000 * worst:.0f} ms": 1000 * worst <= ADD_MS,
            f"status: {1000 * max(self.status, default=0.0):.0f} ms": 1000 * max(self.status, default=0) <= STATUS_MS,
            f"memory: {self.memory:.0f} MB": self.memory <= MEMORY_MB,
        }
        return [bar for bar, kept in bars.items() if not kept]


def measure(stories: int, seed: int, folder: Path) -> Measured:
    """Appends the stories of the country to a record in the folder, links them, then the last ones singly."""
    view, _ = build(Size(stories + ONE_BY_ONE, seed))
    parts = _parts(view)
    with open_record(folder / "record", create=True) as record:
        append = _timed(lambda: _append(record, parts[:stories]))
        link = _timed(lambda: record.derive(update))
        one = [_timed(partial(_take, record, part)) for part in parts[stories:]]
        people = record.people()
        asked = people[:: max(1, len(people) // 50)]
        status = [_timed(partial(_ask, record, person.id)) for person in asked]
        claims = sum(len(reading.claims) for _, reading in parts[:stories])
    memory = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    disk = sum(f.stat().st_size for f in folder.rglob("*") if f.is_file()) / 1e6
    return Measured(stories, claims, append, link, tuple(one), tuple(status), memory, disk)


def _parts(view: View) -> list[tuple[Document, Reading]]:
    """Each document with what is in it."""
    told: dict[str, dict[str, list[object]]] = defaultdict(lambda: defaultdict(list))
    several: Iterable[tuple[str, Iterable[object]]] = (
        ("claims", view.claims()),
        ("mentions", view.mentions()),
        ("relations", view.relations()),
    )
    for name, values in several:
        for value in values:
            told[value.document][name].append(value)  # type: ignore[attr-defined]
    return [
        (d, Reading(document=d.id, reader="world 1", **{k: tuple(v) for k, v in told[d.id].items()}))  # type: ignore[arg-type]
        for d in view.documents()
    ]


def _append(record: Record, parts: Sequence[tuple[Document, Reading]]) -> None:
    """The stories, unlinked."""
    with record.writing():
        for document, reading in parts:
            content = f"{document.source}\n{document.text}".encode()
            sha256 = hashlib.sha256(content).hexdigest()
            capture = Capture(source=document.source, sha256=sha256, content=content, media_type="text/plain")
            record.append(capture, [replace(document, sha256=sha256)], [reading])


def _take(record: Record, part: tuple[Document, Reading]) -> None:
    """One story, linked."""
    _append(record, [part])
    record.derive(update)


def _ask(record: Record, person: str) -> None:
    """Where the person is."""
    record.case(person).status(on="2020-01-01")


def _timed(call: Callable[[], object]) -> float:
    """Seconds of processor time of a call."""
    began = time.process_time()
    call()
    return time.process_time() - began


def main() -> int:
    """Measures, prints, judges."""
    parser = argparse.ArgumentParser(description="Linking in a record on disk, on a synthetic country.")
    parser.add_argument("--stories", type=int, default=1000)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--json", action="store_true")
    given = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        found = measure(given.stories, given.seed, Path(folder))
    one, status = sorted(found.one), sorted(found.status)
    figures = {
        "stories": found.stories,
        "claims": found.claims,
        "append_seconds": round(found.append, 1),
        "link_seconds": round(found.link, 1),
        "link_over_append": round(found.link / found.append, 2),
        "one_story_ms": [round(1000 * x) for x in (median(one), one[int(0.95 * len(one))], one[-1])],
        "status_ms": [round(1000 * x) for x in (median(status), status[-1])],
        "memory_mb": round(found.memory),
        "disk_mb": round(found.disk),
    }
    if given.json:
        print(json.dumps(figures))
    else:
        for name, value in figures.items():
            print(f"{name:18} {value}")
    for miss in found.misses():
        print(f"BELOW THE BAR: {miss}")
    return 1 if found.misses() else 0


if __name__ == "__main__":
    sys.exit(main())
