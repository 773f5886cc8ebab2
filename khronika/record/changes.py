"""What changed in the record since a day: what it said as known on that day, beside what it says now.

The clock is that of `known` everywhere else: the day on which a story was published, or where that is not known
captured; never the day on which this program read it. A story of May that is read in July is news of May. Both sides
are pure functions of the record; stories without any date could be known on no day, and are counted apart.

Only what the new stories touch is worked out: time grows with what is new, beside one pass over the documents' dates;
where a last day is given, also with what came after it.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import pairwise
from typing import Any

from khronika.facts.events import Event, Interval, Person
from khronika.record import bulk, custody
from khronika.record.asof import event_as_known
from khronika.record.contradictions import Contradiction, best_first, in_order, of_events, with_words
from khronika.record.onfile import EventOnFile
from khronika.record.queries import on_file, on_whose_file
from khronika.record.rows import event_to_row
from khronika.record.sentences import Sentence, sentences
from khronika.text import edtf

_FIELDS = ("status", "date", "subtype", "place", "count", "penalties", "charge")
"""What can change in an event."""


@dataclass(frozen=True, slots=True, kw_only=True)
class NewPerson:
    """Someone of whom nothing was known before. `first`: the first day on which the person was named (EDTF)."""

    person: str
    name: str
    first: str | None
    events: int


@dataclass(frozen=True, slots=True, kw_only=True)
class NewEvent:
    """An event of which nothing was told before, as it is told now. `people`: id and name of those it was done to."""

    event: str
    type: str
    subtype: str | None
    date: str | None
    place: str | None
    status: str
    people: tuple[tuple[str, str], ...]
    told: tuple[Sentence, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class ChangedEvent:
    """An event that was told before and is told otherwise now: the field's value `then` and `now`, as JSON has them;
    `told`: the new sentences."""

    event: str
    type: str
    people: tuple[tuple[str, str], ...]
    field: str
    then: Any
    now: Any
    told: tuple[Sentence, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class ChangedCustody:
    """A person's custody: on the first day as known then, on the last day as known now. `because`: the new sentences of
    the events behind the new state; none where a term ran out meanwhile."""

    person: str
    name: str
    then: str
    now: str
    since: str | None
    overdue: bool
    note: str | None
    because: tuple[Sentence, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Correction:
    """Days up to the first day of which the record said another state then than it says now: from `start` to before
    `end` (None: to the first day itself). Of days of which it could say nothing then nothing is corrected. `because`:
    the new sentences that the new state rests on."""

    person: str
    name: str
    start: str
    end: str | None
    said: str
    says: str
    because: tuple[Sentence, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Changed:
    """What changed after the day `since` up to the day `until`. `documents`: how many stories became known; `undated`:
    how many have no date at all, of which nobody can say when they did."""

    since: str
    until: str
    documents: int
    undated: int
    people: tuple[NewPerson, ...] = ()
    custody: tuple[ChangedCustody, ...] = ()
    corrections: tuple[Correction, ...] = ()
    contradictions: tuple[Contradiction, ...] = ()
    events: tuple[NewEvent, ...] = ()
    changed: tuple[ChangedEvent, ...] = ()


def changes(alias: str, since: dt.date, until: dt.date | None = None) -> Changed:
    """What changed after `since`, up to `until` (None: the last day on which anything became known, and no less than
    `since`)."""
    days = {key: edtf.bounds(known)[1] if known else None for key, known in bulk.known_from(alias).items()}
    last = until or max((day for day in days.values() if day), default=since)
    last = max(last, since)
    new = frozenset(key for key, day in days.items() if day and since < day <= last)
    never = frozenset(key for key, day in days.items() if day is None or day > last)
    world = _World(alias, since, last, new, never)
    return Changed(
        since=since.isoformat(),
        until=last.isoformat(),
        documents=len(new),
        undated=sum(day is None for day in days.values()),
        people=tuple(world.new_people(days)),
        custody=tuple(world.custody()),
        corrections=tuple(world.corrections()),
        contradictions=tuple(world.contradictions()),
        events=tuple(world.new_events()),
        changed=tuple(world.changed_events()),
    )


class _World:
    """What the new stories touch, as known on the first day and on the last; and whose term ran out meanwhile.

    A term may run out in silence. By the table of intervals, which holds all that is known, that is seen of those of
    whom nothing was told after the last day; of the others, of whom stories of `never` tell, it is worked out.
    """

    def __init__(self, alias: str, since: dt.date, until: dt.date, new: frozenset[str], never: frozenset[str]) -> None:
        self.alias, self.since, self.until, self.new = alias, since, until, new
        self.events = bulk.events_told_in(alias, new)
        self.who = sorted({who for e in self.events.values() for who in on_whose_file(e)})
        later = {who for e in bulk.events_told_in(alias, never).values() for who in on_whose_file(e)}
        everyone = sorted({*self.who, *later, *bulk.ending_between(alias, since, until)})
        self.files = bulk.files(alias, everyone, self.events)
        named = bulk.people(alias, everyone)
        self.names = {i: p.name for i, p in named.items()}
        self.people = {i: p for i, p in named.items() if p.kind == "person"}
        self.then = {i: self._as_known(i, since) for i in self.events}
        self.now = {i: self._as_known(i, until) for i in self.events}

    def _on_file(self, event: str) -> EventOnFile:
        """The event with all its claims."""
        return on_file(self.files.events[event], self.files.claims, self.files.documents)

    def _as_known(self, event: str, day: dt.date) -> Event | None:
        """The event as known on the day."""
        return event_as_known(self.files.events[event], self._on_file(event), day)

    def _new_words(self, event: str) -> tuple[Sentence, ...]:
        """What the new stories say of the event, the sentence that says most first."""
        claims = self.files.claims
        new = (i for i in self.files.events[event].claims if i in claims and claims[i].document in self.new)
        return best_first(sentences(event, new, claims, self.files.documents), claims)

    def _named(self, event: Event) -> tuple[tuple[str, str], ...]:
        """Id and name of those it was done to."""
        return tuple((who, self.names.get(who, who)) for who in event.targets)

    def new_people(self, days: Mapping[str, dt.date | None]) -> Iterator[NewPerson]:
        """Those to whom something was done, all of whose stories are new or not yet out, by name."""
        for who in sorted((p for p in self.people.values() if p.id in set(self.who)), key=_by_name):
            told = [day for d in who.documents if (day := days.get(d))]
            if told and self.since < min(told) <= self.until:
                events = [e for e in self.now.values() if e and who.id in e.targets]
                yield NewPerson(person=who.id, name=who.name, first=min(told).isoformat(), events=len(events))

    def new_events(self) -> Iterator[NewEvent]:
        """Events of which nothing was told on the first day, by date, undated last."""
        new = (e for i, e in self.now.items() if e and self.then[i] is None)
        for event in sorted(new, key=lambda e: (e.date or "9999", e.id)):
            yield NewEvent(
                event=event.id,
                type=event.type,
                subtype=event.subtype,
                date=event.date,
                place=event.place.name if event.place else None,
                status=str(event.status),
                people=self._named(event),
                told=self._new_words(event.id),
            )

    def changed_events(self) -> Iterator[ChangedEvent]:
        """Fields of events that have another value now, in the events' order."""
        for key, now in sorted(self.now.items(), key=lambda pair: (pair[1].date or "9999" if pair[1] else "", pair[0])):
            then = self.then[key]
            if now is None or then is None:
                continue
            before, after = event_to_row(then), event_to_row(now)
            for field in (f for f in _FIELDS if before[f] != after[f]):
                yield ChangedEvent(
                    event=key,
                    type=now.type,
                    people=self._named(now),
                    field=field,
                    then=_plain(before[field]),
                    now=_plain(after[field]),
                    told=self._new_words(key),
                )

    def contradictions(self) -> Iterator[Contradiction]:
        """Points on which accounts differ now and did not on the first day, the worst first."""
        claims = [i for e in self.now.values() if e for c in e.conflicts for _, ids in c.values for i in ids]
        origins = bulk.origins(self.alias, claims)
        now = of_events((e for e in self.now.values() if e), origins)
        before = {(e.id, c.field) for e in self.then.values() if e for c in e.conflicts}
        yield from with_words(self.alias, in_order(c for c in now if (c.event, c.field) not in before))

    def _custody(self, who: str, known: dt.date) -> tuple[Interval, ...]:
        """The person's custody as known on the day."""
        return custody.intervals(self.files.of.get(who, []), known)

    def custody(self) -> Iterator[ChangedCustody]:
        """Whose state on the last day, as known then, is another than on the first, by name."""
        for who in sorted(self.people.values(), key=_by_name):
            before = custody.status(self._custody(who.id, self.since), self.since)
            main = self._custody(who.id, self.until)
            after = custody.status(main, self.until)
            if before.state == after.state and (after.state != "unknown" or before.note == after.note):
                continue
            ended = any(i.end == after.start and i.expected and i.held for i in main if not i.rival)
            yield ChangedCustody(
                person=who.id,
                name=who.name,
                then=before.state,
                now=after.state,
                since=after.start,
                overdue=after.state == "unknown" and ended,
                note=after.note,
                because=self._because(after),
            )

    def corrections(self) -> Iterator[Correction]:
        """Days that were past on the first day, of which another state is told now, by name."""
        for who in sorted(self.people.values(), key=_by_name):
            before, after = self._custody(who.id, self.since), self._custody(who.id, self.until)
            for start, end, said, says in differences(before, after, self.since):
                if said.state != "unknown":
                    yield Correction(
                        person=who.id, name=who.name, start=start, end=end, said=said.state, says=says.state,
                        because=self._because(says),
                    )  # fmt: skip

    def _because(self, interval: Interval) -> tuple[Sentence, ...]:
        """What the new stories say of the events behind the state."""
        told = (self._new_words(i) for i in interval.because if i in self.files.events)
        return tuple(words for some in told for words in some)


def differences(
    before: Sequence[Interval], after: Sequence[Interval], until: dt.date
) -> list[tuple[str, str | None, Interval, Interval]]:
    """The spans of days up to `until` of which two histories say different states: the first day of each, the day after
    it (None: it lasts to `until`), what each says. Rival accounts are left out of both."""
    main = [i for i in (*before, *after) if not i.rival]
    cuts = {cut for i in main for cut in (i.start, i.end) if cut and cut <= until.isoformat()}
    days: list[str | None] = [*sorted(cuts), None]
    found: list[tuple[str, str | None, Interval, Interval]] = []
    for day, following in pairwise(days):
        assert day
        one, other = (custody.status(side, dt.date.fromisoformat(day)) for side in (before, after))
        if one.state == other.state:
            continue
        last = found[-1] if found else None
        if last and last[1] == day and (last[2].state, last[3].state) == (one.state, other.state):
            found[-1] = (last[0], following, last[2], last[3])
        else:
            found.append((day, following, one, other))
    return found


def _plain(value: Any) -> Any:  # noqa: ANN401  (whatever JSON can hold)
    """A field's value without what only programs need: of a place its name."""
    return value.get("name") if isinstance(value, dict) and "geonames" in value else value


def _by_name(person: Person) -> tuple[str, str]:
    """By name, then by id."""
    return person.name.casefold(), person.id
