"""Which penalty belongs to which verb: "sentenced him to two years and fined her $500"."""

from __future__ import annotations

from khronika.facts.claims import Penalty
from khronika.read.draft import Draft
from khronika.read.fire import Fired
from khronika.read.penalties import PenaltySpan, find_penalties, term_start
from khronika.read.syntax import Tree
from khronika.text.durations import days_of, find_durations

BETWEEN = 4
"""Words that may stand between the verb and its bare term ("jailed the teacher for ten days": `FAR`)."""
FAR = 10
"""Words after which "for ten days" no longer belongs to "jailed"."""
LINKS = frozenset(
    {"to", "for", "up", "a", "an", "of", "another", "at", "least", "only", "just", "as", "many", "more", "than"}
    | {"between", "nearly", "about", "over", "additional", "further", "extra", "minimum", "maximum", "total"}
)
SHORT = 90
"""Days of the longest administrative arrest."""


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
    if (f.frame.penalties or f.frame.becomes) and not d.penalties and (term := _bare_term(tree, d)):
        d.penalties = [term]
    if f.frame.becomes and any(p.duration or (p.kind == "imprisonment" and p.detail) for p in d.penalties):
        d.type, d.subtype, d.duration = f.frame.becomes, None, None
    elif f.frame.becomes:
        d.penalties = []
    if tree.lemma(f.trigger) == "fine" and not d.penalties:
        d.penalties = [Penalty("fine")]


def _bare_term(tree: Tree, d: Draft) -> Penalty | None:
    """ "sought eight years", "got ten days": a term right behind the verb, without the word prison.

    Short terms counted in days are administrative arrest, as `resources/penalties.toml` has it.
    """
    base, end = tree.sentence.start, d.trigger[1]
    around = [s for s in find_durations(tree.parse.text[base : tree.sentence.end]) if base + s.end == end]
    if around:  # the trigger is the term itself: "Six years for editor"
        return Penalty("imprisonment", around[0].iso)
    for span in find_durations(tree.parse.text[end : tree.sentence.end]):
        rest = tree.parse.text[end : tree.sentence.end]
        between = rest[: term_start(rest, span.start)].lower().split()
        near = len(between) <= BETWEEN and not set(between) - LINKS
        if near or (d.frame.becomes and between[-1:] == ["for"] and len(between) <= FAR):
            short = days_of(span.iso) <= SHORT and span.iso.endswith("D")
            return Penalty("administrative_arrest" if short else "imprisonment", span.iso)
    return None
