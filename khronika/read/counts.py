"""The count of an unnamed group, from its noun phrase (codebook, field `count` and rules 5 and 17)."""

from __future__ import annotations

from khronika.facts.claims import Count
from khronika.text.numbers import find_numbers


def count_of(noun_phrase: str) -> Count | None:
    """How many the phrase says: "at least 20 people" min 20, "around 30 protesters" 30 to 30
    approx, "two other women" 2.

    The first number of the phrase counts ("two of the 30 detainees" are two). None where it gives no number word
    ("a man", "many activists").
    """
    spans = find_numbers(noun_phrase)
    return Count(spans[0].min, spans[0].max, spans[0].approx) if spans else None
