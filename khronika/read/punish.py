"""Which penalty belongs to which verb: "sentenced him to two years and fined her $500"."""

from __future__ import annotations

from khronika.facts.claims import Penalty
from khronika.read.draft import Draft
from khronika.read.fire import Fired
from khronika.read.penalties import PenaltySpan, find_penalties
from khronika.read.syntax import Tree


def punish(tree: Tree, found: list[tuple[Fired, Draft]], country: str | None) -> None:
    """Give each penalty of the sentence to the verb or noun before it, or around it."""
    takers = [(f, d) for f, d in found if f.frame.penalties or f.frame.becomes]
    takers = [(f, d) for f, d in takers if d.type != "conviction"] or takers
    if not takers:
        return
    base = tree.sentence.start
    spans = find_penalties(tree.parse.text[base : tree.sentence.end], country)
    for span in spans:
        taker = _taker(takers, base + span.start, base + span.end)
        if taker is not None and span.penalty not in taker.penalties:
            taker.penalties.append(span.penalty)
    for f, d in takers:
        _settle_penalties(tree, f, d, spans)


def _taker(takers: list[tuple[Fired, Draft]], start: int, end: int) -> Draft | None:
    """The draft whose word stands inside the penalty's words, else the nearest before it, else the first after."""
    for _, d in takers:
        if start <= d.trigger[0] < end:
            return d
    before = [d for _, d in takers if d.trigger[0] < end]
    return before[-1] if before else takers[0][1]


def _settle_penalties(tree: Tree, f: Fired, d: Draft, spans: list[PenaltySpan]) -> None:
    if f.frame.becomes and any(p.duration or (p.kind == "imprisonment" and p.detail) for p in d.penalties):
        d.type, d.subtype, d.duration = f.frame.becomes, None, None
    elif f.frame.becomes:
        d.penalties = []
    if tree.lemma(f.trigger) == "fine" and not d.penalties:
        d.penalties = [Penalty("fine")]
