"""What the verbs `held`, `unknown` and `overdue` share: their options, what was asked in words, sentences, JSON."""

from __future__ import annotations

import datetime
import functools
from collections.abc import Callable, Sequence
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Unpack

import click

from khronika.cli import wording
from khronika.cli.options import Day, json_option, record_option
from khronika.cli.screen import QUIET, answer, say, table, width

if TYPE_CHECKING:
    from khronika.record.held import Narrowed, Standing
    from khronika.record.sentences import Sentence


class Words(click.ParamType[str]):
    """A name or words to look for; not blank."""

    name = "words"

    def convert(self, value: str, param: click.Parameter | None, ctx: click.Context | None) -> str:
        """The words as typed; the call ends with exit code 2 where there are none."""
        if not any(c.isalnum() for c in value):
            self.fail(f"{value!r} holds no word to look for", param, ctx)
        return value


WIDE = 100
"""Cells from which on a terminal has room for columns that help but are not asked for."""

_OPTIONS = (
    click.option("--on", type=Day(), metavar="DATE", help="The day asked about, as 2021-06-23; today if left out."),
    click.option("--known", type=Day(), metavar="DATE", help="Answer with what the record could know on this day."),
    click.option("--place", type=Words(), metavar="NAME", help="Only custody in this town, region or country."),
    click.option("--charge", type=Words(), metavar="WORDS", help="Only on a charge with these words or beginnings."),
    click.option("--court", type=Words(), metavar="WORDS", help="Only where a court of such a name acted."),
    click.option("--list", type=Words(), metavar="WORDS", help="Only people on a list of such a name."),
    click.option("--sentences", is_flag=True, help="Print the sentences that each line rests on."),
    record_option,
    json_option,
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Asked:
    """A question about everyone on the day `on`, as typed, and how it is to be answered.

    `known`: as the record could know on that day; `narrowed`: to a place, charge, court, list, each None for any;
    `sentences`: with the sentences; `record`: the folder; `as_json`: for a program.
    """

    on: str
    known: str | None
    narrowed: Narrowed
    sentences: bool
    record: Path
    as_json: bool

    @property
    def everywhere(self) -> bool:
        """Whether nothing narrows the question."""
        return all(typed is None for typed in self.narrowed.values())

    def told(self) -> str:
        """What was asked beside the day, as the end of a sentence: " in Almaty, on a charge with “rally”"."""
        beside = {**self.narrowed, "known": self.known}
        told = [_TOLD[name].format(typed) for name, typed in beside.items() if typed is not None]
        return (" " if beside["place"] is not None else ", " if told else "") + ", ".join(told)


_TOLD = {
    "place": "in {}",
    "charge": "on a charge with “{}”",
    "court": "by a court with “{}” in its name",
    "list": "on a list with “{}” in its name",
    "known": "as the record could know on {}",
}
"""How each thing asked beside the day is told."""


def asks(verb: Callable[[Asked], None]) -> Callable[..., None]:
    """The verb with the options of a question about everyone on a day; it gets what was typed as one."""

    @functools.wraps(verb)
    def typed(
        on: str | None, known: str | None, sentences: bool, record: Path, as_json: bool, **narrowed: Unpack[Narrowed]
    ) -> None:
        day = on or datetime.datetime.now().astimezone().date().isoformat()
        among: Narrowed = {  # in this order, whatever order they were typed in
            "place": narrowed["place"],
            "charge": narrowed["charge"],
            "court": narrowed["court"],
            "list": narrowed["list"],
        }
        verb(Asked(on=day, known=known, narrowed=among, sentences=sentences, record=record, as_json=as_json))

    asking: Callable[..., None] = typed
    for option in reversed(_OPTIONS):
        asking = option(asking)
    return asking


def people(number: int) -> str:
    """ "1 person", "37 people"."""
    return f"{number:,} {'person' if number == 1 else 'people'}"


def first_of(values: Sequence[str]) -> str:
    """The first of several values and how many more there are: "espionage (+2)"."""
    return f"{values[0]} (+{len(values) - 1})" if len(values) > 1 else "".join(values)


@dataclass(frozen=True, slots=True)
class Column:
    """A column of the table: its head, its cell for a person, whether its cells keep to one line, and the narrowest
    terminal on which it is shown."""

    head: str
    cell: Callable[[Standing], str]
    narrow: bool = False
    from_width: int = 0


def show(found: Sequence[Standing], columns: Sequence[Column], sentences: bool) -> None:
    """Prints the table of those found, then where accounts differ, then, if wanted, the sentences."""
    shown = [c for c in columns if c.from_width <= width()]
    if found:
        rows = [[c.cell(one) for c in shown] for one in found]
        table([c.head for c in shown], rows, [c.head for c in shown if c.narrow])
    differing = [one for one in found if one.rivals or one.denied]
    if differing:
        say()
        say(("Accounts differ", "bold"))
        for one in differing:
            say(f"{one.name}: {accounts(one)}", indent=2)
    for one in found if sentences else ():
        print_standing(one)
    if found:
        say()


def print_standing(one: Standing) -> None:
    """Prints all that is told of one person's custody, with the sentences that it rests on."""
    say()
    say((one.name, "bold"), (f" [{one.person}]", QUIET))
    told = {"where": one.places, "charge": one.charges, "court": one.courts, "list": one.lists}
    for what, values in told.items():
        if values:
            say(f"{what}: {'; '.join(values)}", indent=2)
    if one.note:
        say(one.note, indent=2)
    print_sentences((*one.because, *one.denied))
    for rival in one.rivals:
        say(f"{wording.account(rival.state, rival.origins)}:", indent=2)
        print_sentences(rival.because)


def accounts(one: Standing) -> str:
    """ "imprisoned (2 independent origins); free (1 independent origin)"."""
    told = [(one.state, one.origins), *((r.state, r.origins) for r in one.rivals)]
    denials = len({d.document for d in one.denied if not d.copy})
    denied = [wording.account("denied", denials)] if denials else []
    return "; ".join([*(wording.account(state, origins) for state, origins in told), *denied])


def print_sentences(because: Sequence[Sentence], events: bool = True) -> None:
    """Prints each sentence once, with outlet, day, document, speaker and, if `events`, the ids of those it tells."""
    same: dict[tuple[str, str, str | None, str], list[Sentence]] = {}
    for one in because:
        same.setdefault((one.quote, one.document, one.speaker, one.status), []).append(one)
    for told in same.values():
        say(f"“{told[0].quote}”", indent=4)
        ids = f" · {', '.join(dict.fromkeys(one.event for one in told))}" if events else ""
        say((f"— {told_by(told[0])}{ids}", QUIET), indent=4)


def told_by(one: Sentence) -> str:
    """Who says it: "RFE/RL, 2021-06-22, d12… · says Aigul Nurlan · denied"."""
    copy = " (copy)" if one.copy else ""
    said = [f"says {one.speaker}"] if one.speaker else []
    marks = [m for status, m in wording.MARKS.items() if str(status) == one.status] + ["hedged"] * one.hedged
    return " · ".join([f"{one.outlet}, {one.known or 'undated'}, {one.document}{copy}", *said, *marks])


def answer_json(verb: str, asked: Asked, found: Sequence[Standing]) -> None:
    """Prints the question, its day under the name of the verb ("held_on"), and the answer for programs."""
    question = {f"{verb}_on": asked.on, "known": asked.known, **asked.narrowed}
    answer({"question": question, "people": [asdict(one) for one in found]})
