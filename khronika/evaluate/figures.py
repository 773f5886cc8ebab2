"""The figures: precision, recall, F1, and their clustering kin."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Hashable, Iterable, Sequence
from dataclasses import dataclass
from typing import Any

from khronika.evaluate.values import bare


@dataclass(frozen=True, slots=True)
class Score:
    """How much of `system` is right and how much of `gold` is found.

    `hits`: items that both have; `system`, `gold`: items in all. `paired`: of the items that gold has in claims which
    were found at all, the part that is right (0-1; None: does not apply).
    """

    hits: int
    system: int
    gold: int
    paired: float | None = None

    @property
    def precision(self) -> float:
        """The part of the system's items that is right. Nothing said where there is nothing to say is right."""
        if not self.system:
            return 0.0 if self.gold else 1.0
        return self.hits / self.system

    @property
    def recall(self) -> float:
        """The part of the gold items that is found; 1 where there are none."""
        return self.hits / self.gold if self.gold else 1.0

    @property
    def f1(self) -> float:
        """The harmonic mean of precision and recall."""
        return harmonic(self.precision, self.recall)

    def to_json(self) -> dict[str, Any]:
        """The figures, rounded to three places."""
        out: dict[str, Any] = {"p": round(self.precision, 3), "r": round(self.recall, 3), "f1": round(self.f1, 3)}
        out |= {"gold": self.gold, "system": self.system}
        return out if self.paired is None else out | {"right_when_paired": round(self.paired, 3)}


@dataclass(frozen=True, slots=True)
class Cubed:
    """B-cubed precision and recall of a clustering (Bagga and Baldwin 1998): the mean over items."""

    precision: float
    recall: float

    @property
    def f1(self) -> float:
        """The harmonic mean of precision and recall."""
        return harmonic(self.precision, self.recall)

    def to_json(self) -> dict[str, float]:
        """The figures, rounded to three places."""
        return {"p": round(self.precision, 3), "r": round(self.recall, 3), "f1": round(self.f1, 3)}


def harmonic(a: float, b: float) -> float:
    """The harmonic mean; 0 where both are 0."""
    return 2 * a * b / (a + b) if a + b else 0.0


def pairwise(items: Iterable[tuple[Hashable, Hashable]]) -> Score:
    """Over pairs of items: those that share a cluster on both sides, on the system's, on gold's.

    Parameters: `items`, for each item its gold cluster and its system cluster.
    """
    each = list(items)
    both, gold, system = Counter(each), Counter(g for g, _ in each), Counter(s for _, s in each)
    return Score(_pairs(both), _pairs(system), _pairs(gold))


def _pairs(sizes: Counter[Any]) -> int:
    """How many pairs clusters of these sizes hold."""
    return sum(n * (n - 1) // 2 for n in sizes.values())


def people(gold: Sequence[Sequence[str]], system: Sequence[Sequence[str]]) -> tuple[Score, Cubed]:
    """Which written forms of names were found, and whether they were put together as the same people.

    Parameters: `gold`, `system`: per person all written forms. A form that several people have counts for the first.
    """
    ours, theirs = _clusters(gold), _clusters(system)
    common = [form for form in ours if form in theirs]
    by_gold: dict[int, set[str]] = defaultdict(set)
    by_system: dict[int, set[str]] = defaultdict(set)
    for form in common:
        by_gold[ours[form]].add(form)
        by_system[theirs[form]].add(form)
    precision = recall = 0.0
    for form in common:
        together = len(by_gold[ours[form]] & by_system[theirs[form]])
        precision += together / len(by_system[theirs[form]])
        recall += together / len(by_gold[ours[form]])
    count = len(common) or 1
    return Score(len(common), len(theirs), len(ours)), Cubed(precision / count, recall / count)


def _clusters(people: Sequence[Sequence[str]]) -> dict[str, int]:
    """Each written form, bare, with the number of the first person who has it."""
    out: dict[str, int] = {}
    for number, forms in enumerate(people):
        for form in forms:
            out.setdefault(bare(form), number)
    return out
