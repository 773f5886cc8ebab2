"""What the checks on other people's annotated sets share: the part that is set apart, counts, and how a score is shown.

A set is cut in three by a hash. Two thirds are *visible*: their errors may be looked at. One third is *apart*: only its
scores are ever printed, so that a rule written for the visible part alone shows.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path

SHARED = Path(__file__).parent.parent.parent / "shared" / "data"
"""Where the project's companion folder keeps the sets; they are not part of the project."""
PARTS = 3
MONTHS = (
    "January", "February", "March", "April", "May", "June", "July", "August", "September", "October", "November",
    "December",
)  # fmt: skip


def is_apart(key: str) -> bool:
    """Whether what this text identifies is in the third that nobody looks at: its SHA-256 as a number divides by 3."""
    return int(hashlib.sha256(key.encode("utf-8")).hexdigest(), 16) % PARTS == 0


@dataclass(slots=True)
class Tally:
    """How many were right, read and wanted."""

    right: int = 0
    read: int = 0
    wanted: int = 0

    def add(self, read: frozenset[str], wanted: frozenset[str]) -> None:
        """Counts one document's answers against what is wanted."""
        self.right += len(read & wanted)
        self.read += len(read)
        self.wanted += len(wanted)

    @property
    def precision(self) -> float:
        """Share of what was read that is right; 0 where nothing was read."""
        return self.right / self.read if self.read else 0.0

    @property
    def recall(self) -> float:
        """Share of what is wanted that was read; 0 where nothing is wanted."""
        return self.right / self.wanted if self.wanted else 0.0

    @property
    def f1(self) -> float:
        """Harmonic mean of both."""
        return 2 * self.right / (self.read + self.wanted) if self.read + self.wanted else 0.0


def share(rights: Iterable[bool]) -> float:
    """The part of the answers that is right; 0 of none."""
    answers = [*rights]
    return sum(answers) / len(answers) if answers else 0.0


@dataclass(frozen=True, slots=True)
class Score:
    """One line of a report: a name, a value for each column, and what the third set apart must reach at least."""

    name: str
    values: tuple[float, ...]
    bar: float | None = None


def table(title: str, columns: Sequence[str], scores: Iterable[Score], judged: int) -> tuple[list[str], bool]:
    """The lines of a report, and whether the column `judged` is below a bar somewhere."""
    lines = [f"{title:<38}" + "".join(f"{c:>10}" for c in columns) + f"{'at least':>10}"]
    broken = False
    for score in scores:
        below = score.bar is not None and score.values[judged] < score.bar
        bar = "" if score.bar is None else f"{score.bar:10.2f}{' BELOW' if below else ''}"
        lines.append(f"{score.name:<38}" + "".join(f"{v:10.3f}" for v in score.values) + bar)
        broken |= below
    return lines, broken
