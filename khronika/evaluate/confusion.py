"""Which kind was read where gold has another one: of passages that both sides found, and of those that one did."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Sequence
from typing import NamedTuple

from khronika.evaluate.pairing import Pair
from khronika.evaluate.sides import Annotation
from khronika.evaluate.values import FIELDS, same_passage, shared


class Confused(NamedTuple):
    """How often a claim of kind `gold` was read as kind `read`; None: that side has nothing at the passage."""

    gold: str | None
    read: str | None
    times: int


def confusion(
    pairs: Sequence[Pair], missed: Sequence[Annotation], made_up: Sequence[Annotation]
) -> tuple[Confused, ...]:
    """The confusion of kinds, most frequent first; pairs of one kind are its diagonal.

    Parameters: `pairs`: same kind and passage; `missed`, `made_up`: the claims without a partner. Two of those that
    speak of one passage are put together one to one, those first that share most values.
    """
    by_page: dict[str, list[int]] = defaultdict(list)
    for at, other in enumerate(made_up):
        by_page[other.story[0]].append(at)
    candidates = [
        (-sum(shared(field, one.claim, made_up[at].claim) for field in FIELDS), number, at)
        for number, one in enumerate(missed)
        for at in by_page[one.story[0]]
        if same_passage(one.claim.quote, made_up[at].claim.quote)
    ]
    partner: dict[int, int] = {}
    taken: set[int] = set()
    for _, number, at in sorted(candidates):
        if number not in partner and at not in taken:
            partner[number] = at
            taken.add(at)
    counts: Counter[tuple[str | None, str | None]] = Counter((g.claim.type, s.claim.type) for g, s in pairs)
    counts.update(
        (one.claim.type, made_up[partner[n]].claim.type if n in partner else None) for n, one in enumerate(missed)
    )
    counts.update((None, other.claim.type) for at, other in enumerate(made_up) if at not in taken)
    ordered = sorted(counts.items(), key=lambda item: (-item[1], str(item[0])))
    return tuple(Confused(gold, read, times) for (gold, read), times in ordered)
