"""What a story takes up again: "The abduction happened on Thursday", after it was told who was abducted.

A definite noun of an event names nobody, because the story has told whom it befell. It is that event again, and the
claim concerns whom the earlier one concerned.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from khronika.facts.claims import Status
from khronika.read.draft import Draft
from khronika.read.syntax import Tree
from khronika.read.who import SURE

SERIES = frozenset(
    {
        "series",
        "string",
        "spate",
        "wave",
        "surge",
        "spike",
        "rash",
        "flurry",
        "succession",
        "barrage",
        "rise",
        "increase",
        "upsurge",
        "uptick",
        "resurgence",
        "outbreak",
        "escalation",
    }
)
"""Nouns for several events in a row: what they are of took place, wherever they stand."""
PARTS = frozenset(
    {
        *SERIES,
        "most",
        "bulk",
        "majority",
        "many",
        "some",
        "day",
        "night",
        "week",
        "month",
        "year",
        "weekend",
        "hour",
        "round",
        "start",
        "beginning",
        "end",
        "height",
        "eve",
        "anniversary",
        "dozen",
        "hundred",
        "thousand",
        "number",
    }
)
"""Nouns that measure events or name a part of them: "the fifth day of protests", "most of the arrests"."""
TAKEN_UP = frozenset({"attack", "death", "ill_treatment", "threat", "search", "dispersal"})
"""Kinds taken up by a bare noun that no named person need be found for."""


def measured(tree: Tree, noun: int) -> int:
    """The noun that stands for an event in its sentence: "a wave of protests", "most of the protests" hang there."""
    while tree.dep(noun).startswith(("conj", "nmod", "obl")) and not tree.is_verb(tree.head(noun)):
        head = tree.head(noun)
        joined = tree.dep(noun).startswith("conj")
        if not joined and not (tree.case(noun) == "of" and tree.lemma(head) in PARTS):
            break
        noun = head
    return noun


def in_series(tree: Tree, noun: int) -> bool:
    """Whether the noun is of several events in a row: "a string of kidnappings"."""
    head = tree.head(noun)
    return tree.case(noun) == "of" and tree.lemma(head) in SERIES and tree.dep(noun).startswith(("nmod", "obl"))


def take_up(drafts: Sequence[Draft]) -> None:
    """Give a bare event noun whom the nearest earlier claim of its kind concerned: it is that event."""
    for d in drafts:
        if not d.tentative or d.targets or d.type not in TAKEN_UP or d.status is Status.DEMANDED:
            continue
        told = [
            o
            for o in drafts
            if o.type == d.type and o.targets and not o.tentative and o.status is Status.HAPPENED and o.order < d.order
        ]
        if told:
            source = max(told, key=lambda o: (o.order, o.token))
            d.targets = [replace(w, sure=min(w.sure, SURE["elsewhere"])) for w in source.targets]
            d.tentative = False
