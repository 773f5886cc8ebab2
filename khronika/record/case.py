"""A case: one person's events in order, and where the person was on any day."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import asdict
from datetime import date
from typing import Any, Protocol

from khronika.errors import UsageError
from khronika.facts.claims import Claim, Status
from khronika.facts.decisions import Ruling
from khronika.facts.documents import Document
from khronika.facts.events import CustodyStatus, Event, Interval, Person
from khronika.record import custody
from khronika.record.flags import Flag, flags_of, flags_on
from khronika.record.onfile import ClaimOnFile, EventOnFile, known_by
from khronika.record.rows import event_to_row
from khronika.text import edtf


class Shelf(Protocol):
    """Where a case looks up what belongs to a person, by id."""

    def events_of(self, who: str) -> list[Event]:
        """The person's events."""
        ...

    def file_of(self, who: str) -> list[EventOnFile]:
        """The person's events with their claims."""
        ...

    def tellings(self, event: Event) -> list[tuple[Claim, Document]]:
        """An event's claims with their documents."""
        ...

    def rulings(self, documents: Iterable[str] | None = None) -> dict[str, Ruling]:
        """What people decided of claims of the documents, by claim id."""
        ...


class Case:
    """One person's case. `person` says whose."""

    def __init__(self, record: Shelf, person: Person) -> None:
        self._record = record
        self.person = person

    @property
    def events(self) -> list[Event]:
        """The person's events, in order of date, undated last."""
        return self._record.events_of(self.person.id)

    @property
    def custody(self) -> tuple[Interval, ...]:
        """The custody intervals, with all that is known."""
        return custody.intervals(self._record.file_of(self.person.id))

    @property
    def flags(self) -> tuple[Flag, ...]:
        """What on the person's file cannot be as told, each with its reason."""
        file = self._record.file_of(self.person.id)
        alone = [flag for event in file for flag in flags_of(event)]
        return (*alone, *flags_on(self.person.id, file, custody.intervals(file)))

    def status(self, on: str | date, known: str | date | None = None) -> CustodyStatus:
        """Where the person was on the day `on`, as the record could know on the day `known` (None: with all it knows).

        Days as `date` or "2021-06-23". `because` holds, for each event behind the state, its best sentence: {"event",
        "quote", "document", "speaker"}; `note` also says where nothing was reported up to that day any more. Raises
        UsageError for a day that is none.
        """
        day, limit = day_of(on), day_of(known) if known is not None else None
        file = self._record.file_of(self.person.id)
        now = custody.status(custody.intervals(file, limit), day)
        by_id = {event.id: event for event in file}
        because = [_reason(by_id[i], limit) for i in now.because if i in by_id and i != now.closed_by]
        told = _last_report(file, limit)
        late = f"last report is of {told}" if told and now.because and now.end is None and told < day else None
        return CustodyStatus(
            person=self.person.name,
            on=day.isoformat(),
            known=limit.isoformat() if limit else None,
            state=now.state,
            held=now.held,
            because=tuple(because),
            note="; ".join(filter(None, [now.note, late])) or None,
        )

    def to_json(self) -> dict[str, Any]:
        """The case for programs: person, custody, what cannot be as told, events with their claims' sentences, and the
        numbers of people's decisions about these."""
        events = []
        for event in self.events:
            tellings = self._record.tellings(event)
            rulings = self._record.rulings(d.id for _, d in tellings)
            told = [
                {"claim": c.id, "quote": c.quote, "speaker": c.speaker, "status": str(c.status), "document": d.id}
                | ({"decided": [said.number for said in rulings[c.id].decisions]} if c.id in rulings else {})
                for c, d in tellings
            ]
            events.append({**event_to_row(event), "told": told})
        flags = [asdict(f) for f in self.flags]
        custody = [asdict(i) for i in self.custody]
        return {"person": asdict(self.person), "custody": custody, "flags": flags, "events": events}


def day_of(value: str | date) -> date:
    """The day. Raises UsageError."""
    if isinstance(value, date):
        return value
    try:
        return date.fromisoformat(value)
    except ValueError as error:
        raise UsageError(f"{value!r} is not a day; write it as 2021-06-23") from error


def _last_report(file: Sequence[EventOnFile], known: date | None) -> date | None:
    """The last day on which anything on the person's file became known, as far as known on the day `known`."""
    days = (edtf.bounds(c.known_from)[1] for event in file for c in known_by(event, known) if c.known_from)
    return max((day for day in days if day), default=None)


def best_sentence(event: EventOnFile, known: date | None) -> ClaimOnFile:
    """The sentence that says most about the event, among those known on the day `known` (None: all)."""
    there = known_by(event, known) if known or len(event.claims) > 1 else event.claims
    return max(there, key=worth)


def _reason(event: EventOnFile, known: date | None) -> dict[str, Any]:
    """The event with its best sentence among those known by then."""
    claim = best_sentence(event, known).claim
    return {"event": event.id, "quote": claim.quote, "document": claim.document, "speaker": claim.speaker}


def worth(one: ClaimOnFile) -> tuple[Any, ...]:
    """How much a sentence says about custody: term, day, the person by name, unhedged, then by whom, why and where;
    of equals the earliest."""
    claim = one.claim
    terms = any(p.duration for p in claim.penalties), bool(claim.penalties)
    facts = bool(claim.actors), bool(claim.charge), bool(claim.place)
    return (
        claim.status is Status.HAPPENED,
        *terms,
        len(claim.date or "") if claim.date and "/" not in claim.date else 0,
        _names_whom(claim),
        not claim.hedged,
        sum(facts),
        [-ord(c) for c in one.known_from or "9999"],
        [-ord(c) for c in claim.id],
    )


def _names_whom(claim: Claim) -> bool:
    """Whether the sentence itself names whom it is about, in whatever form: "a protester" does not."""
    words = {word for name in claim.targets for word in name.split() if len(word) > 2}
    return any(word in claim.quote for word in words)
