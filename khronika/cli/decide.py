"""`khronika decide`: what a person decides about the record, appended with who, when and why."""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Iterable
from pathlib import Path
from typing import TYPE_CHECKING, Any, TypeVar

import click

from khronika.cli.options import existing, json_option, record_option
from khronika.cli.screen import answer, complain, say
from khronika.errors import KhronikaError, UsageError
from khronika.facts.decisions import CORRECTABLE, NAMES, VIEWS, By, Decision, decision_to_row

if TYPE_CHECKING:
    from khronika import Record

F = TypeVar("F", bound=Callable[..., Any])

_LISTS = frozenset({*NAMES, "place"} - {"speaker"})
_JSON = {
    "count": """20, or '{"min": 20, "max": 30}'""",
    "figure": """'{"what": "prisoners", "min": 20}'""",
    "penalties": """'[{"kind": "fine", "amount": 300, "currency": "KZT"}]'""",
    "hedged": "true or false",
}
"""Fields written as JSON, with an example of each."""

_DOCUMENT = re.compile(r"d[0-9a-f]{16}(?:/.+)?")
"""A document's id, with or without a name in it."""

_OPTIONS = (
    click.option("--by", required=True, metavar="NAME", help="Who decides."),
    click.option("--why", default="", metavar="TEXT", help="For what reason."),
    click.option(
        "--seen",
        multiple=True,
        metavar="VERSION",
        help="The version that was looked at, as `khronika show` prints it, one for each thing named; without it, what "
        "the record shows now.",
    ),
    record_option,
    json_option,
)


def _decision(of: F) -> F:
    """The options that every decision has."""
    for option in reversed(_OPTIONS):
        of = option(of)
    return of


@click.group()
def decide() -> None:
    """Confirm, reject, correct, merge, split: what a person decides.

    Nothing is edited: a decision is appended, named by whoever makes it, and can be undone by another. It is about what
    a document says, so that no new reading and no new linking forgets it.
    """


def _done(record: Path, as_json: bool, calls: Callable[[Record], Iterable[Decision]]) -> None:
    """Makes the decisions and says which they are; also where a later one of several fails: the earlier ones stay."""
    made: list[Decision] = []
    try:
        with existing(record) as opened:
            made.extend(calls(opened))  # keeps what comes before one that fails
            if opened.is_stale():
                complain("another run is writing: what follows from this is shown once that one is done")
    except KhronikaError:
        if made:
            _tell(made, as_json)
        raise
    _tell(made, as_json)


def _tell(made: list[Decision], as_json: bool) -> None:
    """Says which decisions were made."""
    if as_json:
        answer([decision_to_row(d) for d in made])
        return
    for decision in made:
        say(f"decision {decision.number}: ", told(decision))


def told(decision: Decision) -> str:
    """What is decided, in a line: "correct date of claim c12… to 2021-06-22"."""
    claims = ", ".join(key.id for key in decision.claims)
    sides = [", ".join(dict.fromkeys(name for _, _, name in side)) for side in decision.sides]
    documents = [len({document for document, _, _ in side}) for side in decision.sides]
    named = [f"{names} ({n} document{'s' * (n != 1)})" for names, n in zip(sides, documents, strict=True)]
    match str(decision.verb):
        case "correct":
            return f"correct {decision.field} of claim {claims} to {json.dumps(decision.value, ensure_ascii=False)}"
        case "view":
            return f"view of claim {claims}: {decision.value}"
        case "merge":
            return f"merge {' and '.join(named)}"
        case "split":
            return f"split {' from '.join(named)}"
        case "link":
            return f"link claim {claims} to the event of {', '.join(key.id for key in decision.beside)}"
        case "unlink":
            return f"unlink claim {claims} from the event of {', '.join(key.id for key in decision.beside)}"
        case "note":
            about = claims or decision.subject or f"decision {decision.decision}"
            return f"note on {about}: {decision.value}"
        case "undo":
            return f"undo decision {decision.decision}"
    return f"{decision.verb} claim {claims}"


def _several(claims: tuple[str, ...], seen: tuple[str, ...]) -> list[tuple[str, tuple[str, ...] | None]]:
    """Each claim with the version of it that was seen."""
    if seen and len(seen) != len(claims):
        raise UsageError(f"{len(claims)} claim{'s' * (len(claims) != 1)} and {len(seen)} --seen: one for each, or none")
    return [(claim, (seen[at],) if seen else None) for at, claim in enumerate(claims)]


@decide.command()
@click.argument("claims", nargs=-1, required=True, metavar="CLAIM…")
@_decision
def confirm(claims: tuple[str, ...], by: str, why: str, seen: tuple[str, ...], record: Path, as_json: bool) -> None:
    """Claims are right, as they stand."""
    each = _several(claims, seen)
    _done(record, as_json, lambda opened: (opened.confirm(claim, By(by, why, then)) for claim, then in each))


@decide.command()
@click.argument("claims", nargs=-1, required=True, metavar="CLAIM…")
@_decision
def reject(claims: tuple[str, ...], by: str, why: str, seen: tuple[str, ...], record: Path, as_json: bool) -> None:
    """Claims are wrong: no event and no custody rests on them any more. They stay visible as rejected."""
    each = _several(claims, seen)
    _done(record, as_json, lambda opened: (opened.reject(claim, By(by, why, then)) for claim, then in each))


@decide.command()
@click.argument("claim")
@click.argument("field", type=click.Choice(CORRECTABLE))
@click.argument("values", nargs=-1, metavar="VALUE…")
@click.option("--empty", is_flag=True, help="The claim says nothing of this.")
@click.option(
    "--person/--no-person",
    default=None,
    help="Whether a name that the document does not have is a person's; that of a target is, unless you say so.",
)
@_decision
def correct(claim: str, field: str, values: tuple[str, ...], empty: bool, person: bool | None, **how: Any) -> None:  # noqa: ANN401
    """A field of a claim is this instead.

    Several values for targets, actors and place (most specific first); JSON for count, figure and penalties:
    '{"min": 20}', '[{"kind": "fine", "amount": 300, "currency": "KZT"}]'.
    """
    if empty == bool(values):
        raise UsageError("give the right value, or --empty")
    value = None if empty else _value(field, values)
    by = By(how["by"], how["why"], how["seen"] or None)
    _done(how["record"], how["as_json"], lambda opened: [opened.correct(claim, field, value, by, person)])


def _value(field: str, values: tuple[str, ...]) -> Any:  # noqa: ANN401  (as JSON has it)
    """The words of the command line as the field's value."""
    if field in _LISTS:
        return [*values]
    if len(values) > 1:
        raise UsageError(f"{field} has one value; put it in quotes")
    if field not in _JSON:
        return values[0]
    try:
        found = json.loads(values[0])
    except (ValueError, RecursionError) as error:
        raise UsageError(f"{field}: {values[0][:80]!r} is none; write {_JSON[field]}") from error
    exact = field == "count" and isinstance(found, int) and not isinstance(found, bool)
    return {"min": found, "max": found} if exact else found


@decide.command()
@click.argument("a", metavar="PERSON")
@click.argument("b", metavar="PERSON")
@_decision
def merge(a: str, b: str, by: str, why: str, seen: tuple[str, ...], record: Path, as_json: bool) -> None:
    """Two people are one."""
    _done(record, as_json, lambda opened: [opened.merge(a, b, By(by, why, seen or None))])


@decide.command()
@click.argument("a", metavar="PERSON")
@click.argument("others", nargs=-1, required=True, metavar="OTHER…")
@_decision
def split(
    a: str, others: tuple[str, ...], by: str, why: str, seen: tuple[str, ...], record: Path, as_json: bool
) -> None:
    """Two people are not one, now or ever; or the one is really two.

    OTHER is another person, or what is not about PERSON: documents ("d12…"), or single names in them ("d12…/Name").
    """
    parts = all(_DOCUMENT.fullmatch(other) for other in others)
    if not parts and len(others) > 1:
        raise UsageError("name one other person, or documents that speak of somebody else")
    of = [*others] if parts else others[0]
    _done(record, as_json, lambda opened: [opened.split(a, of, By(by, why, seen or None))])


@decide.command()
@click.argument("claim")
@click.argument("event")
@_decision
def link(claim: str, event: str, by: str, why: str, seen: tuple[str, ...], record: Path, as_json: bool) -> None:
    """A claim tells of an event."""
    _done(record, as_json, lambda opened: [opened.link_claim(claim, event, By(by, why, seen or None))])


@decide.command()
@click.argument("claim")
@click.argument("event")
@_decision
def unlink(claim: str, event: str, by: str, why: str, seen: tuple[str, ...], record: Path, as_json: bool) -> None:
    """A claim does not tell of an event."""
    _done(record, as_json, lambda opened: [opened.unlink_claim(claim, event, By(by, why, seen or None))])


@decide.command()
@click.argument("name", type=click.Choice(VIEWS), metavar="VIEW")
@click.argument("claims", nargs=-1, required=True, metavar="CLAIM…")
@_decision
def view(
    name: str, claims: tuple[str, ...], by: str, why: str, seen: tuple[str, ...], record: Path, as_json: bool
) -> None:
    """Who may see claims: public, partner or private; private where nobody decided."""
    each = _several(claims, seen)
    _done(record, as_json, lambda opened: (opened.set_view(c, name, By(by, why, then)) for c, then in each))


@decide.command()
@click.argument("id")
@click.argument("text")
@_decision
def note(id: str, text: str, by: str, why: str, seen: tuple[str, ...], record: Path, as_json: bool) -> None:
    """Keep a note on a claim, event, person or document.

    A note on a decision (its number) also says that somebody has looked at it again.
    """
    _done(record, as_json, lambda opened: [opened.note(id, text, By(by, why, seen or None))])


@decide.command()
@click.argument("number", type=int)
@_decision
def undo(number: int, by: str, why: str, seen: tuple[str, ...], record: Path, as_json: bool) -> None:
    """Take a decision back; of an undo, bring back what it took."""
    _done(record, as_json, lambda opened: [opened.undo(number, By(by, why, seen or None))])
