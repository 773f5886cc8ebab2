"""`khronika verify`: is the record what was once written?"""

from __future__ import annotations

from pathlib import Path

import click

from khronika.cli.options import existing, record_option
from khronika.cli.screen import say


@click.command()
@record_option
def verify(record: Path) -> None:
    """Check the record against its hashes and itself.

    Kept pages against their hashes, rows against their seals, the log against its chain. Exit code 4 and the row or
    file that is wrong where something does not hold.
    """
    checked = existing(record).verify()
    say("sound: ", str(checked))
