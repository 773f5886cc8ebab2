"""`khronika evaluate`: how good the reader is, on stories that people annotated."""

from __future__ import annotations

import tempfile
from collections.abc import Sequence
from contextlib import ExitStack
from pathlib import Path
from typing import TYPE_CHECKING

import click

from khronika.cli.options import json_option
from khronika.cli.read import Bar
from khronika.cli.screen import answer, say, table
from khronika.cli.wording import plain
from khronika.errors import NotFound, UsageError

if TYPE_CHECKING:
    from khronika import Record
    from khronika.evaluate.evaluation import Evaluation
    from khronika.evaluate.quiz import Answer
    from khronika.evaluate.sides import Gold, Side
    from khronika.evaluate.worst import Sentence


@click.command()
@click.argument("gold", type=click.Path(exists=True, file_okay=False, path_type=Path))
@click.option(
    "--record",
    type=click.Path(file_okay=False, path_type=Path),
    metavar="DIR",
    help="The record to score; without it the stories beside GOLD are read anew, into a passing record.",
)
@click.option(
    "--reader",
    type=click.Choice(["frames", "llm"]),
    default="frames",
    show_default=True,
    help="Whose claims: the record's, or a second reader's proposals in the record (--record).",
)
@click.option("--worst", type=click.IntRange(0), default=0, metavar="N", help="Also show the N sentences read worst.")
@json_option
def evaluate(gold: Path, record: Path | None, reader: str, worst: int, as_json: bool) -> None:
    """Score the reader against stories annotated by hand.

    GOLD is a folder of annotations by the codebook, such as examples/gold: a JSON file for each story, people.json,
    and custody_quiz.json with questions on who was where on which day.
    """
    import khronika
    from khronika.evaluate.evaluation import evaluate as compare
    from khronika.evaluate.export import load_export
    from khronika.evaluate.gold import load_gold

    if reader == "llm" and record is None:
        raise UsageError("--reader llm scores the proposals of a second reader: name the record with --record")
    loaded = load_gold(gold)
    with ExitStack() as stack:
        scratch = Path(stack.enter_context(tempfile.TemporaryDirectory()))
        opened = khronika.open(record or scratch / "record", create=record is None)
        stack.callback(opened.close)
        if record is None:
            _read_pages(opened, loaded)
        if reader == "llm":
            found = compare(loaded, _proposed(opened))
        else:
            opened.export(scratch / "export")
            found = compare(loaded, load_export(scratch / "export"), lambda *question: _ask(opened, *question))
    if as_json:
        answer(found.to_json(worst))
    else:
        print_evaluation(found)
        print_worst(found.sentences[:worst])


def _proposed(record: Record) -> Side:
    """What a second reader proposes, the last reading of each document. Raises UsageError where there is none."""
    from khronika.evaluate.export import side_of

    several = [(document, record.second_readings(document.id)) for document in record.view().documents()]
    if not any(readings for _, readings in several):
        raise UsageError(f"no second reader has read the record {record.path}: khronika read --reader llm")
    return side_of((document, readings[-1].claims) for document, readings in several if readings)


def _read_pages(record: Record, gold: Gold) -> None:
    """Reads the annotated pages into the record. Raises UsageError where they are not beside the annotations."""
    if gold.pages is None:
        raise UsageError(f"no folder “stories” beside {gold.folder}; name the record to score with --record")
    with Bar() as bar:
        record.read([gold.pages], manifest=gold.manifest, progress=bar)


def _ask(record: Record, person: str, on: str, known: str | None) -> Answer | None:
    """The record's answer to a question of the quiz; None where it knows nobody, or several, of the name."""
    try:
        found = record.case(person).status(on=on, known=known)
    except NotFound:
        return None
    return found.state, found.held


def print_evaluation(found: Evaluation) -> None:
    """Prints the scores as a table, then what was claimed where nothing is, then the quiz."""
    rows = []
    for row in found.rows():
        numbers = [f"{100 * share:.0f}" for share in (row.precision, row.recall, row.f1)]
        rows.append((row.label, *numbers, *("" if n is None else f"{n:,}" for n in (row.gold, row.system))))
    table(("%", "precision", "recall", "F1", "gold", "read"), rows, ("precision", "recall", "F1", "gold", "read"))
    say()
    say(f"claims in pages without any: {found.in_silent_pages:,}; in stories without any: {found.in_silent_stories:,}")
    print_confusion(found)
    print_reliability(found)
    if quiz := found.quiz:
        say(f"custody quiz: {quiz.right} of {quiz.asked} states right")


def print_confusion(found: Evaluation) -> None:
    """Prints which kinds were read where gold has other ones; what was missed or made up is in the table above."""
    rows = [(c.gold, c.read, f"{c.times:,}") for c in found.confusion if c.gold and c.read and c.gold != c.read]
    if rows:
        say()
        table(("gold has", "read as", "times"), [(plain(gold), plain(read), n) for gold, read, n in rows])


def print_reliability(found: Evaluation) -> None:
    """Prints whether the stated confidence is right, bin by bin."""
    if told := found.reliability:
        say()
        rows = [
            (
                f"{100 * b.low:.0f}-{100 * b.high:.0f} %",
                f"{100 * b.stated:.0f}",
                f"{100 * b.right:.0f}",
                f"{b.claims:,}",
            )
            for b in told.bins
        ]
        table(("confidence", "stated", "right", "claims"), rows)
        say(f"expected calibration error {100 * told.error:.1f} %")


def print_worst(sentences: Sequence[Sentence]) -> None:
    """Prints sentences with what is wrong in each."""
    for sentence in sentences:
        say()
        say((sentence.page, "bold"), f"  {sentence.wrong:g} wrong")
        say(f"“{sentence.quote}”", indent=2)
        for fault in sentence.faults:
            say(fault, indent=4)
