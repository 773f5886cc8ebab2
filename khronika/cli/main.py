"""The program `khronika`: finds the verb, and turns what goes wrong into one clear message and an exit code.

Exit codes: 0 done, 1 some documents failed, 2 wrong use, 3 no such thing, 4 damaged record, 5 changed meanwhile,
130 stopped by Ctrl-C.
"""

from __future__ import annotations

import io
import os
import sys
from importlib import import_module
from pathlib import Path

import click

from khronika import __version__
from khronika.cli.options import RECORD
from khronika.cli.screen import complain
from khronika.errors import DamagedRecord, KhronikaError
from khronika.settings import keep_to_threads

VERBS = {
    "read": "Read files and folders of news into the record.",
    "case": "Print a person's custody history with its sentences.",
    "status": "Say where a person was on a day, as known on a day.",
    "held": "List who is held on a day: by place, charge, court, list.",
    "overdue": "List whose term has run out without a reported release.",
    "unknown": "List whose custody is unknown, since when and why.",
    "contradictions": "List where accounts differ and what cannot be as told, worst first.",
    "changes": "Say what changed in the record since a day.",
    "relatives": "List a person's ties and who speaks for the person.",
    "people": "List the people of the record.",
    "events": "List events, by kind, time and place.",
    "show": "Show a claim, an event or a document by its id.",
    "explain": "Say why a sentence is read as it is.",
    "decide": "Confirm, reject, correct, merge, split: what a person decides.",
    "decisions": "List what people decided, and what needs another look.",
    "export": "Write the record as JSON lines for other programs.",
    "verify": "Check the record against its hashes, itself and earlier checkpoints.",
    "checkpoint": "Print a signed statement of how far the record's log reaches.",
    "backup": "Write the whole record into one new file.",
    "restore": "Make a record from a backup.",
    "import": "Make a record from an export as record.",
    "relink": "Derive people, events and custody anew from all claims.",
    "evaluate": "Score the reader against stories annotated by hand.",
}
"""The verbs, in the order of a first day's work. Each lives in a file of its name and is loaded when it is called."""
ELSEWHERE = {"import": ("restore", "import_record")}
"""Verbs whose name no file can have: the file and the name in it."""
STOPPED = 130


class Verbs(click.Group):
    """The group of verbs; a verb's file is imported only when that verb runs, so that `--help` is quick."""

    def list_commands(self, ctx: click.Context) -> list[str]:
        """The verbs, in the table's order."""
        return list(VERBS)

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:
        """The verb's command from its file; None where there is no such verb."""
        if cmd_name not in VERBS:
            return None
        file, name = ELSEWHERE.get(cmd_name, (cmd_name, cmd_name))
        command: click.Command = getattr(import_module(f"khronika.cli.{file}"), name)
        return command

    def format_commands(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        """The list of verbs in `--help`, without importing one of them."""
        with formatter.section("Verbs"):
            formatter.write_dl(list(VERBS.items()))
        with formatter.section("Exit codes"):
            formatter.write_text(
                "0 done, 1 some documents failed, 2 wrong use, 3 no such thing, 4 damaged record, 5 changed meanwhile, "
                "130 stopped"
            )

    def invoke(self, ctx: click.Context) -> object:
        """Runs the verb. An error that khronika knows ends as its message and its exit code."""
        try:
            return super().invoke(ctx)
        except KhronikaError as error:
            complain(str(error))
            ctx.exit(error.exit_code)
        except BrokenPipeError:
            raise
        except (ArithmeticError, AssertionError, AttributeError, LookupError, TypeError, ValueError) as error:
            damaged = damage(ctx.meta.get(RECORD))
            if not damaged:  # a bug of the program, and to be seen as one
                raise
            complain(f"the record is damaged; no answer is given from it ({type(error).__name__}):\n{damaged}")
            ctx.exit(DamagedRecord.exit_code)
        except OSError as error:
            where = f"{error.filename}: " if error.filename else ""
            complain(f"{where}{error.strerror or error}")
            ctx.exit(2)
        except KeyboardInterrupt:
            complain("stopped; what was read is kept; run again to go on")
            ctx.exit(STOPPED)


def damage(folder: Path | None) -> str:
    """What is wrong with the record in the folder, a line each; "" where nothing is, or there is none.

    A value that nobody ever wrote can make any step stumble. Rather than to doubt each value at each step, the record
    is checked once a step has stumbled.
    """
    if folder is None or not folder.is_dir():
        return ""
    import khronika

    try:
        with khronika.Record(folder) as record:
            return "\n".join(record.check().damaged[:20])
    except KhronikaError as error:
        return str(error)


@click.group(cls=Verbs, context_settings={"help_option_names": ["-h", "--help"]})
@click.version_option(__version__, prog_name="khronika")
def khronika() -> None:
    """From news text to a person's custody status as of any day, as known on any day, with the sentence and the
    speaker behind every fact. Offline."""


def main() -> None:
    """The entry point. A terminal that cannot show a letter gets its code instead of a crash."""
    keep_to_threads(os.environ.get("KHRONIKA_THREADS", "1"))
    for stream in (sys.stdout, sys.stderr):
        if isinstance(stream, io.TextIOWrapper):
            stream.reconfigure(errors="backslashreplace")
    khronika(prog_name="khronika")
