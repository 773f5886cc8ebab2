"""`khronika people`: who is in the record."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any

import click

from khronika.cli import wording
from khronika.cli.options import existing, json_option, record_option
from khronika.cli.screen import answer, say, table
from khronika.facts.events import Event, Interval, Person


@click.command()
@click.option(
    "--all", "everyone", is_flag=True, help="List those too whom no event names: witnesses, reporters, officials."
)
@click.option("--unsure", is_flag=True, help="List who may be one person, the likeliest first, and why.")
@record_option
@json_option
def people(everyone: bool, unsure: bool, record: Path, as_json: bool) -> None:
    """List the people of the record.

    Each with other spellings, the number of events that name the person, and the custody last reported.
    """
    if unsure:
        _unsure(record, as_json)
        return
    with existing(record) as opened, opened.snapshot() as view:
        custody = view.custody()
        counts = events_by_person(view.events())
        found = sorted(view.people(), key=lambda p: (p.name, p.id))
        listed = [Listed(p, counts[p.id], last_reported(custody.get(p.id, ()))) for p in found]
    if as_json:
        answer([one.as_table() for one in listed])
        return
    shown = listed if everyone else [one for one in listed if one.events]
    table(("name", "also written", "events", "last reported"), [one.row() for one in shown], narrow=("events",))
    rest = len(listed) - len(shown)
    say(counted(len(shown)), f"; {counted(rest)} more whom no event names (--all lists them)" if rest else "")


def _unsure(record: Path, as_json: bool) -> None:
    """Prints which people may be one, and of whom the name looks wrong."""
    with existing(record) as opened, opened.snapshot() as view:
        names = {p.id: p.name for p in view.people()}
        asked = sorted(view.questions(), key=lambda q: (-q.score, names.get(q.a, ""), q.a, q.b))
    if as_json:
        answer([asdict(q) | {"names": [names.get(q.a), names.get(q.b)]} for q in asked])
        return
    rows = [(names.get(q.a, q.a), names.get(q.b, "–"), f"{100 * q.score:.0f}", "; ".join(q.reasons)) for q in asked]
    table(("person", "the same as?", "likely", "what speaks for or against it"), rows, narrow=("likely",))
    say(f"{len(asked):,} question{'s' * (len(asked) != 1)} for a person to answer")


def counted(number: int) -> str:
    """ "1 person", "37 people"."""
    return f"{number:,} {'person' if number == 1 else 'people'}"


@dataclass(frozen=True)
class Listed:
    """A person as listed: `events` how many name the person, `last` the custody last reported."""

    person: Person
    events: int
    last: Interval | None

    @property
    def others(self) -> str:
        """Spellings other than the name."""
        return ", ".join(form for form in self.person.forms if form != self.person.name)

    @property
    def last_words(self) -> str:
        """ "imprisoned, from 2025-01-28"; "" where no report speaks of custody."""
        if self.last is None:
            return ""
        since = f", from {self.last.start}" if self.last.start else ""
        return wording.plain(self.last.state) + since

    def row(self) -> tuple[str, str, str, str]:
        """The person as a row of the printed table."""
        return self.person.name, self.others, str(self.events), self.last_words

    def as_table(self) -> dict[str, Any]:
        """The person for programs."""
        last = self.last and {key: getattr(self.last, key) for key in ("start", "end", "state", "held")}
        who = self.person
        told = {"id": who.id, "name": who.name, "forms": [*who.forms], "hints": [*who.hints]}
        return told | {"documents": len(who.documents), "events": self.events, "last": last}


def events_by_person(events: Iterable[Event]) -> Counter[str]:
    """Person id → how many events name the person, as target or actor."""
    return Counter(who for event in events for who in {*event.targets, *event.actors})


def last_reported(custody: Sequence[Interval]) -> Interval | None:
    """The latest interval that rests on a report, not on the arithmetic of a term; of rivals the better supported."""
    return max((i for i in custody if not i.rival and i.state != "unknown"), key=lambda i: i.start or "", default=None)
