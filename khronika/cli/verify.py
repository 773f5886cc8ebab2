"""`khronika verify`: is the record what was once written?"""

from __future__ import annotations

from pathlib import Path

import click

from khronika.cli.options import record_option
from khronika.cli.screen import say


@click.command()
@record_option
def verify(record: Path) -> None:
    """Check the record: kept pages against their hashes, claims against their sentences, the log against its chain.

    Exit code 4 and the row or file that is wrong where something does not hold.
    """
    import khronika

    checked = khronika.open(record, create=False).verify()
    say("sound: ", str(checked))
