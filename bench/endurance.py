"""`python -m bench.endurance [--stories N] [--words W]`: whether memory stays flat while one process reads story after
story.

The texts are the mixture of `bench/mixture.py`, over and over, each cut to its first W words (a story too short to be
judged by its words is always read); each round every name in them is another, so that whatever is remembered of words
and names would grow if it were not bounded. Prints the resident memory at intervals.
Exit code 1 where the last quarter's mean is more than `GROWTH` over that of the second quarter (in the first, caches
fill).
"""

from __future__ import annotations

import argparse
import re
import sys
from collections.abc import Iterator
from dataclasses import replace
from itertools import count, islice
from pathlib import Path
from time import process_time

from bench.__main__ import stories
from bench.mixture import mixture, on_rights
from khronika.facts.documents import Document
from khronika.read.reader import load_reader
from khronika.settings import Settings

GROWTH = 1.03
READINGS = 40
"""How often memory is looked at in a run."""
_NAME = re.compile(r"\b([A-Z][a-z]{2,})([a-z])\b")


def renamed(document: Document, turn: int) -> Document:
    """The document with another letter in the names, by the turn; as long as it was."""
    letters = "abcdefghijklmnoprstuvyz"

    def other(found: re.Match[str]) -> str:
        word = found[1]
        at, shift = turn % len(word), turn // len(word)
        return word[:at] + _like(word[at], letters[(ord(word[at]) + shift) % len(letters)]) + word[at + 1 :] + found[2]

    return replace(document, text=_NAME.sub(other, document.text))


def _like(old: str, new: str) -> str:
    return new.upper() if old.isupper() else new


def resident() -> float:
    """Megabytes of the process in memory (Linux: proc(5))."""
    pages = int(Path("/proc/self/statm").read_text().split()[1])
    return pages * 4096 / 1e6


def cut(document: Document, words: int) -> Document:
    """The document up to the end of so many words."""
    ends = [found.end() for found in islice(re.finditer(r"\S+", document.text), words)]
    end = ends[-1] if ends else 0
    blocks = tuple(replace(b, end=min(b.end, end)) for b in document.blocks if b.start < end)
    return replace(document, text=document.text[:end], blocks=blocks, dateline_span=None)


def run(number: int, words: int) -> Iterator[tuple[int, float, float]]:
    """Reads so many stories; yields how many so far, megabytes, and processor seconds."""
    reader = load_reader(Settings())
    documents = [cut(d, words) for d in mixture(on_rights(stories(), Settings()), Settings())]
    started, every = process_time(), max(1, number // READINGS)
    for n in count(1):
        turn, which = divmod(n - 1, len(documents))
        reader.read(renamed(documents[which], turn))
        if n % every == 0:
            yield n, resident(), process_time() - started
        if n >= number:
            return


def main() -> int:
    """Prints a line at each interval, and the verdict."""
    options = argparse.ArgumentParser(description=__doc__)
    options.add_argument("--stories", type=int, default=100_000, metavar="N")
    options.add_argument("--words", type=int, default=1000, metavar="W")
    given = options.parse_args()
    held: list[float] = []
    for n, megabytes, seconds in run(given.stories, given.words):
        held.append(megabytes)
        print(f"{n:8,} stories  {megabytes:7.1f} MB  {n / seconds:5.1f} stories/s of processor time", flush=True)
    quarter = max(1, len(held) // 4)
    second, last = held[quarter : 2 * quarter] or held, held[-quarter:]
    grown = sum(last) / len(last) / (sum(second) / len(second))
    print(f"last quarter / second quarter: {grown:.3f} (at most {GROWTH})")
    return int(grown > GROWTH)


if __name__ == "__main__":
    sys.exit(main())
