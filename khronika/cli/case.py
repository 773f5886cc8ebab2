"""`khronika case`: one person's custody history with the words behind it."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING

import click

from khronika.cli import wording
from khronika.cli.entry import print_entry
from khronika.cli.options import existing, json_option, record_option
from khronika.cli.screen import QUIET, answer, say, table
from khronika.facts.events import Interval, Person

if TYPE_CHECKING:
    from khronika.record.flags import Flag

HELD = {True: "yes", False: "no", None: "?"}


@click.command()
@click.argument("name")
@record_option
@json_option
def case(name: str, record: Path, as_json: bool) -> None:
    """Print a person's custody history with its sentences.

    First the states that follow from the reports, then each event with who tells it in which words; rival accounts
    and denials beside it. NAME as you would type it: a surname alone or another romanization will do.
    """
    with existing(record) as opened:
        found = opened.case(name)
        if as_json:
            answer(found.to_json())
            return
        print_person(found.person)
        print_custody(found.custody)
        print_flags(found.flags)
        say()
        say(("What is reported", "bold underline"))
        for event in found.events:
            say()
            told = opened.tellings(event)
            decided = opened.rulings(d.id for _, d in told)
            print_entry(event, told, opened.name_of, about=found.person.id, rulings=decided)


def print_person(person: Person) -> None:
    """Prints who it is: name, other spellings, what stories say of the person, ties."""
    say((person.name, "bold"), (f" [{person.id}]", QUIET))
    others = [form for form in person.forms if form != person.name]
    if others:
        say("also written: ", ", ".join(others), indent=2)
    if person.hints:
        say("said to be: ", "; ".join(person.hints), indent=2)
    for a, tie, b in person.relations:
        say(f"{a}: {wording.plain(tie)} {'' if tie.endswith('_of') else 'of '}{b}", indent=2)


def print_custody(custody: Sequence[Interval]) -> None:
    """Prints the states as a table, or that no report speaks of custody."""
    say()
    say(("Custody", "bold underline"))
    if not custody:
        say("No report in the record says that this person was in custody.", indent=2)
        return
    rows = [row(i) for i in custody]
    table(("from", "to", "state", "held", "known from", "remark"), rows, narrow=("from", "to", "held", "known from"))


def print_flags(flags: Sequence[Flag]) -> None:
    """Prints what on the file cannot be as it is told; nothing where there is none."""
    if flags:
        say()
        say(("Cannot be as told", "bold underline"))
    for flag in flags:
        say(f"{flag.reason} ", (f"[{flag.event}]", QUIET), indent=2)


def row(i: Interval) -> tuple[str, ...]:
    """An interval as one row of the table."""
    return i.start or "?", i.end or "open", wording.plain(i.state), HELD[i.held], i.known or "?", remark(i)


def remark(interval: Interval) -> str:
    """What to know about an interval: that its end is only reckoned, that it rests on a rival account."""
    notes = ["end of term; no release reported"] * interval.expected
    notes += [f"rival account ({interval.origins} origin{'s' * (interval.origins != 1)})"] * interval.rival
    return "; ".join(notes)
