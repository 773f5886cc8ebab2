"""Options that several verbs share, and how a day is written on the command line."""

from __future__ import annotations

import datetime
from pathlib import Path
from typing import TYPE_CHECKING

import click

from khronika.cli.screen import complain

if TYPE_CHECKING:
    from khronika import Record

RECORD = "khronika.record"
"""Under this name a call's context knows which record it is about."""


def _remember(ctx: click.Context, param: click.Parameter, value: Path) -> Path:
    """The folder, known to the whole call from here on."""
    ctx.meta[RECORD] = value
    return value


record_option = click.option(
    "--record",
    callback=_remember,
    type=click.Path(file_okay=False, path_type=Path),
    default=Path("record"),
    show_default=True,
    metavar="DIR",
    help="The folder of the record.",
)
lexicon_option = click.option(
    "--lexicon",
    type=click.Path(exists=True, file_okay=False),
    metavar="DIR",
    help="A folder with frames of your own (docs/lexicon.md), added to the bundled ones.",
)
json_option = click.option("--json", "as_json", is_flag=True, help="Answer in JSON, for a program.")


def existing(folder: Path, short: bool = False) -> Record:
    """The record in the folder, opened, for verbs that ask; says so where its answers lag behind what was read.
    `short`: even where the end of it is lost, for verbs that say so.

    Raises NotARecord where there is none.
    """
    import khronika

    record = khronika.Record(folder) if short else khronika.open(folder, create=False)
    record.connect(create=False, short=short)
    if record.is_stale():
        complain(
            "the last read was cut off or is still running: answers lack what it added; `khronika read` completes it"
        )
    return record


class Day(click.ParamType[str]):
    """A day of the calendar, "2021-06-23"; with `coarse` also a month "2021-06" or a year "2021"."""

    name = "day"

    def __init__(self, coarse: bool = False) -> None:
        self.coarse = coarse

    def convert(self, value: str, param: click.Parameter | None, ctx: click.Context | None) -> str:
        """The day as written, once it is a real one; else the call ends with exit code 2."""
        shapes = {10: value, 7: f"{value}-01", 4: f"{value}-01-01"} if self.coarse else {10: value}
        try:
            datetime.date.fromisoformat(shapes.get(len(value), ""))
        except ValueError:
            wanted = "2021, 2021-06 or 2021-06-23" if self.coarse else "2021-06-23"
            self.fail(f"{value!r} is not a day; write it as {wanted}", param, ctx)
        return value
