"""Runs that are killed at random moments (SIGKILL), and what the next program finds.

Used by the tests with a few kills and by `make torture` with many. Each run is a process of its own that shares nothing
with this one but its imports; what it was told to be saved comes through a pipe before it is killed.
"""

from __future__ import annotations

import os
import random
import select
import shutil
import signal
import sqlite3
import time
from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path

from khronika import flow
from khronika.facts.documents import Capture
from khronika.record import derived
from khronika.record.append import Appended
from khronika.record.backup import restore
from khronika.record.record import open_record
from tests import stories

NAMES = ("Aigul Nurlan", "Daniyar Ospan", "Saule Akhmet", "Temir Bolat")
TOLD = "Police detained {} on 2021-06-{:02d}. A court sentenced {} on 2021-07-{:02d} to 15 days in jail. Edition {}."
USABLE_S = 2.0
"""Seconds in which the record must open and answer after a kill (R1)."""


@dataclass
class Toll:
    """What a number of kills came to: `killed` runs, `early` ones that were done before; `lost` acknowledged writes,
    `wrong` whatever else did not hold; `slowest` first answer afterwards, in seconds."""

    killed: int = 0
    early: int = 0
    acknowledged: int = 0
    lost: list[str] = field(default_factory=list)
    wrong: list[str] = field(default_factory=list)
    slowest: float = 0.0


class Place:
    """A record of a dozen stories, news to read into it, and what it must be like once that is done."""

    def __init__(self, folder: Path) -> None:
        self.folder, self.base, self.news = folder, folder / "base", folder / "news"
        self.news.mkdir(parents=True)
        old = folder / "old"
        old.mkdir()
        for number in range(24):
            who = NAMES[number % 4]
            text = TOLD.format(who, 1 + number % 28, who, 1 + number % 28, number)
            ((old if number < 12 else self.news) / f"{number}.txt").write_text(text)
        self.read(self.base, old)
        shutil.copytree(self.base, folder / "reference")
        self.read(folder / "reference", self.news)
        self.before, self.after = self.derived(self.base), self.derived(folder / "reference")

    def read(self, record: Path, news: Path, told: Callable[[str], None] = lambda source: None) -> None:
        """Reads the news; `told` hears of each page that the record says it has kept."""
        with _Telling(record, told) as opened:
            flow.read([news], opened, flow.Options(reader=stories.WordReader()))

    def derived(self, record: Path) -> list[str]:
        """Everything that was derived, as lines."""
        with open_record(record) as opened:
            return [*derived.dump(opened.alias)]


class _Telling(flow.Record):
    """A record that tells when a page is kept."""

    def __init__(self, path: Path, told: Callable[[str], None]) -> None:
        super().__init__(path)
        self._told = told

    def append(self, capture: Capture, *more: object) -> Appended:  # type: ignore[override]
        added = super().append(capture, *more)  # type: ignore[arg-type]
        self._told(capture.sha256)
        return added


def _reading(place: Place, record: Path, told: Callable[[str], None]) -> None:
    place.read(record, place.news, told)


def _relinking(place: Place, record: Path, told: Callable[[str], None]) -> None:
    with open_record(record) as opened:
        flow.link(opened, anew=True)


def _exporting(place: Place, record: Path, told: Callable[[str], None]) -> None:
    with flow.Record(record) as opened:
        opened.export(record.parent / "export")


def _backing_up(place: Place, record: Path, told: Callable[[str], None]) -> None:
    with open_record(record) as opened:
        opened.backup(record.parent / "backup.tar")
    told("backup.tar")


RUNS = {"read": _reading, "relink": _relinking, "export": _exporting, "backup": _backing_up}


def kill(place: Place, what: str, times: int, chosen: random.Random) -> Toll:
    """Kills a run so many times, each in a copy of the record, at a random moment of the time that it takes."""
    toll, run = Toll(), RUNS[what]
    began = time.monotonic()
    for number in range(2):
        scratch = _scratch(place, f"{what}-whole-{number}")
        began = time.monotonic()
        _forked(lambda told: run(place, scratch, told), None)  # noqa: B023  (called before the next one)
    lasts = time.monotonic() - began
    for number in range(times):
        record = _scratch(place, f"{what}-{number}")
        told, killed = _forked(lambda told: run(place, record, told), chosen.uniform(0, lasts))  # noqa: B023
        toll.killed += killed
        toll.early += not killed
        toll.acknowledged += len(told)
        judge(place, what, record, told, toll)
        shutil.rmtree(record.parent)
    return toll


def _scratch(place: Place, name: str) -> Path:
    """A copy of the record, alone in a folder."""
    return Path(shutil.copytree(place.base, place.folder / name / "record"))


def _forked(run: Callable[[Callable[[str], None]], None], after: float | None) -> tuple[list[str], bool]:
    """Runs in a process of its own, killed `after` seconds; what it told, and whether it was killed."""
    hears, says = os.pipe()
    child = os.fork()
    if not child:
        code = 1
        try:
            os.close(hears)
            run(lambda line: os.write(says, f"{line}\n".encode()) and None)
            code = 0
        finally:
            os._exit(code)
    os.close(says)
    heard, end = b"", None if after is None else time.monotonic() + after
    while True:
        left = None if end is None else max(0.0, end - time.monotonic())
        if not select.select([hears], [], [], left)[0]:
            os.kill(child, signal.SIGKILL)
            end = None
            continue
        if not (chunk := os.read(hears, 65536)):
            break
        heard += chunk
    os.close(hears)
    _, status = os.waitpid(child, 0)
    if os.WIFEXITED(status) and os.WEXITSTATUS(status):
        raise AssertionError("the run failed by itself")
    return heard.decode().splitlines(), os.WIFSIGNALED(status)


def judge(place: Place, what: str, record: Path, told: list[str], toll: Toll) -> None:
    """What the next program finds: it answers soon, has all that was told as kept, nothing by halves, and completes
    what was begun to the same as if nothing had happened."""
    name = record.parent.name
    began = time.monotonic()
    with open_record(record) as opened:
        opened.people()
        toll.slowest = max(toll.slowest, time.monotonic() - began)
        found = opened.check()
        toll.wrong += [f"{name}: {line}" for line in found.damaged]
        kept = set(_captures(record))
        toll.lost += [f"{name}: {sha256}" for sha256 in told if what == "read" and sha256 not in kept]
    if what == "backup" and (record.parent / "backup.tar").exists():
        restore(record.parent / "backup.tar", record.parent / "back")
    elif what == "backup" and told:
        toll.lost.append(f"{name}: the backup")
    if what == "backup":
        (record.parent / "backup.tar").unlink(missing_ok=True)
    RUNS[what](place, record, lambda line: None)
    if place.derived(record) != (place.after if what == "read" else place.before):
        toll.wrong.append(f"{name}: done once more, it is not what it would have been")
    with open_record(record) as opened:
        toll.wrong += [f"{name}, done once more: {line}" for line in opened.check().damaged]
    if left := [path.name for path in record.glob(".backup-*")]:
        toll.wrong.append(f"{name}: {left[0]} is left")


def _captures(record: Path) -> list[str]:
    """The pages that the record has."""
    database = sqlite3.connect(record / "record.sqlite3")
    try:
        return [sha256 for (sha256,) in database.execute("SELECT sha256 FROM capture")]
    finally:
        database.close()
