"""`khronika export`: the record as files for other programs."""

from __future__ import annotations

from pathlib import Path

import click

from khronika.cli.options import existing, record_option
from khronika.cli.screen import say


@click.command()
@record_option
@click.option(
    "--to", required=True, type=click.Path(file_okay=False, path_type=Path), metavar="OUT", help="Folder to write into."
)
@click.option(
    "--as", "form", type=click.Choice(["jsonl"]), default="jsonl", show_default=True, help="Form of the files."
)
def export(record: Path, to: Path, form: str) -> None:
    """Write the record as JSON lines for other programs.

    Documents, claims, events, people, organizations, cases: UTF-8, one object a line, each claim with its sentence,
    its place in the text and its speaker.
    """
    for path in existing(record).export(to):
        say(str(path))
