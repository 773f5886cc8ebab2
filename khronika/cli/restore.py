"""`khronika restore`, also called `khronika import`: a record from a backup."""

from __future__ import annotations

from pathlib import Path

import click

from khronika.cli.backup import passphrase_file_option, passphrase_of, passphrase_option
from khronika.cli.options import record_option
from khronika.cli.screen import say


@click.command()
@click.argument("file", type=click.Path(exists=True, dir_okay=False, path_type=Path), metavar="FILE")
@record_option
@click.option(
    "--identity",
    type=click.Path(exists=True, dir_okay=False, path_type=Path),
    metavar="FILE",
    help="The file of the secret key of age, for a backup encrypted to its public key.",
)
@passphrase_option
@passphrase_file_option
def restore(file: Path, record: Path, identity: Path | None, passphrase: bool, passphrase_file: Path | None) -> None:
    """Make a record from a backup.

    The folder must be absent or empty. It is made only once everything in the backup has been found to be what was
    written; a damaged backup is refused, and what is damaged in it is named.
    """
    from khronika.record.agefile import Unlock
    from khronika.record.backup import restore as bring_back

    unlock = Unlock(identity, passphrase_of(passphrase, passphrase_file, new=False))
    say("sound: ", str(bring_back(file, record, unlock)))


@click.command("import")
@click.argument("file", type=click.Path(exists=True, dir_okay=False, path_type=Path), metavar="FILE")
@record_option
def import_record(file: Path, record: Path) -> None:
    """Make a record from an export as record.

    From what khronika export --as record wrote, as khronika restore does from a backup: the two files are the same.
    """
    from khronika.record.backup import restore as bring_back

    say("sound: ", str(bring_back(file, record)))
