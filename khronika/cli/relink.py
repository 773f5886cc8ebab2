"""`khronika relink`: people, events and custody, anew from all claims."""

from __future__ import annotations

from pathlib import Path

import click

from khronika.cli.options import existing, record_option
from khronika.cli.screen import say


@click.command()
@record_option
def relink(record: Path) -> None:
    """Derive people, events and custody anew from all claims.

    Linking goes on by itself while news is read; this is for a record whose derived rows `khronika verify` finds
    changed. Until it is done every question is answered from what was there; cut off, it changes nothing.
    """
    from khronika.flow import link

    with existing(record) as opened:
        link(opened, anew=True)
        people, events = len(opened.people()), len(opened.events())
    say(f"linked anew: {people:,} people, {events:,} events")
