"""`khronika export`: the record as files for other programs."""

from __future__ import annotations

from pathlib import Path

import click

from khronika.cli.options import existing, record_option
from khronika.cli.screen import say


@click.command()
@record_option
@click.option(
    "--to",
    required=True,
    type=click.Path(path_type=Path),
    metavar="OUT",
    help="Folder to write into; as record: the one file to write.",
)
@click.option(
    "--as",
    "form",
    type=click.Choice(["jsonl", "record"]),
    default="jsonl",
    show_default=True,
    help="JSON lines for other programs, or the whole record for another khronika.",
)
def export(record: Path, to: Path, form: str) -> None:
    """Write the record as JSON lines for other programs.

    Documents, claims, events, people, organizations, cases: UTF-8, one object a line, each claim with its sentence,
    its place in the text and its speaker.

    As record: everything, in one file that `khronika import` makes the same record from; the same file as a backup.
    """
    opened = existing(record)
    if form == "record":
        opened.backup(to)
    for path in [to] if form == "record" else opened.export(to):
        say(str(path))
