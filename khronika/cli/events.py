"""`khronika events`: what happened, by kind, time and place."""

from __future__ import annotations

from pathlib import Path

import click

from khronika.cli import wording
from khronika.cli.options import Day, json_option, record_option
from khronika.cli.screen import answer, say, table


@click.command()
@click.option("--type", "kind", metavar="KIND", help="Only this kind of the codebook, such as detention or protest.")
@click.option("--from", "first", type=Day(coarse=True), metavar="DATE", help="Not before this day, month or year.")
@click.option("--to", "last", type=Day(coarse=True), metavar="DATE", help="Not after this day, month or year.")
@click.option("--place", metavar="NAME", help="Only at places of this name.")
@record_option
@json_option
def events(
    kind: str | None, first: str | None, last: str | None, place: str | None, record: Path, as_json: bool
) -> None:
    """List events, by kind, time and place.

    In order of time; an event of uncertain date is listed where its date may lie within the bounds.
    """
    import khronika

    with khronika.open(record) as opened:
        found = opened.events(type=kind, from_=first, to=last, place=place)
