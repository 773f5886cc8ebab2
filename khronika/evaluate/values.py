"""When two values of one field say the same: the comparing rules, each with the kind of difference it forgives."""

from __future__ import annotations

import re
from collections.abc import Callable, Hashable
from difflib import SequenceMatcher
from functools import lru_cache
from typing import Any

from khronika.facts.claims import Claim, Count, Figure, Penalty
from khronika.text.fold import without_marks

FIELDS = (
    "targets", "actors", "count", "place", "date", "status", "speaker", "penalties", "charge", "subtype", "figure",
    "list",
)  # fmt: skip
"""The fields that are compared, in the codebook's order of importance for a documenter."""

_NOT_NAMES = frozenset({"mr", "mrs", "ms", "dr", "president", "the", "a", "an"})
"""Words that a writer may put before a name or leave out without meaning another one."""
_NAME_RATIO = 0.86
"""Least likeness of two spellings of one name; about one letter in seven may differ ("Karimova", "Qarimova")."""
_CHARGE_OVERLAP = 0.5
"""Least Dice overlap of two charges' words: annotators cut a charge at different places."""
_SHORTEST_START, _START = 25, 60
"""A quote may be given as its first 60 characters or more (codebook, `quote`); a start under 25 says too little."""
_SHORTEST_SHARED, _SHARED_PART = 20, 0.6
"""Else two quotes must share one stretch of at least 20 characters and six tenths of the shorter one."""
_LONGEST = 2_000
"""Characters of a quote that are compared. Comparing costs their product, and no sentence needs more."""

_APART = re.compile(r"\W+")


@lru_cache(maxsize=65_536)
def bare(text: str) -> str:
    """The text without case, marks and punctuation. Unlike `text.fold` it parts words at an apostrophe, so that
    "Kairov's" still holds the name."""
    return _APART.sub(" ", without_marks(text).casefold()).strip()


@lru_cache(maxsize=65_536)
def same_name(a: str, b: str) -> bool:
    """Whether two written names can be one: the shorter one's words are all in the longer one, or the spelling differs
    by little. Titles and articles do not count."""
    a_words, b_words = ([w for w in bare(name).split() if w not in _NOT_NAMES] for name in (a[:_LONGEST], b[:_LONGEST]))
    if not a_words or not b_words:
        return bare(a) == bare(b)
    shorter, longer = sorted((a_words, b_words), key=len)
    if set(shorter) <= set(longer):
        return True
    return SequenceMatcher(None, " ".join(a_words), " ".join(b_words)).ratio() >= _NAME_RATIO


@lru_cache(maxsize=65_536)
def same_passage(a: str, b: str) -> bool:
    """Whether two quotes are of one passage: one starts inside the other, or they share most of the shorter one."""
    shorter, longer = sorted((bare(a)[:_LONGEST], bare(b)[:_LONGEST]), key=len)
    if not shorter:
        return False
    if len(shorter) >= _SHORTEST_START and shorter[:_START] in longer:
        return True
    if len(shorter) < _SHORTEST_SHARED:
        return False
    shared = SequenceMatcher(None, shorter, longer, autojunk=False).find_longest_match().size
    return shared >= _SHORTEST_SHARED and shared >= _SHARED_PART * len(shorter)


def same_wording(a: str, b: str) -> bool:
    """Whether two charges share at least half of their words."""
    a_words, b_words = set(bare(a).split()), set(bare(b).split())
    if not a_words or not b_words:
        return False
    return 2 * len(a_words & b_words) / (len(a_words) + len(b_words)) >= _CHARGE_OVERLAP


_SAME: dict[str, Callable[[str, str], bool]] = {
    "targets": same_name, "actors": same_name, "speaker": same_name, "place": same_name, "list": same_name,
    "charge": same_wording,
}  # fmt: skip
"""Fields not listed must be equal."""


def values_of(claim: Claim, field: str) -> list[Any]:
    """A claim's values of one field, as a list of comparable items; empty where the claim says nothing.

    Of a place only the most specific name counts, of a number its bounds, of a penalty all but its `detail`.
    """
    value = getattr(claim, field)
    if not value:
        return []
    if field == "place":
        return [value[0]]
    if isinstance(value, tuple):
        return [_comparable(v) for v in value]
    return [_comparable(value)]


def _comparable(value: object) -> Hashable:
    """A small value object as a tuple of what is compared; anything else as it is."""
    if isinstance(value, (Count, Figure)):
        return (value.min, value.max)
    if isinstance(value, Penalty):
        return (value.kind, value.duration, value.amount, value.currency)
    return str(value)


def shared(field: str, gold: Claim, system: Claim) -> int:
    """How many values of the field the two claims share, each value counted once."""
    same = _SAME.get(field)
    left, hits = values_of(system, field), 0
    for value in values_of(gold, field):
        at = next((i for i, other in enumerate(left) if (same(value, other) if same else value == other)), None)
        if at is not None:
            hits += 1
            del left[at]
    return hits


def agrees(field: str, gold: Claim, system: Claim) -> bool:
    """Whether the two claims have exactly the same values of the field, none missing and none added."""
    return shared(field, gold, system) == len(values_of(gold, field)) == len(values_of(system, field))
