"""Who is held on a day, whose custody is unknown since when, of whom a release is overdue.

Custody is what `custody.py` made of each file; nothing is decided anew here. A person is listed by the account with
most origins; where a rival account puts that person on the other side, it is shown beside it; a person who is held by
a rival account alone is listed too, and marked. With all that is known, states come from the table of intervals: the
time grows with the people found. "As known on day K" folds every file anew and grows with all claims.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import TypedDict

from khronika.facts.claims import Claim, Status
from khronika.facts.documents import Document
from khronika.facts.events import Event, Interval
from khronika.record import asked, bulk, custody
from khronika.record.asof import event_as_known, known_days
from khronika.record.case import best_sentence
from khronika.record.onfile import EventOnFile, known_by
from khronika.record.queries import of_whom, on_file, on_whose_file
from khronika.record.sentences import Sentence, sentence
from khronika.text import edtf

HELD, UNKNOWN, OVERDUE = "held", "unknown", "overdue"
"""The three questions."""

CUSTODY_KINDS = (
    "detention", "internment", "disappearance", "sentence", "sentence_change", "acquittal", "transfer", "release",
    "movement", "custody_protest", "ill_treatment", "death",
)  # fmt: skip
"""Kinds of events of which one can change custody."""

_CHARGED = ("sentence", "conviction", "sentence_change", "court_appeal", "trial", "charge", "detention")
"""Kinds that tell a charge, the one that says most first."""

_WHEREABOUTS = ("transfer", "internment", "detention", "disappearance", "ill_treatment", "custody_protest")
"""Kinds whose place is where the person was held, not where a court sat."""

_OF_COURTS = frozenset({*_CHARGED, "acquittal", "release", "transfer"})
"""Kinds in which a court may act."""


class Narrowed(TypedDict, total=False):
    """What the answer is narrowed to, as typed (see `asked`); what is None or left out narrows nothing.

    `place`: a town, region or country of the events of that custody; `charge`: words that begin words of a charge;
    `court`: words of the name of a court that acted in it; `list`: words of the name of a list on which the person is
    that day.
    """

    place: str | None
    charge: str | None
    court: str | None
    list: str | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Question:
    """What is asked. `what`: HELD, UNKNOWN or OVERDUE; `on`: the day; `known`: as known on that day (None: with all
    that is known). `place`, `charge`, `court`, `list`: see `Narrowed`."""

    what: str
    on: dt.date
    known: dt.date | None = None
    place: str | None = None
    charge: str | None = None
    court: str | None = None
    list: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Rival:
    """What a rival account says of the day: its state from `start` to `end`, told by `origins` independent origins."""

    state: str
    held: bool | None
    start: str | None
    end: str | None
    origins: int
    because: tuple[Sentence, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Standing:
    """How one person stands on the day asked about. `person`: id.

    `state`, `held`: by the account named in `account`, "main" (most origins) or "rival" (no more than a rival account
    says so; the main one is then in `rivals`). `since`: the first day without a break, in custody or, of one whose
    custody is unknown, of not knowing; `before`: the state until then. `until`: the day on which that ended, or
    with `expected` the end of the term by arithmetic. `overdue`: the term has run out and no release is reported.
    `known`: the first day on which this could be known; `last_report`: the last on which anything on the file was told.
    `place`: where the person was last said to be; `places`, `charges`, `courts`: all that is told of this custody, the
    weightiest first; `lists`: lists that the person is on that day.
    `because`: the best sentence of each event behind the state; `denied`: those that deny one of these events.
    """

    person: str
    name: str
    state: str
    held: bool | None
    account: str = "main"
    origins: int = 1
    since: str | None = None
    before: str | None = None
    until: str | None = None
    expected: bool = False
    overdue: bool = False
    known: str | None = None
    last_report: str | None = None
    place: str | None = None
    places: tuple[str, ...] = ()
    charges: tuple[str, ...] = ()
    courts: tuple[str, ...] = ()
    lists: tuple[str, ...] = ()
    note: str | None = None
    because: tuple[Sentence, ...] = ()
    denied: tuple[Sentence, ...] = ()
    rivals: tuple[Rival, ...] = ()


@dataclass(frozen=True, slots=True)
class _Spell:
    """A person's custody around the day: the interval that holds it, the one that it began with, the one that it lasts
    to without a break, the day after which its events count (when the last liberty before it began), and the intervals
    of rival accounts on that day."""

    at: Interval
    first: Interval
    last: Interval
    after: str | None
    before: str | None = None
    overdue: bool = False
    account: str = "main"
    others: tuple[Interval, ...] = ()


@dataclass(slots=True)
class _Told:
    """What is told of one person's custody: the events that belong to it, as known, and their claims."""

    events: list[Event] = field(default_factory=list)
    claims: dict[str, list[Claim]] = field(default_factory=dict)
    last: dt.date | None = None


def standings(alias: str, question: Question) -> list[Standing]:
    """Everyone to whom the question applies: held by name; unknown and overdue those longest so first."""
    spells = dict(_spells(alias, question))
    lists = _lists(alias, question)
    if question.list is not None:
        wanted = question.list
        spells = {p: s for p, s in spells.items() if any(asked.fits(wanted, name) for name in lists.get(p, ()))}
    found = [one for some in bulk.portions(sorted(spells)) for one in _answers(alias, question, some, spells)]
    found = [replace(one, lists=tuple(lists.get(one.person, ()))) for one in found]
    if question.what == HELD:
        return sorted(found, key=lambda s: (s.name.casefold(), s.person))
    return sorted(found, key=lambda s: (s.since or "", s.name.casefold(), s.person))


def number(alias: str, question: Question) -> int:
    """To how many people a question that names no place, charge, court or list applies; no event is read for that."""
    return sum(1 for _ in _spells(alias, question))


# --- who is meant


def _spells(alias: str, question: Question) -> Iterator[tuple[str, _Spell]]:
    """Person id and the custody that the question asks for."""
    for person, intervals in _custody(alias, question):
        if spell := _spell(intervals, question):
            yield person, spell


def _custody(alias: str, question: Question) -> Iterator[tuple[str, Sequence[Interval]]]:
    """The intervals, as known on the day, of everyone to whom the question may apply."""
    from khronika.record import models

    if question.known is None:
        yield from sorted(bulk.custody_on(alias, question.on, held=question.what == HELD).items())
        return
    acts = models.Event.objects.using(alias).filter(type__in=CUSTODY_KINDS)
    named = models.Participant.objects.using(alias).filter(a__in=acts.values("key"))
    everyone = set(models.Person.objects.using(alias).values_list("key", flat=True))
    for some in bulk.portions(sorted(everyone & set(named.values_list("b", flat=True)))):
        files = bulk.files(alias, some)
        yield from ((who, custody.intervals(files.of.get(who, []), question.known)) for who in some)


def _spell(intervals: Sequence[Interval], question: Question) -> _Spell | None:
    """What these intervals say to the question; None: it does not apply."""
    day = question.on.isoformat()
    main = sorted((i for i in intervals if not i.rival), key=lambda i: i.start or "")
    now = next((n for n, i in enumerate(main) if covers(i, day)), None)
    others = tuple(i for i in intervals if i.rival and covers(i, day))
    here = main[now] if now is not None else None
    if question.what == HELD:
        if here is not None and now is not None and here.held:
            first, last = main[_first_of(main, now)], main[_last_of(main, now)]
            return _Spell(here, first, last, _after(main, now), others=tuple(i for i in others if not i.held))
        by_rival = [i for i in others if i.held]
        if not by_rival:
            return None
        best = max(by_rival, key=lambda i: i.origins)
        against = (here,) if here is not None else ()
        return _Spell(best, best, best, None, account="rival", others=against)
    if here is None or now is None or here.held is not None:
        return None
    late = _is_overdue(main, now)
    if question.what == OVERDUE and not late:
        return None
    before = main[now - 1].state if now else None
    others = tuple(i for i in others if i.held is not None)
    return _Spell(here, here, here, _after(main, now - 1 if now else now), before, late, others=others)


def covers(interval: Interval, day: str) -> bool:
    """Whether the interval holds the day ("2021-06-23")."""
    return (interval.start or "") <= day and (interval.end is None or day < interval.end)


def _first_of(main: Sequence[Interval], at: int) -> int:
    """The first of the held intervals that follow each other without a break up to this one."""
    while at > 0 and main[at - 1].held and main[at - 1].end == main[at].start:
        at -= 1
    return at


def _last_of(main: Sequence[Interval], at: int) -> int:
    """The last of the held intervals that follow this one without a break."""
    while at + 1 < len(main) and main[at + 1].held and main[at].end == main[at + 1].start:
        at += 1
    return at


def _after(main: Sequence[Interval], at: int) -> str | None:
    """The day from which events belong to this custody: that on which the last liberty before it began."""
    first = _first_of(main, at)
    return next((i.start for i in reversed(main[:first]) if i.held is False), None)


def _is_overdue(main: Sequence[Interval], at: int) -> bool:
    """Whether not knowing began with the end of a term that was served in custody."""
    if at == 0:
        return False
    last = main[at - 1]
    return bool(last.held and last.expected and last.end == main[at].start)


# --- what is told of them


def _answers(alias: str, question: Question, people: Sequence[str], spells: dict[str, _Spell]) -> Iterator[Standing]:
    """The standings of some people, those left out whom the question's place, charge or court does not fit."""
    files = bulk.files(alias, people)
    named = bulk.people(alias, [*people, *(a for e in files.events.values() for a in e.actors)])
    there = {e.id: on_file(e, files.claims, files.documents) for e in files.events.values()}
    of: dict[str, list[tuple[Event, EventOnFile]]] = {}
    for event in files.events.values():
        for who in on_whose_file(event):
            of.setdefault(who, []).append((event, of_whom(event, there[event.id], who)))
    names = {i: p.name for i, p in named.items()}
    for person in (p for p in people if p in names):
        spell = spells[person]
        told = _gather(of.get(person, []), spell, question)
        courts = _courts(told, names)
        if not _is_asked_for(question, told, courts):
            continue
        one = Standing(person=person, name=names[person], state=spell.at.state, held=spell.at.held)
        because = _Because(there, files.documents, question.known)
        yield _standing(one, spell, told, courts, because)


def _gather(file: Sequence[tuple[Event, EventOnFile]], spell: _Spell, question: Question) -> _Told:
    """The events of the file that belong to this custody: those that it rests on, and all that may lie between the
    last liberty before it and its end."""
    told = _Told()
    for event, there in sorted(file, key=lambda pair: (pair[0].date or "9999", pair[0].id)):
        known = event_as_known(event, there, question.known)
        if known is None:
            continue
        days = known_days(there.claims if question.known is None else known_by(there, question.known))
        told.last = max([*([told.last] if told.last else []), *days[-1:]], default=None)
        if event.id in spell.at.because or (
            known.status is Status.HAPPENED and _belongs(known, days, spell, question.on)
        ):
            told.events.append(known)
            by_then = there.claims if question.known is None else known_by(there, question.known)
            told.claims[event.id] = [c.claim for c in by_then]
    return told


def _belongs(event: Event, days: Sequence[dt.date], spell: _Spell, on: dt.date) -> bool:
    """Whether the event may lie within the custody up to the day; one without a date counts as of its first report, and
    may be told after the day."""
    first, last = edtf.bounds(event.date) if event.date else (None, None)
    after = dt.date.fromisoformat(spell.after) if spell.after else None
    if event.date is None and days:
        end = dt.date.fromisoformat(spell.last.end) if spell.last.end and not spell.last.expected else None
        return (after is None or days[0] >= after) and (end is None or days[0] <= end)
    return (after is None or last is None or last >= after) and (first is None or first <= on)


def _courts(told: _Told, names: dict[str, str]) -> tuple[str, ...]:
    """The courts that act in the events, the last first: by actors, in claims' own words too, and where a court is
    given as the place."""
    found: dict[str, None] = {}
    for event in reversed(told.events):
        if event.type not in _OF_COURTS:
            continue
        claims = told.claims[event.id]
        written = [names.get(a, "") for a in event.actors]
        written += [n for c in claims for n in (*c.actors, *c.place)]
        found.update(dict.fromkeys(name for name in written if asked.is_court(name)))
    return tuple(found)


def _is_asked_for(question: Question, told: _Told, courts: Sequence[str]) -> bool:
    """Whether place, charge and court of the question are told of this custody."""
    if question.court is not None and not any(asked.fits(question.court, name) for name in courts):
        return False
    if question.charge is not None and not any(asked.fits(question.charge, text) for text in _charges(told)):
        return False
    if question.place is None:
        return True
    where = asked.Where(question.place)
    return any(where.holds(event, [c.place for c in told.claims[event.id]]) for event in told.events)


def _charges(told: _Told) -> tuple[str, ...]:
    """The charges told: of sentences before those of indictments and arrests, of each kind the last first."""
    rank = {kind: n for n, kind in enumerate(_CHARGED)}
    charged = [e for e in reversed(told.events) if e.type in rank]
    texts = []
    for event in sorted(charged, key=lambda e: rank[e.type]):
        texts += [event.charge, *(c.charge for c in told.claims[event.id])]
    return tuple(dict.fromkeys(text for text in texts if text))


def _standing(person: Standing, spell: _Spell, told: _Told, courts: tuple[str, ...], because: _Because) -> Standing:
    """The person's standing with all that is told."""
    last = [e for e in reversed(told.events) if e.place]
    bodily = [e for e in last if e.type in _WHEREABOUTS]
    places = dict.fromkeys(e.place.name for e in (*bodily, *last) if e.place)
    at = spell.at
    return replace(
        person,
        account=spell.account,
        origins=at.origins,
        since=spell.first.start,
        before=spell.before,
        until=spell.last.end,
        expected=spell.last.expected,
        overdue=spell.overdue,
        known=at.known,
        last_report=told.last.isoformat() if told.last else None,
        place=next(iter(places), None),
        places=tuple(places),
        charges=_charges(told),
        courts=courts,
        note=at.note,
        because=because(at),
        denied=because.denials(at),
        rivals=tuple(
            Rival(state=i.state, held=i.held, start=i.start, end=i.end, origins=i.origins, because=because(i))
            for i in spell.others
        ),
    )


@dataclass(frozen=True, slots=True)
class _Because:
    """Finds the sentences behind a state, among those known by the day."""

    events: Mapping[str, EventOnFile]
    documents: Mapping[str, Document]
    known: dt.date | None

    def __call__(self, at: Interval) -> tuple[Sentence, ...]:
        """For each event that the state rests on, its best sentence; of the event that began it one that gives its day:
        of two accounts each has its own."""
        found = []
        for key in at.because:
            there = self.events.get(key)
            if key == at.closed_by or there is None:
                continue
            claims = there.claims if self.known is None else tuple(known_by(there, self.known))
            if key == at.because[0]:
                claims = tuple(c for c in claims if at.start and _tells(c.claim, at.start)) or claims
            if claims:
                claim = best_sentence(EventOnFile(key, there.type, claims), None).claim
                found.append(sentence(key, claim, self.documents[claim.document]))
        return tuple(found)

    def denials(self, at: Interval) -> tuple[Sentence, ...]:
        """The sentences that deny an event which the state rests on."""
        there = ((key, self.events[key]) for key in at.because if key in self.events and key != at.closed_by)
        told = ((key, c.claim) for key, event in there for c in known_by(event, self.known))
        denied = (pair for pair in told if pair[1].status is Status.DENIED)
        return tuple(sentence(key, claim, self.documents[claim.document]) for key, claim in denied)


def _tells(claim: Claim, day: str) -> bool:
    """Whether the claim's date holds the day."""
    try:
        return bool(claim.date) and edtf.overlaps(claim.date or "", day)
    except ValueError:
        return False


def _lists(alias: str, question: Question) -> dict[str, list[str]]:
    """Person id → the lists that the person is on, on the day: put on and not taken off, by what was known.

    An undated listing counts from its report.
    """
    from khronika.record import models

    keys = models.Event.objects.using(alias).filter(type__in=("listing", "delisting")).values_list("key", flat=True)
    found = bulk.events(alias, [*keys])
    told = bulk.claims(alias, (c for e in found.values() for c in e.claims))
    documents = bulk.headers(alias, (c.document for c in told.values()))
    acts: dict[tuple[str, str], list[tuple[dt.date, bool]]] = {}
    for event in found.values():
        for one in known_by(on_file(event, told, documents), question.known):
            day = _day_of(one.claim.date) or next(iter(known_days([one])), None)
            if one.claim.list and one.claim.status is Status.HAPPENED and day and day <= question.on:
                for who in event.targets:
                    acts.setdefault((who, one.claim.list), []).append((day, event.type == "listing"))
    on: dict[str, list[str]] = {}
    for (who, name), days in sorted(acts.items()):
        if max(days)[1]:
            on.setdefault(who, []).append(name)
    return on


def _day_of(date: str | None) -> dt.date | None:
    """The first day of an EDTF date; None for one that is none."""
    try:
        return edtf.bounds(date)[0] if date else None
    except ValueError:
        return None
