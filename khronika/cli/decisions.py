"""`khronika decisions`: what people decided, and what needs another look."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from typing import Any

import click

from khronika.cli.decide import told
from khronika.cli.options import existing, json_option, record_option
from khronika.cli.screen import QUIET, answer, say
from khronika.facts.decisions import Decision, Look, decision_to_row, says


@click.command()
@click.argument("about", required=False)
@click.option("--who", metavar="NAME", help="Only what NAME decided.")
@click.option("--needs-look", is_flag=True, help="Only those whose ground has changed, with what was seen and what is.")
@record_option
@json_option
def decisions(about: str | None, who: str | None, needs_look: bool, record: Path, as_json: bool) -> None:
    """List what people decided, and what needs another look.

    ABOUT: a person's name, or the id of a claim, event, person or document; without it, everything.
    """
    with existing(record) as opened:
        made = opened.decisions(about, who)
        live, looks = opened.in_force(), opened.looks()
    numbers = {d.number for d in made}
    asked = [look for look in looks if look.decision.number in numbers]
    if needs_look:
        made = [d for d in made if d.number in {look.decision.number for look in asked}]
    if as_json:
        answer([_row(d, d.number in live, [x for x in asked if x.decision.number == d.number]) for d in made])
        return
    for decision in made:
        print_decision(decision, decision.number in live)
        for look in asked:
            if look.decision.number == decision.number:
                _print_look(look)
    again = len({look.decision.number for look in asked})
    say(f"{len(made):,} decision{'s' * (len(made) != 1)}", f"; {again:,} to look at again" if again else "")


def _row(decision: Decision, live: bool, looks: list[Look]) -> dict[str, Any]:
    """The decision for programs."""
    found = [{"reason": x.reason, "old": x.old, "new": x.new, "applies": x.applies} for x in looks]
    return decision_to_row(decision) | {"in_force": live, "looks": found}


def print_decision(decision: Decision, live: bool) -> None:
    """Prints number, what was decided, by whom, when and why."""
    say((f"{decision.number}  ", "bold"), told(decision), "" if live else (" · undone", "bold"))
    say((f"{decision.by}, {decision.at}{': ' if decision.why else ''}{decision.why}", QUIET), indent=4)


def _print_look(look: Look) -> None:
    """Prints why the decision needs another look, with what it saw and what is there."""
    force = "still in force" if look.applies else "no more in force"
    say(("needs another look", "bold"), f", {force}: {look.reason}", indent=4)
    say("then: ", _words(look.old), indent=6)
    say("now: ", _words(look.new) if look.new else "nothing", indent=6)


def _words(told: Mapping[str, Any]) -> str:
    """What was or is there, on a line."""
    return ", ".join(
        f"{name} {value}" for name, value in says(told).items() if name not in {"document", "start", "end"}
    )
