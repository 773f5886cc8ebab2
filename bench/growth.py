"""Ten times the stories: does the time grow ten times, or worse?

Judged by the processor's time: two long runs one after the other seldom meet equal company on a shared machine.
"""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import khronika
from bench.figures import Figure, Stories, best

TIMES = 10


def measure(stories: Stories, folder: Path) -> Iterator[Figure]:
    """Time of ten varied copies of every story over the time of one; 10 is linear."""
    once, tenfold = _varied(stories, folder / "one", 1), _varied(stories, folder / "ten", TIMES)
    one = best(lambda n: _read(once, folder / f"grown-one-{n}"), runs=2)
    ten = best(lambda n: _read(tenfold, folder / f"grown-ten-{n}"), runs=1)
    yield Figure(f"{TIMES} times the stories", ten.processor / one.processor, "x", 1.5 * TIMES, ten.over(one))


def _varied(stories: Stories, into: Path, times: int) -> Path:
    """`times` copies of each story in `into`, no two with the same bytes: a line is added to each."""
    into.mkdir()
    for path in sorted(stories.folder.iterdir()):
        if path.suffix not in {".txt", ".html", ".htm"}:
            continue
        text = path.read_text("utf-8", errors="replace")
        for number in range(times):
            (into / f"{number}-{path.name}").write_text(f"{text}\n\nEdition {number} of this page.\n", "utf-8")
    return into


def _read(folder: Path, record: Path) -> None:
    """Reads the folder into a new record."""
    with khronika.open(record) as opened:
        opened.read([folder])
