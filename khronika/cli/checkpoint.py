"""`khronika checkpoint`: a signed statement of how far the record's log reaches."""

from __future__ import annotations

from pathlib import Path

import click

from khronika.cli.options import existing, record_option


@click.command()
@record_option
@click.option(
    "--key",
    type=click.Path(dir_okay=False, path_type=Path),
    metavar="FILE",
    help="The file of the signing key, made where there is none; the record's own if left out.",
)
def checkpoint(record: Path, key: Path | None) -> None:
    """Print a signed statement of how far the record's log reaches.

    Seven lines for others to keep: by mail, on paper, with a lawyer. With them anyone can later show that everything
    in the record on that day is still in it, unchanged: khronika verify --since FILE.
    """
    with existing(record) as opened:
        click.echo(str(opened.checkpoint(key)), nl=False)
