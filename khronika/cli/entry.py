"""An entry of the chronicle: one event with its particulars, who tells it in which words, and where accounts differ."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from typing import Any

from khronika.cli import wording
from khronika.cli.screen import QUIET, say
from khronika.facts.claims import Claim, Status
from khronika.facts.decisions import Decision, Ruling
from khronika.facts.documents import Document
from khronika.facts.events import Event

Telling = tuple[Claim, Document]
"""A claim and the document that makes it."""
NameOf = Callable[[str], str]
"""From the id of a person or organization to its name."""


Rulings = Mapping[str, Ruling]
"""Claim id → what people decided of it."""


def print_entry(
    event: Event,
    tellings: Sequence[Telling],
    name_of: NameOf,
    about: str | None = None,
    claims: bool = False,
    rulings: Rulings | None = None,
) -> None:
    """Prints the entry.

    Parameters: `tellings` the event's claims with their documents; `name_of` names for ids; `about` the id of the
    person whose history this is, who then is not named again among the targets; `claims`: print the claims' ids too;
    `rulings`: what people decided of them.
    """
    where = f", {event.place.name}" if event.place else ""
    mark = "" if event.status is Status.HAPPENED else "bold"
    say((f"{wording.date(event.date)}  ", "bold"), (wording.kind(event), mark), where, (f" [{event.id}]", QUIET))
    for words in _particulars(event, tellings, name_of, about):
        say(words, indent=2)
    if claims and event.confidence is not None:
        say(f"sure: {100 * event.confidence:.0f} of 100", indent=2)
    for field, rivals in _conflicts(event):
        say("accounts differ on ", wording.plain(field), ": ", rivals, indent=2)
    print_tellings(tellings, claims, rulings)


def _particulars(event: Event, tellings: Sequence[Telling], name_of: NameOf, about: str | None) -> Iterator[str]:
    """What the event says beyond day, kind and place, a line each; nothing for what is unknown."""
    others = [name_of(target) for target in event.targets if target != about]
    yield from (f"{'with' if about else 'whom'}: {', '.join(others)}" for _ in others[:1])
    yield from filter(None, [wording.people(event.count), wording.penalties(event.penalties)])
    if event.charge:
        yield f"ground: {event.charge}"
    if event.actors:
        yield f"by: {', '.join(name_of(actor) for actor in event.actors)}"
    documents = {document.id for _, document in tellings}
    if len(documents) > 1:
        yield f"told by {wording.reports(event.origins, len(documents))}"


def _conflicts(event: Event) -> Iterator[tuple[str, str]]:
    """Each field with rival values, as ("date", "2021-06-21 (1 claim), 2021-06-22 (2 claims)")."""
    for conflict in event.conflicts:
        values = (f"{wording.value(v)} ({len(ids)} claim{'s' * (len(ids) != 1)})" for v, ids in conflict.values)
        yield conflict.field, ", ".join(values)


def print_tellings(tellings: Sequence[Telling], claims: bool = False, rulings: Rulings | None = None) -> None:
    """Prints each sentence once, with who says it; documents that repeat it word for word are named behind it."""
    same: dict[tuple[str, str | None, Status], list[Telling]] = {}
    for claim, document in sorted(tellings, key=_order):
        same.setdefault((claim.quote, claim.speaker, claim.status), []).append((claim, document))
    for (quote, _, _), tellers in same.items():
        say(f"“{quote}”", indent=4)
        say((voice(*tellers[0]), QUIET), indent=4)
        if again := list(dict.fromkeys(source(document) for _, document in tellers[1:])):
            say((f"the same words: {'; '.join(again)}", QUIET), indent=4)
        for decided in dict.fromkeys(word for claim, _ in tellers for word in words_of((rulings or {}).get(claim.id))):
            say(decided, indent=4)
        if claims:
            say((f"claims: {', '.join(claim.id for claim, _ in tellers)}", QUIET), indent=4)


def words_of(ruling: Ruling | None) -> list[str]:
    """What people decided of a claim, a line each: "confirmed by Ana", "date corrected by Ana, read as 2021-06-21"."""
    if ruling is None:
        return []
    found = [_because(f"{ruling.standing.verb}ed by {ruling.standing.by}", ruling.standing)] if ruling.standing else []
    for name, decision in ruling.fields.items():
        read = _read(decision).get(name)
        was = f", read as {wording.value(read)}" if read else ", not read"
        found.append(_because(f"{wording.plain(name)} corrected by {decision.by}{was}", decision))
    if ruling.view:
        found.append(_because(f"{ruling.view.value}, by {ruling.view.by}", ruling.view))
    return found + [f"note by {note.by}: {note.value}" for note in ruling.notes]


def _read(decision: Decision) -> Mapping[str, Any]:
    """The claim that the decision is about, as it was read."""
    return next((shown["read"] for shown in decision.saw.values() if "read" in shown), {})


def _because(said: str, decision: Decision) -> str:
    """With the reason, where one is given."""
    return f"{said}: {decision.why}" if decision.why else said


def _order(telling: Telling) -> tuple[bool, str, int, int]:
    """Originals before copies, then by publication, then as in the page."""
    claim, document = telling
    return document.copy_of is not None, document.known_from or "9999", document.part, claim.start


def source(document: Document) -> str:
    """Where a document is from: outlet, day, id, and whether it is a copy."""
    when = document.published or (f"captured {document.captured[:10]}" if document.captured else "undated")
    copy = " (copy)" if document.copy_of else ""
    return f"{document.outlet or document.source}, {when}, {document.id}{copy}"


def voice(claim: Claim, document: Document) -> str:
    """Who says it: "RFE/RL, 2021-06-22, d12… · Aigul Nurlan says, denied"; the outlet alone where it speaks itself."""
    said = f" · says {claim.speaker}" if claim.speaker else ""
    marks = [wording.MARKS[claim.status]] if claim.status in wording.MARKS else []
    marks += ["hedged"] * claim.hedged
    return f"— {source(document)}{said}" + (f" · {', '.join(marks)}" if marks else "")
