"""`khronika read`: files and folders of news into the record."""

from __future__ import annotations

import time
from pathlib import Path
from typing import TYPE_CHECKING

import click

from khronika.cli.options import lexicon_option, record_option
from khronika.cli.screen import QUIET, console, say
from khronika.cli.second import print_second, second_options

if TYPE_CHECKING:
    from types import TracebackType

    from rich.progress import Progress, TaskID

    from khronika.facts.contracts import SecondReader
    from khronika.record.run import Report

_PATIENCE_S = 1.0
"""Seconds of work before a bar is shown: quicker work needs none."""


class Bar:
    """A progress bar on stderr: only on a terminal, and only once the work has lasted over a second."""

    def __init__(self) -> None:
        self._screen = console(stderr=True)
        self._began = time.monotonic()
        self._bar: Progress | None = None
        self._task: TaskID | None = None

    def __enter__(self) -> Bar:
        return self

    def __call__(self, done: int, total: int | None) -> None:
        """Shows that `done` of `total` pages are read; `total` None: not known yet."""
        if self._bar is None:
            if not self._screen.is_terminal or time.monotonic() - self._began < _PATIENCE_S:
                return
            self._start()
        if self._bar is not None and self._task is not None:
            self._bar.update(self._task, completed=done, total=total)

    def _start(self) -> None:
        from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeRemainingColumn

        columns = (TextColumn("reading"), BarColumn(), MofNCompleteColumn(), TimeRemainingColumn())
        self._bar = Progress(*columns, console=self._screen, transient=True)
        self._task = self._bar.add_task("reading", total=None)
        self._bar.start()

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        if self._bar is not None:
            self._bar.stop()


def _codec(ctx: click.Context, param: click.Parameter, value: str | None) -> str | None:
    """The name of a text encoding that Python knows; else the call ends with exit code 2."""
    try:
        bytes(4).decode(value or "utf-8")
    except LookupError:
        raise click.BadParameter(f"{value!r} is no text encoding; examples: utf-8, cp1251, latin-1") from None
    return value


@click.command()
@click.argument(
    "paths", nargs=-1, required=True, type=click.Path(exists=True, readable=False, path_type=Path), metavar="PATH..."
)
@record_option
@click.option(
    "--manifest",
    type=click.Path(exists=True, dir_okay=False, path_type=Path),
    metavar="CSV",
    help="A table of what is known about the files: source,outlet,published,captured,language,url,note,keep_local.",
)
@click.option("--jobs", type=click.IntRange(1, 64), default=1, show_default=True, metavar="N", help="Readers at once.")
@click.option(
    "--encoding", metavar="CODEC", callback=_codec, help="Read every file in this encoding instead of detecting it."
)
@lexicon_option
@second_options
def read(
    paths: tuple[Path, ...],
    record: Path,
    manifest: Path | None,
    jobs: int,
    encoding: str | None,
    lexicon: str | None,
    second: SecondReader | None,
) -> None:
    """Read files and folders of news into the record.

    What was read before is left as it is, so that reading a folder again adds only what is new. Text and HTML files
    are read; a page of several stories becomes several documents. A file that fails is named with the reason, the
    others are read all the same, and the exit code is 1.

    With --reader llm the stories are sent to the endpoint too, besides what the built-in reader does, save those that
    the manifest marks keep_local. Without --allow-remote nothing is sent to another machine.
    """
    import khronika

    opened = khronika.open(record, encoding=encoding, lexicon=lexicon)
    with opened, Bar() as bar:
        report = opened.read(paths, manifest=manifest, jobs=jobs, progress=bar, second=second)
    print_report(report)
    if report.failed or (report.second and (report.second.failed or report.second.unasked)):
        click.get_current_context().exit(1)


def print_report(report: Report) -> None:
    """Prints what was read: new, unchanged and failed, and for each failure its source, reason and step."""
    took = f" in {report.seconds:.1f} s" if report.new else ""
    say(
        _sum(report.new, "new document"),
        f" with {_sum(report.claims, 'claim')}{took}, ",
        f"{report.unchanged:,} unchanged, ",
        f"{len(report.failed):,} failed",
    )
    if report.unread:
        are = "1 of them was" if report.unread == 1 else f"{report.unread:,} of them were"
        say(f"{are} left unread: their words promise no claim (KHRONIKA_GATE=0 reads every story into a new --record)")
    if report.other_lexicon:
        say("what the record had was read with another lexicon, and stays so; to read it anew, use a new --record")
    for failure in report.failed:
        say((failure.source, "bold"), f": {failure.reason}", (f" [{failure.step}]", QUIET), indent=2)
    if report.second:
        print_second(report.second)


def _sum(number: int, noun: str) -> str:
    """ "1 new document", "1,204 new documents"."""
    return f"{number:,} {noun}{'s' * (number != 1)}"
