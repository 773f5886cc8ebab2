"""`khronika changes`: what became known since a day, and what that changed."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import asdict
from pathlib import Path
from typing import TYPE_CHECKING, Any, TypeVar

import click

from khronika.cli import wording
from khronika.cli.contradictions import print_contradiction
from khronika.cli.options import Day, existing, json_option, record_option
from khronika.cli.screen import QUIET, answer, say
from khronika.cli.standing import people, print_sentences
from khronika.errors import UsageError

if TYPE_CHECKING:
    from khronika.record.changes import ChangedCustody, ChangedEvent, Correction, NewEvent, NewPerson
    from khronika.record.sentences import Sentence

T = TypeVar("T")


@click.command()
@click.option("--since", required=True, type=Day(), metavar="DATE", help="The day known so far, as 2021-06-23.")
@click.option("--until", type=Day(), metavar="DATE", help="No later news than of this day; all if left out.")
@record_option
@json_option
def changes(since: str, until: str | None, record: Path, as_json: bool) -> None:
    """Say what changed in the record since a day.

    What was known on that day beside what is known now: changed custody, corrections of earlier days, new
    contradictions, new people, new events, events told otherwise. A story counts from the day on which it was published
    or, where that is not known, captured, whenever it was read.
    """
    if until is not None and until < since:
        raise UsageError(f"--until {until} is before --since {since}")
    with existing(record) as opened:
        found = opened.changes(since, until)
    if as_json:
        answer(asdict(found))
        return
    stories = f"{found.documents:,} {'story' if found.documents == 1 else 'stories'} became known"
    say((f"After {found.since}, up to {found.until}: {stories}", "bold"))
    if found.undated:
        say(f"{found.undated:,} without any date are left out", indent=2)
    print_all("Custody", found.custody, print_custody)
    print_all(f"Corrections of days up to {found.since}", found.corrections, print_correction)
    print_all("New contradictions", found.contradictions, print_contradiction)
    print_all("New people", found.people, print_person)
    print_all("New events", found.events, print_event)
    print_all("Told otherwise", found.changed, print_changed)
    if not any((found.custody, found.corrections, found.contradictions, found.people, found.events, found.changed)):
        say(f"Nothing changed after {found.since}, up to {found.until}")


def print_all(head: str, several: Sequence[T], print_one: Callable[[T], None]) -> None:
    """Prints those of one kind under their head; nothing where there are none."""
    if several:
        say()
        say((f"{head} ({len(several)})", "bold underline"))
    for one in several:
        print_one(one)


def print_custody(one: ChangedCustody) -> None:
    """Prints whose custody is another, since when, and the words."""
    since = f", since {one.since}" if one.since else ""
    late = "; release overdue" if one.overdue else ""
    say((one.name, "bold"), f": {wording.plain(one.then)} → {wording.plain(one.now)}{since}{late}", indent=2)
    print_sentences(one_each(one.because))


def print_correction(one: Correction) -> None:
    """Prints the days, what was said of them and what is said now."""
    end = f" to {one.end}" if one.end else " on"
    said = f"{wording.plain(one.said)}, now told: {wording.plain(one.says)}"
    say((one.name, "bold"), f": from {one.start}{end} known as {said}", indent=2)
    print_sentences(one_each(one.because))


def one_each(because: Sequence[Sentence]) -> list[Sentence]:
    """The first sentence of each event: of the new ones that which says most."""
    first: dict[str, Sentence] = {}
    for words in because:
        first.setdefault(words.event, words)
    return [*first.values()]


def print_person(one: NewPerson) -> None:
    """Prints who is new."""
    events = f"{one.events} event{'s' * (one.events != 1)}"
    say(one.name, f", first named {one.first or 'undated'}, {events} ", (f"[{one.person}]", QUIET), indent=2)


def print_event(one: NewEvent) -> None:
    """Prints an event with its first sentence."""
    mark = {str(status): f", {word}" for status, word in wording.MARKS.items()}.get(one.status, "")
    sub = f" ({wording.plain(one.subtype)})" if one.subtype else ""
    where = f", {one.place}" if one.place else ""
    what = f"{wording.date(one.date)} {wording.plain(one.type)}{sub}{mark}{where}{whom(one.people)} "
    say(what, (f"[{one.event}]", QUIET), indent=2)
    print_sentences(one.told[:1], events=False)


def print_changed(one: ChangedEvent) -> None:
    """Prints what is told otherwise of an event, with the new words."""
    then, now = wording.value(_told(one.then)), wording.value(_told(one.now))
    what = f"{wording.plain(one.type)}{whom(one.people)}: {wording.plain(one.field)} {then} → {now} "
    say(what, (f"[{one.event}]", QUIET), indent=2)
    print_sentences(one.told[:1], events=False)


def whom(named: Sequence[tuple[str, str]]) -> str:
    """ ": Aigul Nurlan, Daniyar Ospan"; of many the first and how many."""
    names = [name for _, name in named]
    return (
        f": {', '.join(names) if len(names) < 4 else f'{names[0]} and {people(len(names) - 1)} more'}" if names else ""
    )


def _told(value: Any) -> Any:  # noqa: ANN401  (whatever JSON can hold)
    """The value, None for an empty list."""
    return None if value == [] else value
