"""The options that name a second reader, and what is said of its work."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import wraps
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from khronika.cli.screen import QUIET, say
from khronika.errors import UsageError
from khronika.facts.claims import Claim
from khronika.facts.second import Outcome, SecondReading, compare

if TYPE_CHECKING:
    from khronika.consult.reader import EndpointReader
    from khronika.record.run import SecondReport

_OPTIONS = (
    click.option(
        "--reader",
        type=click.Choice(["frames", "llm"]),
        default="frames",
        show_default=True,
        help="llm: ask a language model besides; what it says is kept as proposals.",
    ),
    click.option("--endpoint", metavar="URL", help="Where to ask: http://127.0.0.1:8080/v1 (OpenAI-compatible)."),
    click.option("--model", metavar="NAME", help="The model's name there."),
    click.option("--allow-remote", metavar="HOST", help="The endpoint's host, if it is another machine (https only)."),
    click.option("--key-env", metavar="NAME", help="The environment variable that holds the key."),
    click.option(
        "--key-file",
        type=click.Path(exists=True, dir_okay=False, path_type=Path),
        metavar="FILE",
        help="The file that holds the key.",
    ),
)


def second_options(verb: Callable[..., Any]) -> Callable[..., Any]:
    """Gives a verb the options of a second reader; it gets the reader, or None, as the parameter `second`."""

    @wraps(verb)
    def with_second(**given: Any) -> Any:  # noqa: ANN401  (whatever the verb takes and gives)
        names = ("reader", "endpoint", "model", "allow_remote", "key_env", "key_file")
        return verb(**{k: v for k, v in given.items() if k not in names}, second=_second(*(given[n] for n in names)))

    wrapped: Callable[..., Any] = with_second
    for option in reversed(_OPTIONS):
        wrapped = option(wrapped)
    return wrapped


def _second(
    reader: str, endpoint: str | None, model: str | None, host: str | None, variable: str | None, file: Path | None
) -> EndpointReader | None:
    """The reader that the options name; None for the built-in one alone. Raises UsageError."""
    if reader == "frames":
        if any((endpoint, model, host, variable, file)):
            raise UsageError("--endpoint, --model, --allow-remote, --key-env and --key-file belong to --reader llm")
        return None
    if not endpoint or not model:
        raise UsageError("--reader llm needs --endpoint URL and --model NAME")
    from khronika.consult.address import load_key
    from khronika.consult.reader import load_endpoint_reader
    from khronika.settings import Settings

    return load_endpoint_reader(endpoint, model, Settings.from_environment(), host, load_key(variable, file))


def print_second(told: SecondReport) -> None:
    """Prints what the second reader read, how it agrees with the claims, what was dropped and what went wrong."""
    say(f"second reader {told.reader}: {_several(told.read, 'story', 'stories')} read, {told.tokens:,} tokens")
    say(f"made by both: {told.agreed + told.differing:,}, of which {told.differing:,} differ in a field", indent=2)
    say(f"made by the built-in reader alone: {told.only_first:,}", indent=2)
    say(f"made by the second reader alone: {told.only_second:,}, kept as proposals, in no event", indent=2)
    if dropped := [(reason, number) for reason, number in sorted(told.dropped.items()) if number]:
        listed = ", ".join(f"{number:,} {reason}" for reason, number in dropped)
        say(f"left out of its answers: {listed}", indent=2)
    if told.withheld:
        say(f"{_several(told.withheld, 'story', 'stories')} marked keep_local: not sent", indent=2)
    if told.unasked:
        say(f"{_several(told.unasked, 'story', 'stories')} not asked about: {told.why_unasked}", indent=2)
    for failure in told.failed:
        say((failure.source, "bold"), f": {failure.reason}", (f" [{failure.step}]", QUIET), indent=2)


def print_proposals(readings: Sequence[SecondReading], claims: Sequence[Claim]) -> None:
    """Prints each second reader's proposals for a document, those that its `claims` have too in one line each."""
    for reading in readings:
        say()
        say((f"second reader {reading.reader}", "bold underline"))
        if reading.outcome is not Outcome.READ:
            say(f"gave no reading: {reading.reason}", indent=2)
            continue
        found = compare(claims, reading.claims)
        for match in found.matches:
            differs = "".join(f"; {name}: {_said(match.proposal, name)}" for name in match.differs)
            say(f"{match.claim.id} {match.claim.type}: ", "differs" if differs else "the same", differs, indent=2)
        for proposal in found.only_proposals:
            say("proposed, in no event: ", (proposal.type, "bold"), f" {', '.join(proposal.targets)}", indent=2)
            say(f"“{proposal.quote}”", indent=4)


def _said(proposal: Claim, name: str) -> str:
    """What a proposal says in a field."""
    value = getattr(proposal, name)
    if name == "penalties":
        value = tuple(" ".join(map(str, filter(None, (p.kind, p.duration, p.amount, p.currency)))) for p in value)
    return (", ".join(map(str, value)) if isinstance(value, tuple) else str(value or "")) or "nothing"


def _several(number: int, one: str, more: str) -> str:
    """ "1 story", "1,204 stories"."""
    return f"{number:,} {one if number == 1 else more}"
