"""`khronika relatives`: a person's ties, and who speaks for the person."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import asdict
from pathlib import Path
from typing import TYPE_CHECKING

import click

from khronika.cli import wording
from khronika.cli.options import existing, json_option, record_option
from khronika.cli.screen import QUIET, answer, say
from khronika.cli.standing import print_sentences

if TYPE_CHECKING:
    from khronika.record.relatives import Speaker, Tie


@click.command()
@click.argument("name")
@record_option
@json_option
def relatives(name: str, record: Path, as_json: bool) -> None:
    """List a person's ties and who speaks for the person.

    Each with the sentence that says so. Who is quoted on the person's affairs without a stated tie, such as a ministry,
    is listed apart. NAME as you would type it: a surname alone or another romanization will do.
    """
    with existing(record) as opened:
        found = opened.relatives(name)
    if as_json:
        answer(asdict(found))
        return
    say((found.name, "bold"), (f" [{found.person}]", QUIET))
    say()
    say(("Ties", "bold underline"))
    if not found.ties:
        say(f"No report in the record says who is related to {found.name}.", indent=2)
    for tie in found.ties:
        print_tie(tie)
    print_speakers(f"Who speaks for {found.name}", found.speaks_for)
    print_speakers("Others who are quoted", found.also_quoted)


def print_tie(tie: Tie) -> None:
    """Prints what the other is to the person, with the first sentence that says so."""
    what = f"{wording.plain(tie.kind)} {tie.name}" if tie.of else f"{tie.name}, {wording.plain(tie.kind)}"
    say(what, (f" [{tie.other}]" if tie.other else "", QUIET), indent=2)
    for one in tie.told[:1]:
        say(f"“{one.quote}”", indent=4)
        say((f"— {one.outlet}, {one.known or 'undated'}, {one.document}", QUIET), indent=4)
    if more := len(tie.told) - 1:
        say((f"and {more} more", QUIET), indent=4)


def print_speakers(head: str, speakers: Sequence[Speaker]) -> None:
    """Prints who is quoted, why, how often, and what was said last; nothing where nobody is."""
    if not speakers:
        return
    say()
    say((head, "bold underline"))
    for one in speakers:
        number = len({s.quote for s in one.said})
        why = f", {wording.plain(one.why)}" if one.why and one.why not in one.name.casefold() else ""
        say(f"{one.name}{why}: {number} statement{'s' * (number != 1)}",
            (f" [{one.speaker}]" if one.speaker else "", QUIET), indent=2)  # fmt: skip
        print_sentences(one.said[:1])
