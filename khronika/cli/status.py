"""`khronika status`: where a person was on a day, as known on a day."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import click

from khronika.cli import wording
from khronika.cli.entry import source
from khronika.cli.options import Day, json_option, record_option
from khronika.cli.screen import QUIET, answer, say
from khronika.facts.documents import Document
from khronika.facts.events import CustodyStatus, Event


@click.command()
@click.argument("name")
@click.option("--on", required=True, type=Day(), metavar="DATE", help="The day asked about, as 2021-06-23.")
@click.option("--known", type=Day(), metavar="DATE", help="Answer with what the record could know on this day.")
@record_option
@json_option
def status(name: str, on: str, known: str | None, record: Path, as_json: bool) -> None:
    """Say where a person was on a day, as known on a day, and because of which sentences.

    NAME as you would type it: case and accents do not matter, a surname alone or another romanization will do. Where
    it fits several people they are listed, and the exit code is 3.
    """
    import khronika

    opened = khronika.open(record, create=False)
    found = opened.case(name).status(on=on, known=known)
    if as_json:
        answer(as_table(found))
        return
    say((found.person, "bold"), " ", *sentence(found, opened.show))
    if found.note:
        say(found.note, indent=2)
    if known:
        say((f"As the record could know on {known}.", QUIET), indent=2)
    for reason in found.because:
        say(f"“{reason['quote']}”", indent=4)
        said = f" · says {reason['speaker']}" if reason.get("speaker") else ""
        say((f"— {source(opened.show(reason['document']))}{said}", QUIET), indent=4)


def as_table(found: CustodyStatus) -> dict[str, Any]:
    """The answer for programs: person, on, known, state, held, because, and note where there is one."""
    keys = ("event", "quote", "document", "speaker")
    table: dict[str, Any] = {name: getattr(found, name) for name in ("person", "on", "known", "state", "held")}
    table["because"] = [{key: reason.get(key) for key in keys} for reason in found.because]
    return table | ({"note": found.note} if found.note else {})
