"""`khronika events`: what happened, by kind, time and place."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from pathlib import Path

import click

from khronika.cli import wording
from khronika.cli.options import Day, existing, json_option, record_option
from khronika.cli.screen import answer, say, table
from khronika.facts.decisions import Ruling
from khronika.facts.events import Event


@click.command()
@click.option("--type", "kind", metavar="KIND", help="Only this kind of the codebook, such as detention or protest.")
@click.option("--from", "first", type=Day(coarse=True), metavar="DATE", help="Not before this day, month or year.")
@click.option("--to", "last", type=Day(coarse=True), metavar="DATE", help="Not after this day, month or year.")
@click.option("--place", metavar="NAME", help="Only at places of this name.")
@click.option(
    "--sort",
    type=click.Choice(["date", "confidence"]),
    default="date",
    show_default=True,
    help="By time, or the least sure first: those to check by hand.",
)
@record_option
@json_option
def events(
    kind: str | None, first: str | None, last: str | None, place: str | None, sort: str, record: Path, as_json: bool
) -> None:
    """List events, by kind, time and place.

    In order of time; an event of uncertain date is listed where its date may lie within the bounds. "sure" is how sure
    the reader is, of 100, of the surest claim behind an event.
    """
    from khronika.record.rows import event_to_row

    known = kinds()
    if kind is not None and kind not in known:
        raise click.BadParameter(
            f"{kind!r} is no kind of the codebook; there are {', '.join(known)}", param_hint="--type"
        )
    if first and last and last < first[: len(last)]:
        raise click.BadParameter(f"{last} is before --from {first}", param_hint="--to")
    with existing(record) as opened:
        found = opened.events(type=kind, from_=first, to=last, place=place)
        if sort == "confidence":
            found.sort(key=lambda event: (event.confidence is None, event.confidence or 0))
        if as_json:
            answer([event_to_row(event) for event in found])
            return
        rulings = opened.rulings()
        table(
            ("date", "event", "who", "place", "sure", "id"),
            [row(event, opened.name_of, marks(event, rulings)) for event in found],
            ("sure", "id"),
        )
    say(f"{len(found):,} event{'s' * (len(found) != 1)}")


def marks(event: Event, rulings: Mapping[str, Ruling]) -> str:
    """Whether a person has confirmed or corrected a claim of the event, as the end of a line."""
    told = [rulings[claim] for claim in event.claims if claim in rulings]
    found = ["confirmed"] * any(r.is_confirmed for r in told) + ["corrected"] * any(r.fields for r in told)
    return f" [{', '.join(found)}]" if found else ""


def row(event: Event, name_of: Callable[[str], str], marked: str = "") -> tuple[str, str, str, str, str, str]:
    """An event as one row: date, what (`marked` by what people decided), to whom (or how many, or by whom), where, how
    sure of 100, id."""
    who = ", ".join(map(name_of, event.targets)) or wording.people(event.count)
    doers = ", ".join(map(name_of, event.actors))
    terms = wording.penalties(event.penalties)
    what = wording.kind(event) + (f": {terms}" if terms else "") + marked
    return (
        wording.date(event.date),
        what,
        who or (doers and f"by {doers}"),
        event.place.name if event.place else "",
        "" if event.confidence is None else f"{100 * event.confidence:.0f}",
        event.id,
    )


def kinds() -> tuple[str, ...]:
    """The kinds of the codebook, in its order."""
    import tomllib
    from importlib.resources import files

    return tuple(tomllib.loads(files("khronika").joinpath("resources/codebook.toml").read_text("utf-8"))["kinds"])
