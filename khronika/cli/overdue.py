"""`khronika overdue`: who should be out by the term, and of whom no release is reported."""

from __future__ import annotations

import datetime
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
def overdue(asked: Asked) -> None:
    """List whose term has run out without a reported release.

    The end is arithmetic, from the term and the day from which it counts; it is no release. Longest overdue first.
    """
    with existing(asked.record) as opened:
        found = opened.overdue(asked.on, asked.known, **asked.narrowed)
    if asked.as_json:
        standing.answer_json("overdue", asked, found)
        return
    standing.show(found, columns(asked.on), asked.sentences)
    if found:
        say(f"{standing.people(len(found))} of whom a release is overdue on {asked.on}{asked.told()}")
    else:
        say(f"Of nobody a release is overdue on {asked.on}{asked.told()}")


def columns(day: str) -> tuple[standing.Column, ...]:
    """The columns as of the day asked about."""
    asked = datetime.date.fromisoformat(day)

    def late(one: Standing) -> str:
        return f"{(asked - datetime.date.fromisoformat(one.since)).days:,}" if one.since else "?"

    return (
        standing.Column("name", lambda one: one.name),
        standing.Column("due on", lambda one: one.since or "?", narrow=True),
        standing.Column("days", late, narrow=True),
        standing.Column("held as", lambda one: wording.plain(one.before or "")),
        standing.Column("where", lambda one: one.place or "", from_width=standing.WIDE),
        standing.Column("last report", lambda one: one.last_report or "?", narrow=True),
    )
