"""How sure the reader is of a claim: a calibrated probability that its kind is right and told in its passage.

A logistic regression over a few signs that the reading leaves anyway: the kind and the frame, how the word fired, what
fills the roles and whether by name, by description or by a guess, in what kind of clause it stands, how long the
sentence is, what else is stated, and whether the trained head sees
the same. The weights are `resources/confidence.toml`, written by
`python -m training.confidence`; a frame of a documenter's own has no weight yet and gets its kind's.
"""

from __future__ import annotations

import math
from collections.abc import Iterator, Sequence

from khronika.facts.claims import Status
from khronika.read.cast import HE, SHE
from khronika.read.draft import Draft
from khronika.read.fire import Fired
from khronika.read.syntax import Tree
from khronika.read.who import Who
from khronika.text.tables import table

LEAST, MOST = 0.02, 0.98
"""Bounds of what is stated: a few hundred annotated claims cannot show that a reading is surer than that."""
WEIGHTY = 0.1
"""Least weight that is worth telling: it moves an even chance by two or three in a hundred."""
LONG, VERY_LONG, SHORT = 30, 45, 9
"""Words: of long sentences the tree is more often wrong; a short one is a headline or a label."""

STEPS = ((0.9, "certain"), (0.7, "strong"), (0.4, "likely"), (0.15, "some"), (0.04, "little"))
"""Chances of the trained head that a claim's kind is told in its sentence, and what each is called at least."""


def signs_of(tree: Tree, fired: Fired, targets: Sequence[Who], actors: Sequence[Who]) -> frozenset[str]:
    """What one sentence shows of a draft, before the story has settled it: names of features."""
    trigger, length = fired.trigger, tree.last - tree.first
    found = {f"form:{fired.form}", f"words:{min(len(set(fired.slots) - {trigger}), 2)}"}
    found.add(f"stands:{tree.dep(trigger).split(':')[0]}")
    found.add(f"target:{_role(tree, targets)}")
    found.add(f"actor:{_role(tree, actors)}")
    hunch = next((h.score for h in tree.sentence.hunches if h.kind == fired.frame.type), 0.0)
    found.add(f"hunch:{next((name for least, name in STEPS if hunch >= least), 'none')}")
    if length > VERY_LONG:
        found.add("sentence:very long")
    elif length > LONG:
        found.add("sentence:long")
    elif length < SHORT:
        found.add("sentence:short")
    if sum(tree.dep(i) == "dep" for i in tree) > 0 or not any(tree.is_verb(i) for i in tree):
        found.add("tree:odd")
    return frozenset(found)


def _role(tree: Tree, several: Sequence[Who]) -> str:
    """How a role is filled: "named", by a "pronoun", "described" and found in the story, "group", "thing", "none"."""
    if not several:
        return "none"
    who = several[0]
    word = tree.lower(who.head) if tree.first <= who.head < tree.last else ""
    if word in HE | SHE:
        return "pronoun" if who.names else "pronoun unknown"
    if who.names:
        return "named" if word in " ".join(who.names).lower() else "described"
    return "group" if who.kind in {"people", "person"} else who.kind


def features(draft: Draft) -> Iterator[str]:
    """All features of a settled draft, each present or not."""
    yield f"kind:{draft.type}"
    yield f"frame:{draft.frame.id}"
    yield from sorted(draft.signs)
    if draft.names and not draft.signs & {"target:named", "target:pronoun", "target:described"}:
        yield "target:lent"
    stated = {
        "opening": draft.title,
        "short opening": draft.headless and draft.title,
        "background": draft.background,
        "tentative": draft.tentative,
        "plural": draft.plural,
        "hedged": draft.hedged,
        "speaker": bool(draft.speaker),
        "date": bool(draft.date),
        "place": bool(draft.place) and draft.firm,
        "penalty": bool(draft.penalties),
        "charge": bool(draft.charge),
        "duration": bool(draft.duration),
        "count": draft.count is not None,
        "first sentences": draft.order <= 2,
    }
    yield from (name for name, there in stated.items() if there)
    if draft.status is not Status.HAPPENED:
        yield f"status:{draft.status}"


def confidence(draft: Draft) -> float:
    """The probability, 0-1 to two places, that a claim of the draft's kind is told in its passage."""
    given = table("confidence.toml")
    weights: dict[str, float] = given["weights"]
    score = given["intercept"] + sum(weights.get(name, 0.0) for name in features(draft))
    return round(min(max(1 / (1 + math.exp(-score)), LEAST), MOST), 2)


def doubts(draft: Draft) -> list[str]:
    """The features that make the reader less sure of the draft, the weightiest first, in plain words."""
    weights: dict[str, float] = table("confidence.toml")["weights"]
    lower = sorted((w, name) for name in set(features(draft)) if (w := weights.get(name, 0.0)) <= -WEIGHTY)
    return [name.replace(":", " ") for _, name in lower]
