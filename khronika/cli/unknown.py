"""`khronika unknown`: whose custody is unknown, since when and why."""

from __future__ import annotations

from typing import TYPE_CHECKING

import click

from khronika.cli import standing, wording
from khronika.cli.options import existing
from khronika.cli.screen import say
from khronika.cli.standing import Asked

if TYPE_CHECKING:
    from khronika.record.held import Standing


@click.command()
@standing.asks
def unknown(asked: Asked) -> None:
    """List whose custody is unknown, since when and why.

    Those of whom the record tells custody, but not whether it still lasts: a term ran out and no release is reported,
    contact was lost, a conviction was overturned. Longest unknown first.
    """
    with existing(asked.record) as opened:
        found = opened.unknown(asked.on, asked.known, **asked.narrowed)
    if asked.as_json:
        standing.answer_json("unknown", asked, found)
        return
    standing.show(found, COLUMNS, asked.sentences)
    if found:
        say(f"{standing.people(len(found))} whose custody is unknown on {asked.on}{asked.told()}")
    else:
        say(f"There is nobody whose custody began and is unknown on {asked.on}{asked.told()}")


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
