"""Which gold claim and which claim of the other side are the same reading of the same passage."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence

from khronika.evaluate.sides import Annotation
from khronika.evaluate.values import FIELDS, agrees, same_passage, shared, values_of

Pair = tuple[Annotation, Annotation]

_TARGETS_WEIGH = 3
"""Whom it was done to tells two claims of one sentence apart ("fined X and Y, respectively"), so it weighs most."""
_SAME_DOCUMENT = 0.5
"""Breaks a tie between two parts of one page that share a sentence."""


def pair(gold: Sequence[Annotation], system: Sequence[Annotation]) -> list[Pair]:
    """Pairs one to one: both from the same page, of the same kind, from the same passage.

    Where several would do, the pair that shares most values goes first, then the earlier gold claim.
    """
    alike: dict[tuple[str, str], list[int]] = defaultdict(list)
    for at, other in enumerate(system):
        alike[other.story[0], other.claim.type].append(at)
    candidates = [
        (-_closeness(one, system[at]), gold_at, at)
        for gold_at, one in enumerate(gold)
        for at in alike[one.story[0], one.claim.type]
        if same_passage(one.claim.quote, system[at].claim.quote)
    ]
    pairs: list[Pair] = []
    taken_gold: set[int] = set()
    taken: set[int] = set()
    for _, gold_at, at in sorted(candidates):
        if gold_at not in taken_gold and at not in taken:
            taken_gold.add(gold_at)
            taken.add(at)
            pairs.append((gold[gold_at], system[at]))
    return pairs


def _closeness(gold: Annotation, system: Annotation) -> float:
    """How much two candidates share, for ranking only."""
    total = sum((_TARGETS_WEIGH if f == "targets" else 1) * shared(f, gold.claim, system.claim) for f in FIELDS)
    same_document = bool(gold.claim.document) and gold.claim.document == system.claim.document
    return total + (_SAME_DOCUMENT if same_document else 0)


def is_whole(gold: Annotation, system: Annotation) -> bool:
    """Whether a documenter could take the claim as it stands: targets, status, penalties right, and the date where gold
    has one."""
    needed = ["targets", "status", "penalties"] + (["date"] if values_of(gold.claim, "date") else [])
    return all(agrees(field, gold.claim, system.claim) for field in needed)
