"""Which kind was read for which: counted on the same passage, each claim once."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

from hypothesis import given, settings
from hypothesis import strategies as st

from khronika.evaluate import evaluate, load_gold
from khronika.evaluate.confusion import Confused

GOLD = load_gold(Path(__file__).parents[2] / "examples" / "gold")
KINDS = sorted({a.claim.type for a in GOLD.annotations})


def read_as(changes: dict[int, str | None]):
    """Gold with some claims of another kind, or none."""
    kept = [(i, a) for i, a in enumerate(GOLD.annotations) if changes.get(i, a.claim.type) is not None]
    changed = tuple(replace(a, claim=replace(a.claim, type=changes.get(i, a.claim.type))) for i, a in kept)
    return replace(GOLD, annotations=changed)


def test_a_claim_of_another_kind_is_confused_not_missed():
    """A detention read as an internment is one confusion, on the passage where it stands."""
    at = next(i for i, a in enumerate(GOLD.annotations) if a.claim.type == "detention")
    found = evaluate(GOLD, read_as({at: "internment"})).confusion
    wrong = [c for c in found if c.gold != c.read]
    assert wrong == [Confused("detention", "internment", 1)]


def test_what_is_missed_or_made_up_has_nothing_on_the_other_side():
    """None stands for nothing, so that the sums are the claims of each side."""
    found = evaluate(GOLD, read_as({0: None})).confusion
    assert Confused(GOLD.annotations[0].claim.type, None, 1) in found
    turned = evaluate(read_as({0: None}), GOLD).confusion
    assert Confused(None, GOLD.annotations[0].claim.type, 1) in turned


@settings(max_examples=10, deadline=None)
@given(st.dictionaries(st.integers(0, len(GOLD.annotations) - 1), st.sampled_from([None, *KINDS]), max_size=12))
def test_each_claim_is_counted_once(changes):
    """The law: rows sum to gold, columns to what was read, the diagonal to the claims found."""
    result = evaluate(GOLD, read_as(changes))
    assert sum(c.times for c in result.confusion if c.gold) == result.claims.gold
    assert sum(c.times for c in result.confusion if c.read) == result.claims.system
    assert sum(c.times for c in result.confusion if c.gold == c.read) == result.claims.hits
