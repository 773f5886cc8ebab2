"""Happenings that documents tell of, joined into events.

Every document is first gathered on its own (`tellings.py`). Two documents' happenings are tied where enough speaks for
their being one (`happenings.py`); what hangs together by such ties is then gathered, the most precise first, each put
to what most speaks for, unless something speaks against it. A tie depends on the two happenings alone, and a gathering
on what hangs together: the rest of the record never matters to it.
"""

from __future__ import annotations

import hashlib
from collections import defaultdict
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass

from khronika.facts.claims import Claim
from khronika.facts.documents import Document
from khronika.facts.events import Event, Link, Place
from khronika.facts.reconcile import reconcile
from khronika.link.copies import Copies
from khronika.link.happenings import ENOUGH, Happening, evidence, kinds, reasons
from khronika.link.tellings import Story, tell
from khronika.text.edtf import bounds

COPIED = 9.0
"""Evidence of a sentence that two documents share: more than all else together."""

Locate = Callable[[tuple[str, ...]], Place | None]
"""From a claim's place names, most specific first, to the place with country and coordinates; None where unknown."""

Key = tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Sources:
    """What events are made of: `claims` by id, `names` (document, written name) → person or organization id, `family`
    document → origin that it counts as, `locate` a place by its names."""

    claims: Mapping[str, Claim]
    names: Mapping[tuple[str, str], str]
    family: Mapping[str, str]
    locate: Locate | None = None


def link_events(
    claims: Iterable[Claim],
    documents: Mapping[str, Document],
    names: Mapping[tuple[str, str], str],
    copies: Copies,
    locate: Locate | None = None,
) -> tuple[list[Event], dict[str, str], list[Link]]:
    """Events, claim id → event id, and why claims of several documents were joined; independent of the claims' order.

    Parameters: `documents` by id; `names` (document, written name) → person or organization id; `copies` from
    `find_copies`.
    """
    by_document: dict[str, list[Claim]] = defaultdict(list)
    for claim in claims:
        by_document[claim.document].append(claim)
    told: list[Happening] = []
    for document, of_it in sorted(by_document.items()):
        known = documents.get(document)
        story = Story(document, known.published if known else None, copies.of.get(document, document))
        told += tell(story, of_it, names)
    sources = Sources({c.id: c for of_it in by_document.values() for c in of_it}, names, copies.family, locate)
    events, links = [], []
    for component in hang_together(told):
        for happening, joined in gather(component):
            events.append(make_event(happening, sources))
            links += joined
    owner = {claim: event.id for event in events for claim in event.claims}
    return sorted(events, key=lambda e: e.id), owner, links


# --- which happenings hang together


def hang_together(told: Iterable[Happening]) -> list[list[Happening]]:
    """The happenings in sets that no tie crosses, each with the most precise first."""
    ordered = sorted(told, key=lambda h: h.rank)
    above = [*range(len(ordered))]

    def root(at: int) -> int:
        while above[at] != at:
            above[at] = above[above[at]]
            at = above[at]
        return at

    blocks: dict[Key, list[int]] = defaultdict(list)
    for at, one in enumerate(ordered):
        for key in block_keys(one):
            for other in blocks[key]:
                a, b = root(at), root(other)
                if a != b and tied(ordered[other], one):
                    above[max(a, b)] = min(a, b)
            blocks[key].append(at)
    sets: dict[int, list[Happening]] = defaultdict(list)
    for at, one in enumerate(ordered):
        sets[root(at)].append(one)
    return [*sets.values()]


def tied(a: Happening, b: Happening) -> bool:
    """Whether enough speaks for two documents' happenings being one; `a` is the more precise."""
    return weight(a, b) >= ENOUGH


def weight(a: Happening, b: Happening) -> float:
    """What speaks for both being one; below zero where something speaks against it."""
    if not a.said.isdisjoint(b.said):
        return COPIED
    found = evidence(a, b)
    return -1.0 if found is None else found


def block_keys(one: Happening) -> list[Key]:
    """Where a happening looks for its like: by sentence; by person; without one, by place with day or group."""
    kind: Key = one.kind
    keys: list[Key] = [(*kind, "said", hashlib.sha256(repr(s).encode()).hexdigest()[:16]) for s in sorted_said(one)]
    if one.who and not one.is_public():
        return keys + [(*kind, "who", who) for who in sorted(one.who)]
    years = {"" if one.is_gathering() else day[:4] for day in one.dates} or {""}
    keys += [(*kind, "who", who, year) for who in sorted(one.who) for year in sorted(years)]
    words = sorted({place.split()[0] for chain in one.places for place in chain})
    keys += [(*kind, "on", day, word) for day in sorted(one.dates) for word in words]
    about = sorted(one.group)
    lasting = one.type in kinds().lasting
    if not about or lasting:
        about.append("")
    months = [""] if lasting else _months(one.dates)
    if about != [""]:
        words += sorted({f"{count.min}-{count.max}" for count in one.counts})
    return keys + [(*kind, "at", word, group, month) for word in words for group in about for month in months]


def sorted_said(one: Happening) -> list[tuple[object, ...]]:
    """What its sentences say, in an order that depends on content only."""
    return sorted(one.said, key=repr)


def _months(dates: Iterable[str]) -> list[str]:
    """The months that the dates cover, three years of each at most; undated ones have a drawer of their own."""
    found: set[str] = set()
    for value in dates:
        earliest, latest = bounds(value)
        start, end = earliest or latest, latest or earliest
        if start and end:
            first, last = start.year * 12 + start.month, end.year * 12 + end.month
            found.update(str(month) for month in range(first, min(last, first + 36) + 1))
    return sorted(found) or [""]


# --- what hangs together, as events


def gather(ordered: Sequence[Happening]) -> list[tuple[Happening, list[Link]]]:
    """Of happenings that hang together, the most precise first, the events in the making, and why each was joined."""
    found: list[tuple[Happening, list[Link]]] = []
    for one in ordered:
        fits = [(-round(w, 3), at) for at, (other, _) in enumerate(found) if (w := weight(other, one)) >= ENOUGH]
        if fits:
            best, at = min(fits)
            other, links = found[at]
            links.append(_link(other, one, -best))
            other.take(one)
        else:
            found.append((one, []))
    return found


def _link(a: Happening, b: Happening, score: float) -> Link:
    """The record of a join, between the first claims of both sides."""
    why = "the same sentence" if score >= COPIED else reasons(a, b)
    return Link(min(a.claims), min(b.claims), round(score, 3), why, (a.type, b.type))


def make_event(happening: Happening, sources: Sources) -> Event:
    """The happening as an event: fields reconciled from its claims, id from its smallest claim id."""
    claims = [sources.claims[i] for i in sorted(happening.claims)]
    origins = {c.id: sources.family.get(c.document, c.document) for c in claims}
    told = reconcile(claims, origins)
    place = None
    if told.place:
        place = (sources.locate(told.place) if sources.locate else None) or Place(told.place[0])
    return Event(
        id="e" + hashlib.sha256(claims[0].id.encode()).hexdigest()[:16],
        claims=tuple(c.id for c in claims),
        targets=_known_ids(claims, "targets", sources.names),
        actors=_known_ids(claims, "actors", sources.names),
        place=place,
        type=told.type,
        subtype=told.subtype,
        date=told.date,
        count=told.count,
        penalties=told.penalties,
        charge=told.charge,
        status=told.status,
        origins=told.origins,
        conflicts=told.conflicts,
        confidence=max((c.confidence for c in claims if c.confidence is not None), default=None),
    )


def _known_ids(claims: Sequence[Claim], role: str, names: Mapping[tuple[str, str], str]) -> tuple[str, ...]:
    """Ids of all whom the claims name in the role."""
    pairs = ((c.document, name) for c in claims for name in getattr(c, role))
    return tuple(sorted({names[pair] for pair in pairs if pair in names}))
