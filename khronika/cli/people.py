"""`khronika people`: who is in the record."""

from __future__ import annotations

from pathlib import Path

import click

from khronika.cli import wording
from khronika.cli.options import json_option, record_option
from khronika.cli.screen import answer, say, table


@click.command()
@record_option
@json_option
def people(record: Path, as_json: bool) -> None:
    """List the people of the record.

    Each with other spellings, the number of events that name the person, and the state last reported, with its day.
    """
    import khronika

    with khronika.open(record) as opened:
        rows = opened.people()
        if as_json:
            answer(rows)
            return
    table(("name", "also written", "events", "last reported", "id"), rows, narrow=("events", "id"))
    say(f"{len(rows):,} people" if len(rows) != 1 else "1 person")
