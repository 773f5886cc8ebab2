"""`python -m bench.deciding [--editors 50] [--edits 10000] [--stories 200]`: many people deciding at once, while
stories come in and everything is linked anew.

Each editor is a process of its own that looks at a claim, decides about it, naming the version that it saw, and looks
again where somebody was quicker. Told are the decisions acknowledged and those in the record afterwards (they must be
the same), the conflicts, refusals for any other reason (there must be none), and how long a decision took. Exit code 1
where a bar is missed: nothing lost, nothing refused, 99 of 100 decisions within 2 s.
"""

from __future__ import annotations

import argparse
import hashlib
import random
import subprocess
import sys
import tempfile
import time
from collections import Counter
from dataclasses import dataclass
from pathlib import Path

from khronika.errors import ChangedMeanwhile, KhronikaError, RecordBusy, UsageError
from khronika.facts.claims import Claim, Mention, Reading
from khronika.facts.decisions import By
from khronika.facts.documents import Block, BlockKind, Capture, Document, document_id
from khronika.flow import link
from khronika.record import derived
from khronika.record.record import Record, open_record

SLOWEST = 2.0
"""Seconds within which 99 of 100 decisions must be made."""

WHO = ("Aigul Nurlan", "Daniyar Ospan", "Saule Ermek", "Marta Ruiz", "Pavel Novak")


@dataclass(frozen=True, slots=True)
class Outcome:
    """What came of it. `seconds`: of each decision, sorted; `same`: what is derived is what linking anew derives."""

    acknowledged: int
    kept: int
    conflicts: int
    refused: int
    seconds: tuple[float, ...]
    same: bool

    @property
    def slow(self) -> float:
        """The time that 99 of 100 decisions kept to."""
        return self.seconds[int(0.99 * (len(self.seconds) - 1))] if self.seconds else 0.0

    def misses(self) -> list[str]:
        """What is not as it must be."""
        bars = {
            f"{self.acknowledged} acknowledged, {self.kept} in the record": self.acknowledged == self.kept,
            f"{self.refused} refused": not self.refused,
            "what is derived is not what linking anew derives": self.same,
            f"99 of 100 decisions within {self.slow:.2f} s": self.slow <= SLOWEST,
        }
        return [said for said, holds in bars.items() if not holds]


def page(number: int, rng: random.Random) -> tuple[Capture, list[Document], list[Reading]]:
    """A story of two sentences, with its claims."""
    who, day = rng.choice(WHO), rng.randrange(10, 28)
    sentences = [f"Police detained {who} on 2021-06-{day}.", f"The court released {who} on 2021-07-{day}."]
    text = f"Story {number}. " + " ".join(sentences)
    sha = hashlib.sha256(text.encode()).hexdigest()
    document = Document(
        id=document_id(sha, 1), source=f"{number}.txt", part=1, sha256=sha, text=text,
        blocks=(Block(BlockKind.STORY, 0, len(text)),), published=f"2021-07-{day}",
    )  # fmt: skip
    claims = tuple(
        Claim(
            document=document.id, source=document.source, start=text.index(s), end=text.index(s) + len(s), quote=s,
            type=kind, reader="bench 1", targets=(who,), date=s[-11:-1],
        )
        for s, kind in zip(sentences, ("detention", "release"), strict=True)
    )  # fmt: skip
    capture = Capture(source=document.source, sha256=sha, content=text.encode(), media_type="text/plain")
    return (
        capture,
        [document],
        [Reading(document.id, "bench 1", claims, (), (Mention(document.id, who, (who,), "person"),))],
    )


def edit(folder: Path, name: str, edits: int) -> None:
    """One editor: prints a line for each decision (what came of it, seconds)."""
    rng = random.Random(name)
    with open_record(folder) as record:
        claims = [c.id for c in record.view().claims()]
        for _ in range(edits):
            said, took = _decide(record, rng, claims, name)
            print(said, f"{took:.4f}", flush=True)


def _decide(record: Record, rng: random.Random, claims: list[str], name: str) -> tuple[str, float]:
    """One decision, made again in sight of what is there until it is made; with the time of the last attempt."""
    claim, conflicts = rng.choice(claims), 0
    while True:
        by = By(name, f"reason {rng.randrange(10**9)}", (record.shown(claim).version,))
        began = time.monotonic()
        try:
            match rng.randrange(4):
                case 0:
                    record.confirm(claim, by)
                case 1:
                    record.reject(claim, by)
                case 2:
                    record.set_view(claim, rng.choice(("public", "partner", "private")), by)
                case _:
                    record.correct(claim, "date", f"2021-06-{rng.randrange(10, 28)}", by)
        except ChangedMeanwhile:
            conflicts += 1
            continue
        except UsageError as error:
            if isinstance(error, RecordBusy) or "says so already" not in str(error):
                return f"refused-{type(error).__name__} {conflicts}", time.monotonic() - began
            continue
        except KhronikaError as error:
            return f"refused-{type(error).__name__} {conflicts}", time.monotonic() - began
        return f"done {conflicts}", time.monotonic() - began


def read_on(folder: Path) -> None:
    """Adds stories, and links what is new or everything, until the editors are done."""
    rng, number = random.Random(1), 10_000
    with open_record(folder) as record:
        print("ready", flush=True)
        while not _told_to_stop(folder):
            for _ in range(5):
                number += 1
                record.append(*page(number, rng))
            link(record, anew=number % 4 == 0)


def _told_to_stop(folder: Path) -> bool:
    """Whether the editors are done."""
    return (folder.parent / "done").exists()


def run(folder: Path, editors: int, edits: int, stories: int) -> Outcome:
    """All of it, in the folder, which must be empty."""
    rng = random.Random(0)
    with open_record(folder / "record", create=True) as record:
        for number in range(stories):
            record.append(*page(number, rng))
        link(record)
    call = [sys.executable, "-m", "bench.deciding", "--in", str(folder / "record")]
    reader = subprocess.Popen([*call, "--read-on"], stdout=subprocess.PIPE, text=True)
    each = [edits // editors + (at < edits % editors) for at in range(editors)]
    desks = [
        subprocess.Popen([*call, "--name", f"editor {at}", "--edits", str(n)], stdout=subprocess.PIPE, text=True)
        for at, n in enumerate(each)
    ]
    lines = [line.split() for desk in desks for line in desk.communicate()[0].splitlines()]
    (folder / "done").touch()
    reader.communicate()
    told = Counter(line[0] for line in lines)
    with open_record(folder / "record") as record:
        link(record)
        now = [*derived.dump(record.alias)]
        link(record, anew=True)
        record.verify()
        return Outcome(
            acknowledged=told["done"],
            kept=len(record.decisions()),
            conflicts=sum(int(line[1]) for line in lines),
            refused=sum(n for said, n in told.items() if said != "done") + (edits - len(lines)),
            seconds=tuple(sorted(float(line[2]) for line in lines)),
            same=now == [*derived.dump(record.alias)],
        )


def main() -> int:
    """Measures, prints, and gives the exit code."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--editors", type=int, default=50)
    parser.add_argument("--edits", type=int, default=10_000)
    parser.add_argument("--stories", type=int, default=200)
    parser.add_argument("--in", dest="folder", type=Path, help=argparse.SUPPRESS)
    parser.add_argument("--name", help=argparse.SUPPRESS)
    parser.add_argument("--read-on", action="store_true", help=argparse.SUPPRESS)
    given = parser.parse_args()
    if given.folder and given.read_on:
        read_on(given.folder)
        return 0
    if given.folder:
        edit(given.folder, given.name, given.edits)
        return 0
    with tempfile.TemporaryDirectory() as folder:
        found = run(Path(folder), given.editors, given.edits, given.stories)
    print(f"{found.acknowledged:,} decisions acknowledged, {found.kept:,} in the record, {found.conflicts:,} conflicts")
    half = found.seconds[len(found.seconds) // 2]
    print(f"{found.refused:,} refused; half within {half:.3f} s, 99 of 100 within {found.slow:.3f} s")
    for said in found.misses():
        print(f"MISSED: {said}")
    return bool(found.misses())


if __name__ == "__main__":
    sys.exit(main())
