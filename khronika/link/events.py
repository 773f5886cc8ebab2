"""Happenings that hang together, as events: gathered the most precise first, each put to what most speaks for."""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass

from khronika.facts.claims import Claim
from khronika.facts.events import Event, Link, Place
from khronika.facts.reconcile import reconcile
from khronika.link.happenings import Happening
from khronika.link.keys import number
from khronika.link.kinds import kinds
from khronika.link.origins import Report, last_words, origins_of
from khronika.link.tellings import together
from khronika.link.weighing import DECIDED, ENOUGH, days_before, evidence, is_decided, out_of_turn, reasons
from khronika.text.edtf import bounds

TURN = 1.5
"""What an event that would be told out of turn must speak for more than another."""

DECIDED_BY = "decided by a person"
"""The reason of what people put together."""

COPIED = 9.0
"""Evidence of a sentence that two documents share: more than all else together."""

Locate = Callable[[tuple[str, ...]], Place | None]
"""From a claim's place names, most specific first, to the place with country and coordinates; None where unknown."""


@dataclass(frozen=True, slots=True)
class Sources:
    """What events are made of: `claims` by id, `names` (document, written name) → person or organization id, `reports`
    and `relays` by document (see `origins`), `outlets` those that the record has stories of, folded, `locate` a place
    by its names."""

    claims: Mapping[str, Claim]
    names: Mapping[tuple[str, str], str]
    reports: Mapping[str, Report]
    relays: Mapping[str, str]
    outlets: Collection[str] = ()
    locate: Locate | None = None


def weight(a: Happening, b: Happening) -> float:
    """What speaks for both being one, `a` the more precise; below zero where something speaks against it."""
    if (decided := is_decided(a, b)) is not None:
        return DECIDED if decided else -1.0
    if a.kind != b.kind:
        return -1.0
    if not a.said.isdisjoint(b.said):
        return COPIED
    found = evidence(a, b)
    return -1.0 if found is None else found


def block_keys(one: Happening) -> list[int]:
    """Where a happening looks for its like: by sentence; by person; without one, by place with day or group."""
    decided = (number("one", (mark,)) for mark in sorted(one.one))
    return [*sorted(one.said), *decided, *(number("event", (*one.kind, *key)) for key in _blocks(one))]


def _blocks(one: Happening) -> list[tuple[str, ...]]:
    """The keys in words, each with what kind of key it is."""
    if one.who and not one.is_public():
        return [*(("who", who) for who in sorted(one.who)), *_crowd_blocks(one)]
    years = {"" if one.is_gathering() else day[:4] for day in one.dates} or {""}
    keys: list[tuple[str, ...]] = [("who", who, year) for who in sorted(one.who) for year in sorted(years)]
    words = sorted({place.split()[0] for chain in one.places for place in chain})
    keys += [("on", day, word) for day in sorted(one.dates) for word in words]
    about = sorted(one.group)
    lasting = one.type in kinds().lasting
    if not about or lasting:
        about.append("")
    months = [""] if lasting else _months(one.dates)
    if about != [""]:
        words += sorted({f"{count.min}-{count.max}" for count in one.counts})
    keys += _crowd_blocks(one)
    return keys + [("at", word, group, month) for word in words for group in about for month in months]


def _crowd_blocks(one: Happening) -> list[tuple[str, ...]]:
    """The keys of a described number of people: what they are called, with the months in which it was or was told."""
    if not one.is_crowd() or one.is_public():
        return []
    words = sorted(one.group) or sorted({chain[0].split()[0] for chain in one.places})
    words = words or sorted({f"{count.min}-{count.max}" for count in one.counts})
    months = _months(one.dates or ({one.published} if one.published else set()))
    if not one.dates and one.published:
        before = int(months[-1]) - 1
        months = [str(before), *months]
    return [("crowd", word, month) for word in words for month in months]


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
    """Of happenings that hang together, the most precise first, the events in the making, and why each was joined.

    Of several that fit equally well a happening is of the one last before it was told: news speaks of what is news.
    What was gathered is gathered again until nothing more is one: two arrests are one by a report that names both.
    """
    told, parts = together([one.copied() if one.one else one for one in ordered])
    whys: dict[str, list[Link]] = {}
    for of, a, b in parts:
        whys.setdefault(of, []).append(Link(a, min(b.claims), DECIDED, DECIDED_BY, (b.type,) * 2, "event"))
    found = _gather([(one, whys.get(one.id, [])) for one in told])
    while len(closer := _gather(found)) < len(found):
        found = closer
    return found


def _gather(ordered: Iterable[tuple[Happening, list[Link]]]) -> list[tuple[Happening, list[Link]]]:
    """Each put to what most speaks for among those before it, or by itself."""
    found: list[tuple[Happening, list[Link]]] = []
    for one, whys in ordered:
        weights = ((weight(other, one), at, other) for at, (other, _) in enumerate(found))
        fits = [
            (TURN * out_of_turn(other, one) - round(w, 3), days_before(other, one), at, w)
            for w, at, other in weights
            if w >= ENOUGH
        ]
        if fits:
            _, _, at, best = min(fits)
            other, links = found[at]
            links += [*whys, _link(other, one, best)]
            other.take(one)
        else:
            found.append((one.copied(), [*whys]))
    return found


def _link(a: Happening, b: Happening, score: float) -> Link:
    """The record of a join, between the first claims of both sides."""
    why = "the same sentence" if score >= COPIED else reasons(a, b)
    return Link(min(a.claims), min(b.claims), round(score, 3), why, (a.type, b.type), "event")


def make_event(happening: Happening, sources: Sources) -> Event:
    """The happening as an event: fields reconciled from its claims, id from its smallest claim id."""
    claims = [sources.claims[i] for i in sorted(happening.claims)]
    origins = origins_of(claims, sources.reports, sources.relays, sources.outlets)
    told = reconcile(claims, origins, last_words(claims, origins, sources.reports))
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
        named=_named(claims, sources.names),
    )


def _named(claims: Sequence[Claim], names: Mapping[tuple[str, str], str]) -> tuple[tuple[str, tuple[str, ...]], ...]:
    """Those whom some of the claims leave out, each with the claims that name that one."""
    by: dict[str, list[str]] = {}
    for claim in claims:
        written = ((claim.document, name) for name in (*claim.targets, *claim.actors))
        for who in sorted({names[pair] for pair in written if pair in names}):
            by.setdefault(who, []).append(claim.id)
    return tuple((who, tuple(ids)) for who, ids in sorted(by.items()) if len(ids) < len(claims))


def _known_ids(claims: Sequence[Claim], role: str, names: Mapping[tuple[str, str], str]) -> tuple[str, ...]:
    """Ids of all whom the claims name in the role."""
    pairs = ((c.document, name) for c in claims for name in getattr(c, role))
    return tuple(sorted({names[pair] for pair in pairs if pair in names}))
