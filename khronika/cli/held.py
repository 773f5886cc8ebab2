"""`khronika held`: who is held on a day."""

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
def held(asked: Asked) -> None:
    """List who is held on a day: by place, charge, court, list.

    "until" is the day on which custody ended, or is due to end by the term ("due …"). Custody that no report ended goes
    on: "last report" tells how old the news is. Where accounts differ on whether a person is held, that is said below
    the table; one whom only a rival account holds is listed as "disputed".
    """
    with existing(asked.record) as opened:
        found = opened.held(asked.on, asked.known, **asked.narrowed)
        late = opened.number_overdue(asked.on, asked.known) if asked.everywhere else 0
    if asked.as_json:
        standing.answer_json("held", asked, found)
        return
    standing.show(found, COLUMNS, asked.sentences)
    also = f"; of {standing.people(late)} more a release is overdue (khronika overdue)" if late else ""
    count = f"{standing.people(len(found))} known" if found else "Nobody is known"
    say(f"{count} to be held on {asked.on}{asked.told()}{also}")


def until(one: Standing) -> str:
    """When custody ended, or is due to end by the term; "" where nothing says."""
    return f"due {one.until}" if one.expected else one.until or ""


def state(one: Standing) -> str:
    """The state; disputed where it is no more than a rival account's."""
    return wording.plain(one.state) + ", disputed" * (one.account == "rival")


COLUMNS = (
    standing.Column("name", lambda one: one.name),
    standing.Column("since", lambda one: one.since or "?", narrow=True),
    standing.Column("until", until, narrow=True),
    standing.Column("state", state),
    standing.Column("where", lambda one: one.place or ""),
    standing.Column("charge", lambda one: standing.first_of(one.charges), from_width=standing.WIDE),
    standing.Column("last report", lambda one: one.last_report or "?", narrow=True, from_width=standing.WIDE),
)
