"""Clusters against the truth: B-cubed and pairwise figures, as in the coreference and record-linkage literature.

B-cubed: Bagga and Baldwin (1998). Pairwise: over all pairs of items that one side puts together.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Hashable, Iterable
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Score:
    """Precision, recall and their F1."""

    precision: float
    recall: float

    @property
    def f1(self) -> float:
        """Harmonic mean."""
        both = self.precision + self.recall
        return 2 * self.precision * self.recall / both if both else 0.0

    def to_json(self) -> dict[str, float]:
        """The three, to four digits."""
        return {"precision": round(self.precision, 4), "recall": round(self.recall, 4), "f1": round(self.f1, 4)}


@dataclass(frozen=True, slots=True)
class Clusters:
    """Both figures of one clustering."""

    b_cubed: Score
    pairwise: Score
    items: int
    true: int
    found: int

    def to_json(self) -> dict[str, object]:
        """As an object."""
        return {"b_cubed": self.b_cubed.to_json(), "pairwise": self.pairwise.to_json(), "items": self.items,
                "true": self.true, "found": self.found}  # fmt: skip


def compare(items: Iterable[tuple[Hashable, Hashable]]) -> Clusters:
    """The figures over items given as (true cluster, found cluster)."""
    cells = Counter(items)
    true: Counter[Hashable] = Counter()
    found: Counter[Hashable] = Counter()
    for (t, f), n in cells.items():
        true[t] += n
        found[f] += n
    total = sum(true.values())
    right = sum(n * (n - 1) // 2 for n in cells.values())
    made, there = (sum(n * (n - 1) // 2 for n in side.values()) for side in (found, true))
    b_cubed = Score(
        sum(n * n / found[f] for (_, f), n in cells.items()) / total if total else 1.0,
        sum(n * n / true[t] for (t, _), n in cells.items()) / total if total else 1.0,
    )
    return Clusters(
        b_cubed, Score(right / made if made else 1.0, right / there if there else 1.0), total, len(true), len(found)
    )
