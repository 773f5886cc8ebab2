"""Which places a draft gets from its own sentence, and which one it may fall back to when the story lends it none."""

from __future__ import annotations

from khronika.facts.claims import Status
from khronika.read.draft import Draft
from khronika.read.stage import Chain
from khronika.read.syntax import Tree
from khronika.read.where import Map

AFAR = frozenset({"internment", "sanction", "declaration", "figure", "organization_ban", "asylum"})
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
        "protest",
    }
)
"""Kinds that happen where who does or meets them has power: a court's verdict, a police force's arrest."""
BEHIND_BARS = frozenset({"transfer", "custody_protest", "ill_treatment", "threat"})
"""Kinds that befall those who are held, where they are held."""
UNPLACED = frozenset({"call", "listing", "declaration", "sanction", "asylum", "movement", "figure", "internment"})
"""Kinds that have no place unless their sentence gives one: they happen on paper, or under way."""


def place(tree: Tree, d: Draft, chart: Map, fresh: bool) -> list[Chain]:
    """The places that the sentence gives the draft; sets its `firm` and `fallback`.

    `fresh`: the event is told as today's news, so that it happened where the story plays; what is older happened
    somewhere in the story's land.
    """
    found = [] if d.type == "call" else chart.places_of(tree, d.token, d.charge_tokens)
    if d.type == "movement" and d.subtype == "fled":
        left = chart.left(tree, d.token)
        found = [left] if left else found
    if d.status is Status.DEMANDED:
        asked = chart.demanded(tree, d.token)
        d.firm = bool(asked)
        return [asked] if asked else []
    if not found and d.type in RULED:
        ruled = chart.power_over(tree, [w.head for w in d.actors]) or chart.ruled_by(tree)
        found = [ruled] if ruled else []
        d.firm = len(ruled) > 1
    else:
        d.firm = bool(found)
    if not found and d.type in AFAR:
        found = chart.any_of(tree, {w.label for w in d.actors} | {d.speaker or ""})
        d.firm = any(len(p) > 1 for p in found)
    if d.type == "internment" and not d.firm:
        region = chart.stage.last(tree.last, "region")
        if region and (not found or chart.land_of(region) == chart.land_of(found[0])):
            found = [region]
    if d.type == "sanction":
        found = [chart.land_of(p) for p in found or [chart.lands_of(tree, [w.head for w in d.actors])] if p]
    denial = d.type == "charge" and d.status is Status.DENIED
    if d.type in BEHIND_BARS:
        d.prison = chart.stage.prison
    if d.type not in UNPLACED and not denial:
        d.fallback = (chart.default if fresh else ()) or chart.stage.land
        d.astray = not fresh and len(chart.default) > 1 and not d.background
    d.land = chart.land_of(found[0] if found else d.fallback)
    d.land = d.land if chart.atlas.country_of(d.land[0] if d.land else "") else chart.stage.land
    return found
