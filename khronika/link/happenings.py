"""What linking knows of one happening: an event in the making, and how it is kept as text.

A happening begins as one claim and grows by the claims that join it, first those of its own document, then those of
others. Whether two are one is weighed by `weighing.py`.
"""

from __future__ import annotations

import json
from collections.abc import Hashable
from dataclasses import dataclass, field, replace

from khronika.facts.claims import Count, Penalty, Status, plain
from khronika.link.kinds import kinds
from khronika.text.edtf import is_day


@dataclass(slots=True)
class Happening:
    """An event in the making: what the claims taken for it say together.

    `kind`: type and status group; `rank`: sorts the most precise first, and ends with a claim's id; `who`: ids of the
    people and bodies it is about; `actors`: ids or folded names; `said`: a number for what each sentence says, equal
    for its copies; `orders`: document → where its claims start (code points); `published`: the first day on which a
    document told it; `before`: the last day on which it can have been, where a claim says what came after it; `anew`:
    told as happening again; `one`, `sides`: what people decided of its claims, as of `Marks`.
    """

    kind: tuple[str, str]
    rank: tuple[object, ...]
    claims: list[str] = field(default_factory=list)
    who: set[str] = field(default_factory=set)
    actors: set[str] = field(default_factory=set)
    group: set[str] = field(default_factory=set)
    subtypes: set[str] = field(default_factory=set)
    dates: set[str] = field(default_factory=set)
    places: list[tuple[str, ...]] = field(default_factory=list)
    penalties: set[Penalty] = field(default_factory=set)
    charges: list[frozenset[str]] = field(default_factory=list)
    counts: set[Count] = field(default_factory=set)
    statuses: set[Status] = field(default_factory=set)
    described: bool = False
    anew: bool = False
    published: str | None = None
    news: str | None = None
    before: str | None = None
    within: str | None = None
    said: set[int] = field(default_factory=set)
    orders: dict[str, list[int]] = field(default_factory=dict)
    one: set[str] = field(default_factory=set)
    sides: set[str] = field(default_factory=set)

    def take(self, other: Happening) -> None:
        """The other is the same happening. `self` is the one told more precisely: its rank stays."""
        self.claims += other.claims
        self.who |= other.who
        self.actors |= other.actors
        self.group |= other.group
        self.subtypes |= other.subtypes
        self.dates |= other.dates
        self.places += [chain for chain in other.places if chain not in self.places]
        self.penalties |= other.penalties
        self.charges += [charge for charge in other.charges if charge not in self.charges]
        self.counts |= other.counts
        self.statuses |= other.statuses
        self.described = self.described or other.described
        self.anew = self.anew or other.anew
        self.published = min(filter(None, (self.published, other.published)), default=None)
        self.news = min(filter(None, (self.news, other.news)), default=None)
        self.before = min(filter(None, (self.before, other.before)), default=None)
        self.said |= other.said
        self.one |= other.one
        self.sides |= other.sides
        for document, starts in other.orders.items():
            self.orders.setdefault(document, []).extend(starts)

    @property
    def id(self) -> str:
        """The id of its most precise claim."""
        return str(self.rank[-1])

    @property
    def type(self) -> str:
        """The kind of the codebook."""
        return self.kind[0]

    def look(self) -> Hashable:
        """All of it that matters to `evidence` between two documents: those of one look are tied to the same others."""
        undated = (self.before, self.published, self.news) if not any(map(is_day, self.dates)) else None
        words = tuple(map(frozenset[str], (self.who, self.actors, self.group, self.subtypes, self.dates)))
        values = (frozenset(self.penalties), frozenset(self.counts), frozenset(self.places), frozenset(self.charges))
        decided = frozenset(self.one), frozenset(self.sides)
        return self.kind, words, values, frozenset(self.statuses), self.described, self.anew, undated, decided

    def copied(self) -> Happening:
        """The same, to take others in while this one stays as it is."""
        out = replace(self, orders={})
        for name in _GROWING:
            setattr(out, name, getattr(self, name).copy())
        out.orders = {document: [*starts] for document, starts in self.orders.items()}
        return out

    def apart(self) -> Happening:
        """The same without its places in documents, as if told in a document of its own."""
        return replace(self, orders={})

    @property
    def denied(self) -> bool:
        """Whether it is told only to be denied."""
        return self.statuses == {Status.DENIED}

    def is_crowd(self) -> bool:
        """Whether it tells of a described number of people, more than it names."""
        return self.described and any(max(count.min or 0, count.max or 0) > len(self.who) for count in self.counts)

    def is_public(self) -> bool:
        """Whether it is a public act: when, where and by whom decide, not at whom."""
        return self.type in kinds().public

    def is_gathering(self) -> bool:
        """Whether people gathered at a place."""
        return self.type in kinds().gathering


_GROWING = (
    "claims", "who", "actors", "group", "subtypes", "dates", "places", "penalties", "charges", "counts", "statuses",
    "said", "one", "sides",
)  # fmt: skip


def status_group(status: Status) -> str:
    """Demanded and possible events are events of their own; a denial is about the event it denies; a planned one may
    turn out to be the one that happened. Claims of different groups are never one event (codebook rule 19)."""
    return str(status) if status in {Status.DEMANDED, Status.POSSIBLE} else "told"


def happening_to_text(one: Happening) -> str:
    """The happening as JSON: equal ones give equal bytes."""
    decided = {name: sorted(marks) for name, marks in (("one", one.one), ("sides", one.sides)) if marks}
    return json.dumps(
        {
            **decided,
            "kind": one.kind, "rank": one.rank, "claims": one.claims,
            "who": sorted(one.who), "actors": sorted(one.actors), "group": sorted(one.group),
            "subtypes": sorted(one.subtypes), "dates": sorted(one.dates), "places": one.places,
            "penalties": sorted((plain(p) for p in one.penalties), key=str),
            "charges": [sorted(charge) for charge in one.charges],
            "counts": sorted((plain(c) for c in one.counts), key=str), "statuses": sorted(one.statuses),
            "described": one.described, "anew": one.anew, "published": one.published, "news": one.news,
            "before": one.before, "within": one.within, "said": sorted(one.said), "orders": one.orders,
        },
        ensure_ascii=False,
    )  # fmt: skip


def happening_from_text(text: str) -> Happening:
    """The inverse of `happening_to_text`."""
    row = json.loads(text)
    for name in ("who", "actors", "group", "subtypes", "dates", "said", "one", "sides"):
        row[name] = set(row.get(name, ()))
    row["kind"] = (row["kind"][0], row["kind"][1])
    row["rank"] = tuple(row["rank"])
    row["places"] = [tuple(chain) for chain in row["places"]]
    row["charges"] = [frozenset(charge) for charge in row["charges"]]
    row["penalties"] = {Penalty(**p) for p in row["penalties"]}
    row["counts"] = {Count(**c) for c in row["counts"]}
    row["statuses"] = {Status(s) for s in row["statuses"]}
    return Happening(**row)
