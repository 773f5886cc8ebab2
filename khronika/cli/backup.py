"""`khronika backup`: the whole record in one file."""

from __future__ import annotations

from pathlib import Path

import click

from khronika.cli.options import existing, record_option
from khronika.cli.screen import say
from khronika.errors import UsageError

LONGEST = 1024
"""Bytes that a passphrase may have."""
passphrase_option = click.option("--passphrase", is_flag=True, help="Ask for a passphrase.")
passphrase_file_option = click.option(
    "--passphrase-file",
    type=click.Path(exists=True, dir_okay=False, path_type=Path),
    metavar="FILE",
    help="The passphrase is the first line of this file.",
)


def passphrase_of(asked: bool, file: Path | None, new: bool) -> str:
    """The passphrase, as typed or as in the file; "" where neither is wanted. `new`: it is to be typed twice.

    Raises UsageError for an empty one.
    """
    if file:
        with file.open("rb") as opened:
            lines = opened.read(LONGEST).decode("utf-8", errors="replace").splitlines()
        if not lines or not lines[0]:
            raise UsageError(f"{file}: no passphrase in its first line")
        return lines[0]
    if not asked:
        return ""
    return str(click.prompt("Passphrase", hide_input=True, confirmation_prompt=new, err=True))


@click.command()
@click.argument("file", type=click.Path(path_type=Path), metavar="FILE")
@record_option
@click.option(
    "--to", multiple=True, metavar="RECIPIENT", help="Encrypt to this public key of age (age1…); several may be."
)
@passphrase_option
@passphrase_file_option
def backup(file: Path, record: Path, to: tuple[str, ...], passphrase: bool, passphrase_file: Path | None) -> None:
    """Write the whole record into one new file.

    The record may be in use meanwhile. It is checked first: a damaged one is not backed up. The file is a plain tar, or
    with --to or --passphrase encrypted in the age format; it appears only once it is whole and has been read again.
    """
    from khronika.record.agefile import Lock

    words = passphrase_of(passphrase, passphrase_file, new=True)
    if to and words:
        raise UsageError("encrypt to recipients or with a passphrase, not both")
    lock = Lock(to, words) if to or words else None
    with existing(record) as opened:
        made = opened.backup(file, lock)
    entries = f"{made.entries:,} log entr{'y' if made.entries == 1 else 'ies'}"
    say(f"{file}: {entries}, {made.captures:,} page{'s' * (made.captures != 1)}, as of {made.reached}")
    say("bring it back into a new folder, now and then, to see that it can be: khronika restore")
