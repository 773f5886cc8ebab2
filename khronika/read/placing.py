"""Which places a draft gets from its own sentence, and which one it may fall back to when the story lends it none."""

from __future__ import annotations

from khronika.facts.claims import Status
from khronika.read.draft import Draft
from khronika.read.stage import Chain
from khronika.read.syntax import Tree
from khronika.read.where import Map

AFAR = frozenset({"internment", "sanction", "movement", "declaration", "figure", "organization_ban", "asylum"})
"""Kinds that are told of from afar: any place that their sentence names may be theirs, the dateline's is not."""
RULED = frozenset(
    {
        "detention",
        "internment",
        "charge",
        "trial",
        "conviction",
        "sentence",
        "sentence_change",
        "acquittal",
        "transfer",
        "release",
        "ill_treatment",
        "death",
        "dispersal",
        "search",
        "threat",
        "organization_ban",
        "communication_interference",
        "figure",
    }
)
"""Kinds that happen where who does them has power: a court's verdict, a police force's arrest."""
UNPLACED = frozenset(
    {"call", "listing", "declaration", "sanction", "asylum", "movement", "figure", "internment", "court_appeal"}
)
"""Kinds that have no place unless their sentence gives one: they happen on paper, or under way."""


def place(tree: Tree, d: Draft, chart: Map, fresh: bool) -> list[Chain]:
    """The places that the sentence gives the draft; sets its `firm` and `fallback`.

    `fresh`: the event is told as today's news, so that it happened where the story plays; what is older happened
    somewhere in the story's land.
    """
    found = [] if d.type == "call" else chart.places_of(tree, d.token)
    if d.type == "movement" and d.subtype == "fled":
        left = chart.left(tree, d.token)
        found = [left] if left else found
    if d.status is Status.DEMANDED:
        return [p for p in found if _named_below(tree, d.token, p)]
    if not found and d.type in RULED:
        ruled = chart.power_over(tree, [w.head for w in d.actors]) or chart.ruled_by(tree)
        found = [ruled] if ruled else []
        d.firm = len(ruled) > 1
    else:
        d.firm = bool(found)
    if not found and d.type in AFAR:
        found = chart.any_of(tree, {w.label for w in d.actors} | {d.speaker or ""})
        d.firm = any(len(p) > 1 for p in found)
    if d.type == "sanction":
        found = [chart.land_of(p) for p in found]
    if d.type not in UNPLACED:
        d.fallback = chart.default if fresh else chart.stage.land
    return found


def _named_below(tree: Tree, trigger: int, chain: Chain) -> bool:
    """Whether a demand names the place itself: "demanding the release of relatives in Xinjiang"."""
    first, last = tree.subtree(trigger)[0], tree.subtree(trigger)[-1] + 1
    return chain[0] in tree.text(first, last) and tree.lemma(trigger) != "outside"
