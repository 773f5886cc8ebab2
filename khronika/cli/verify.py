"""`khronika verify`: is the record what was once written?"""

from __future__ import annotations

from pathlib import Path

import click

from khronika.cli.options import existing, record_option
from khronika.cli.screen import say
from khronika.errors import UsageError


@click.command()
@record_option
@click.option(
    "--since",
    multiple=True,
    type=click.Path(exists=True, dir_okay=False, path_type=Path),
    metavar="CHECKPOINT",
    help="A file with a checkpoint: show that the record has only grown since. May be given several times.",
)
@click.option("--signed-by", metavar="KEY", help="The key that must have signed each checkpoint: its line “key”.")
def verify(record: Path, since: tuple[Path, ...], signed_by: str | None) -> None:
    """Check the record against its hashes, itself and earlier checkpoints.

    Kept pages against their hashes, rows against their seals, the log against its chain and against the checkpoints.
    Exit code 4 and the row or file that is wrong where something does not hold.
    """
    from khronika.record.checkpoint import LONGEST, read_checkpoint

    if signed_by and not since:
        raise UsageError("--signed-by is about checkpoints: name them with --since")
    checkpoints = []
    for file in since:
        with file.open("rb") as opened:
            text = opened.read(LONGEST + 1)[:LONGEST].decode("utf-8", errors="replace")
        try:
            one = read_checkpoint(text)
        except UsageError as error:
            raise UsageError(f"{file}: {error}") from error
        if signed_by and one.key != signed_by.strip():
            raise UsageError(f"{file}: signed by {one.key}, not by {signed_by}")
        checkpoints.append(one)
    with existing(record, short=True) as opened_record:
        checked = opened_record.verify(checkpoints)
    say("sound: ", str(checked))
    for one in checkpoints:
        later = checked.entries - one.entries
        say(
            f"only grown since {one.written}: log entries 1 to {one.entries:,} are the same, "
            f"{later:,} {'was' if later == 1 else 'were'} added; signed by {one.key}"
        )
    if not checkpoints:
        say("not provable without a checkpoint: that nothing was taken away or written anew (docs/keeping.md)")
