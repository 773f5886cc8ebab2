"""`khronika unknown`: whose custody is unknown, since when and why."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import click

from khronika.cli import standing, wording
from khronika.cli.options import existing
from khronika.cli.screen import say

if TYPE_CHECKING:
    from khronika.record.held import Standing


@click.command()
@standing.asks
def unknown(
    on: str | None,
    known: str | None,
    place: str | None,
    charge: str | None,
    court: str | None,
    list_: str | None,
    sentences: bool,
    record: Path,
    as_json: bool,
) -> None:
    """List whose custody is unknown, since when and why.

    Those of whom the record tells custody, but not whether it still lasts: a term ran out and no release is reported,
    contact was lost, a conviction was overturned. Longest unknown first.
    """
    day = on or standing.today()
    with existing(record) as opened:
        found = opened.unknown(day, known, place=place, charge=charge, court=court, list=list_)
    if as_json:
        asked = {"unknown_on": day, "known": known, "place": place, "charge": charge, "court": court, "list": list_}
        standing.answer_json(asked, found)
        return
    standing.show(found, COLUMNS, sentences)
    told = standing.narrowed(place, charge, court, list_, known)
    if found:
        say(f"{standing.people(len(found))} whose custody is unknown on {day}{told}")
    else:
        say(f"There is nobody whose custody began and is unknown on {day}{told}")


def why(one: Standing) -> str:
    """Why it is not known, in few words."""
    if one.overdue:
        return "release overdue"
    return wording.plain(one.state) if one.state == "missing" else one.note or "not reported"


COLUMNS = (
    standing.Column("name", lambda one: one.name),
    standing.Column("since", lambda one: one.since or "?", narrow=True),
    standing.Column("before", lambda one: wording.plain(one.before or "")),
    standing.Column("why", why),
    standing.Column("where", lambda one: one.place or "", from_width=standing.WIDE),
    standing.Column("last report", lambda one: one.last_report or "?", narrow=True),
)
