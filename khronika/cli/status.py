"""`khronika status`: where a person was on a day, as known on a day."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any

import click

from khronika.cli import wording
from khronika.cli.entry import source
from khronika.cli.options import Day, existing, json_option, record_option
from khronika.cli.screen import QUIET, answer, say
from khronika.facts.documents import Document
from khronika.facts.events import CustodyStatus, Event

STATES = {
    "house_arrest": "under house arrest",
    "restricted": "at liberty under restrictions",
    "psychiatric": "in a psychiatric institution",
}
"""States whose codebook word is not plain English; the others are their own words."""

SERVED = frozenset({"imprisonment", "administrative_arrest", "house_arrest", "compulsory_treatment"})
"""Penalties that are served in custody."""


@click.command()
@click.argument("name")
@click.option("--on", required=True, type=Day(), metavar="DATE", help="The day asked about, as 2021-06-23.")
@click.option("--known", type=Day(), metavar="DATE", help="Answer with what the record could know on this day.")
@record_option
@json_option
def status(name: str, on: str, known: str | None, record: Path, as_json: bool) -> None:
    """Say where a person was on a day, as known on a day.

    The answer names the sentences that it rests on, with outlet, date and speaker.

    NAME as you would type it: case and accents do not matter, a surname alone or another romanization will do. Where
    it fits several people they are listed, and the exit code is 3.
    """
    with existing(record) as opened:
        found = opened.case(name).status(on=on, known=known)
        if as_json:
            answer(as_table(found))
            return
        say((outcome(found), "bold"))
        for line in told(found, [opened.event(i) for i in dict.fromkeys(r["event"] for r in found.because)]):
            say(line, indent=2)
        print_reasons(found, {r["document"]: opened.document(r["document"]) for r in found.because})


def outcome(found: CustodyStatus) -> str:
    """The answer in one sentence: "Aigul Nurlan was held on 2021-06-23: detained."."""
    if found.state == "unknown":
        unknown = (
            "It is not known whether {} was held on {}." if found.because else "No report says where {} was on {}."
        )
        return unknown.format(found.person, found.on)
    state = STATES.get(found.state, wording.plain(found.state))
    if found.held is None:
        return f"{found.person} on {found.on}: {state}; whether held is not known."
    return f"{found.person} was {'' if found.held else 'not '}held on {found.on}: {state}."


def told(found: CustodyStatus, events: Sequence[Event]) -> Iterator[str]:
    """What goes with the answer: the terms behind it, its note, and the day of knowledge it was asked for."""
    served = (p for event in events for p in event.penalties if found.held and p.kind in SERVED and p.duration)
    if terms := wording.penalties(dict.fromkeys(served)):
        yield f"Serving {terms}."
    if found.note:
        yield found.note[:1].upper() + found.note[1:].rstrip(".") + "."
    if found.known:
        yield f"As the record could know on {found.known}."


def print_reasons(found: CustodyStatus, documents: Mapping[str, Document]) -> None:
    """Prints each sentence that the answer rests on, with outlet, day, document and speaker."""
    if found.because:
        say("Because:", indent=2)
    for reason in found.because:
        say(f"“{reason['quote']}”", indent=4)
        said = f" · says {reason['speaker']}" if reason.get("speaker") else ""
        say((f"— {source(documents[reason['document']])}{said}", QUIET), indent=4)


def as_table(found: CustodyStatus) -> dict[str, Any]:
    """The answer for programs: person, on, known, state, held, because, and note where there is one."""
    keys = ("event", "quote", "document", "speaker")
    table: dict[str, Any] = {name: getattr(found, name) for name in ("person", "on", "known", "state", "held")}
    table["because"] = [{key: reason.get(key) for key in keys} for reason in found.because]
    return table | ({"note": found.note} if found.note else {})
