"""`khronika contradictions`: where accounts differ, and what cannot be as told, the worst first."""

from __future__ import annotations

from dataclasses import asdict
from pathlib import Path
from typing import TYPE_CHECKING

import click

from khronika.cli import wording
from khronika.cli.options import existing, json_option, record_option
from khronika.cli.screen import QUIET, answer, say
from khronika.cli.standing import print_sentences

if TYPE_CHECKING:
    from khronika.record.contradictions import Contradiction, Side

KINDS = {
    "held": "held or free",
    "term": "since when, for how long",
    "impossible": "cannot be as told",
    "event": "whether it happened",
    "charge": "what for",
    "figure": "how many",
    "detail": "details",
}
"""What hangs on a contradiction, in words; the worst first."""


@click.command()
@click.option("--person", metavar="NAME", help="Only about this person, as you would type the name.")
@click.option("--kind", type=click.Choice([*KINDS]), help="Only where this hangs on it.")
@click.option("--worst", type=click.IntRange(min=1), metavar="N", help="No more than the N worst.")
@record_option
@json_option
def contradictions(person: str | None, kind: str | None, worst: int | None, record: Path, as_json: bool) -> None:
    """List where accounts differ and what cannot be as told, worst first.

    First whether someone was held, freed or dead at all; then since when and for how long; what cannot be as told (a
    report of a later day, a release before any arrest); whether anything else happened; the charge; numbers; details.
    Among those, the more independent origins the weaker side has, the worse; then the later first.
    """
    with existing(record) as opened:
        found = opened.contradictions(person=person, kind=kind, worst=worst)
        name = opened.person(person).name if person is not None else None
    if as_json:
        answer([asdict(one) for one in found])
        return
    for number, one in enumerate(found, 1):
        print_contradiction(one, f"{number}. ")
        say()
    about = (f" about {name}" if name else "") + (f" ({KINDS[kind]})" if kind else "")
    if found:
        say(f"{counted(len(found))}{about}, the worst first")
    else:
        say(f"No contradiction{about} is in the record")


def counted(number: int) -> str:
    """ "1 contradiction", "37 contradictions"."""
    return f"{number:,} contradiction{'s' * (number != 1)}"


def print_contradiction(one: Contradiction, lead: str = "") -> None:
    """Prints what differs, then each side with its best sentence and how many more there are."""
    whom = f": {', '.join(name for _, name in one.people)}" if one.people else ""
    what = f"{wording.date(one.date)} {wording.plain(one.type)}"
    say(f"{lead}{what}{whom}", (f" [{one.event}]", QUIET))
    say(differs(one), indent=2)
    for side in one.sides:
        if one.reason is None:
            say((wording.value(side.value), "bold"), f" ({origins(side)})", indent=2)
        print_sentences(side.sentences[:1], events=False)
        if more := len(side.sentences) - 1:
            say((f"and {more} more", QUIET), indent=4)


def differs(one: Contradiction) -> str:
    """What differs or is impossible, as a line."""
    return f"{KINDS[one.kind]}: " + (one.reason or f"accounts differ on {wording.plain(one.field)}")


def origins(side: Side) -> str:
    """ "2 independent origins"."""
    return f"{side.origins} independent origin{'s' * (side.origins != 1)}"
