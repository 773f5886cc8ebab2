"""Runs linking and custody on a world's claims and measures them: quality against the truth, time and memory of each
step."""

from __future__ import annotations

import gc
from collections import Counter, defaultdict
from collections.abc import Callable, Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date, timedelta
from random import Random
from typing import Any

from bench.world.knobs import Knobs, Size
from bench.world.measure import Clusters, compare
from bench.world.press import Press
from bench.world.steps import Meter
from bench.world.ties import keep_what_is_tied
from bench.world.truth import NOBODY_SAYS, Truth, accepted
from khronika.facts.claims import Claim, Mention, Relation
from khronika.facts.documents import Document
from khronika.facts.events import Interval, Linked
from khronika.link import rebuild
from khronika.record import custody
from khronika.record.onfile import ClaimOnFile, EventOnFile
from khronika.record.queries import files_on_people

QUESTIONS = 10_000
Linking = Callable[["View"], Linked]


@dataclass(slots=True)
class View:
    """A record held in memory, for linking (`khronika.facts.contracts.RecordView`)."""

    _documents: list[Document] = field(default_factory=list)
    _claims: list[Claim] = field(default_factory=list)
    _mentions: list[Mention] = field(default_factory=list)
    _relations: list[Relation] = field(default_factory=list)

    def documents(self) -> Iterator[Document]:
        """Every document."""
        return iter(self._documents)

    def claims(self) -> Iterator[Claim]:
        """Every claim."""
        return iter(self._claims)

    def mentions(self) -> Iterator[Mention]:
        """Every mention."""
        return iter(self._mentions)

    def relations(self) -> Iterator[Relation]:
        """Every relation."""
        return iter(self._relations)

    def without(self, documents: Collection[str]) -> View:
        """The record without these documents and what was read in them."""
        return View(
            [d for d in self._documents if d.id not in documents],
            [c for c in self._claims if c.document not in documents],
            [m for m in self._mentions if m.document not in documents],
            [r for r in self._relations if r.document not in documents],
        )


@dataclass(frozen=True, slots=True)
class Question:
    """Where was a person on a day, as known on another? `right`: the accepted states."""

    person: str
    on: date
    known: date
    right: frozenset[str]


@dataclass(frozen=True, slots=True)
class Answered:
    """A question and khronika's state."""

    question: Question
    state: str

    @property
    def right(self) -> bool:
        """Whether the state is accepted."""
        return self.state in self.question.right


@dataclass(slots=True)
class Run:
    """One world, linked and measured."""

    size: Size
    view: View
    truth: Truth
    linked: Linked
    files: Mapping[str, Sequence[EventOnFile]]
    home: dict[str, str]
    people: Clusters
    events: Clusters
    origins: float
    answers: list[Answered]
    apart: list[Answered]
    meter: Meter

    def to_json(self) -> dict[str, Any]:
        """The figures."""
        firm = [a for a in self.answers if not a.question.right & NOBODY_SAYS]
        return {
            "stories": self.size.stories,
            "seed": self.size.seed,
            "claims": len(self.truth.events),
            "people": self.people.to_json(),
            "events": self.events.to_json(),
            "origins_exact": round(self.origins, 4),
            "custody": {
                "asked": len(self.answers),
                "right": share(self.answers),
                "asked_where_a_state_is_reported": len(firm),
                "right_where_a_state_is_reported": share(firm),
                **({"right_with_true_people_and_events": share(self.apart)} if self.apart else {}),
            },
            "seconds": {k: round(v, 2) for k, v in self.meter.seconds.items()},
            "peak_mb": {k: round(v) for k, v in self.meter.peaks.items()},
        }


def share(answers: Sequence[Answered]) -> float:
    """How many of the answers are right, of 1."""
    return round(sum(a.right for a in answers) / len(answers), 4) if answers else 1.0


def build(size: Size, knobs: Knobs | None = None) -> tuple[View, Truth]:
    """The world's record and its truth."""
    view, truth = View(), Truth()
    for filed in Press(size, knobs).stories():
        truth.take(filed)
        view._documents.append(filed.document)
        view._claims += filed.claims
        view._mentions += filed.mentions
        view._relations += filed.relations
    keep_what_is_tied(truth, view.claims())
    return view, truth


def run(
    size: Size, knobs: Knobs | None = None, link: Linking | None = None, questions: int = QUESTIONS, apart: bool = False
) -> Run:
    """Builds a world, links it, asks, and measures. `link`: what to measure instead of khronika's own. `apart`: puts
    the questions also to custody alone, given the true people, events and origins."""
    view, truth = build(size, knobs)
    meter = Meter()
    gc.collect()
    with meter.linking(), meter.step("link"):
        linked = (link or rebuild.link)(view)
    with meter.step("custody"):
        files = _files(view, linked)
        for person in sorted(p.id for p in linked.people):
            custody.intervals(files.get(person, ()))
    names = dict(linked.names)
    owner = dict(linked.claim_events)
    people = compare((true, names.get(key, key)) for key, true in truth.people.items())
    events = compare((true, owner.get(claim, claim)) for claim, true in truth.events.items())
    home = _homes(truth, names)
    asked = ask(truth, size.seed, questions)
    answers = [Answered(q, _state(files.get(home[q.person], ()), q)) for q in asked]
    given = true_files(view, truth) if apart else {}
    alone = [Answered(q, _state(given[q.person], q)) for q in asked] if apart else []
    exact = _origins(truth, linked, owner)
    return Run(size, view, truth, linked, files, home, people, events, exact, answers, alone, meter)


def ask(truth: Truth, seed: int, number: int) -> list[Question]:
    """Random questions: a person; a day from a month before the first event to a year after the last, every third one
    within three days of an event; known: everything, or up to a day in that time."""
    rng = Random(f"questions/{seed}")
    people = sorted(truth.lives, key=lambda p: int(p[1:]))
    out = []
    for _ in range(number if people else 0):
        person = rng.choice(people)
        life = truth.lives[person]
        days = sorted(e.day for e in life.events.values())
        length = (days[-1] - days[0]).days + 395
        on = days[0] + timedelta(days=rng.randrange(length) - 30)
        if rng.random() < 1 / 3:
            on = rng.choice(days) + timedelta(days=rng.randint(-3, 3))
        known = date(2100, 1, 1) if rng.random() < 0.4 else days[0] + timedelta(days=rng.randrange(length))
        out.append(Question(person, on, known, accepted(life, on, known)))
    return out


def _state(file: Sequence[EventOnFile], question: Question) -> str:
    """Khronika's answer."""
    return custody.status(intervals_of(file, question.known), question.on).state


def intervals_of(file: Sequence[EventOnFile], known: date) -> tuple[Interval, ...]:
    """The person's custody as known on the day."""
    return custody.intervals(file, known)


def _files(view: View, linked: Linked) -> Mapping[str, Sequence[EventOnFile]]:
    """Each person's file, as the record makes it."""
    copies = dict(linked.copies)
    documents = {d.id: replace(d, text="", copy_of=copies.get(d.id, d.copy_of)) for d in view.documents()}
    return files_on_people(linked.events, {c.id: c for c in view.claims()}, documents)


def true_files(view: View, truth: Truth) -> Mapping[str, Sequence[EventOnFile]]:
    """Each true person's file of true events, as if linking were without fault."""
    documents = {d.id: d for d in view.documents()}
    told: dict[str, list[ClaimOnFile]] = defaultdict(list)
    named: dict[tuple[str, str], set[str]] = defaultdict(set)
    for claim in view.claims():
        document, outlet = documents[claim.document], truth.reporting[claim.document]
        on_file = ClaimOnFile(claim, document.known_from, outlet, own=document.outlet == outlet)
        event = truth.events[claim.id].partition("#")[0]  # parted by `keep_what_is_tied`
        told[event].append(on_file)
        for name in (*claim.targets, *claim.actors):
            if person := truth.people.get((claim.document, name)):
                named[person, event].add(claim.id)
    return {
        person: [
            EventOnFile(e.id, e.kind, tuple(told[e.id]), frozenset(named[person, e.id])) for e, _ in life.in_order()
        ]
        for person, life in truth.lives.items()
    }


def _homes(truth: Truth, names: Mapping[tuple[str, str], str]) -> dict[str, str]:
    """True person → the derived one who has most of the person's mentions."""
    counts: dict[str, Counter[str]] = defaultdict(Counter)
    for key, person in truth.people.items():
        counts[person][names.get(key, "")] += 1
    return {person: min(found, key=lambda f: (-found[f], f)) for person, found in counts.items()}


def _origins(truth: Truth, linked: Linked, owner: Mapping[str, str]) -> float:
    """Of the true events, how many have the right number of origins on the derived event with most of their claims."""
    number = {e.id: e.origins for e in linked.events}
    held: dict[str, Counter[str]] = defaultdict(Counter)
    for claim, event in truth.events.items():
        held[event][owner.get(claim, "")] += 1
    right = sum(
        number.get(min(found, key=lambda f: (-found[f], f)), 0) == len(truth.origins[event])
        for event, found in held.items()
    )
    return right / len(held) if held else 1.0
