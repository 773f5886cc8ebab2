"""`khronika show`: one claim, event or document, down to its words."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

import click

from khronika.cli import wording
from khronika.cli.entry import Rulings, print_entry, source, voice, words_of
from khronika.cli.options import existing, json_option, record_option
from khronika.cli.screen import QUIET, answer, say
from khronika.cli.second import print_proposals
from khronika.facts.claims import Claim, claim_to_json
from khronika.facts.documents import READ_KINDS, Block, BlockKind, Document
from khronika.facts.events import Event


@click.command()
@click.argument("id")
@record_option
@json_option
def show(id: str, record: Path, as_json: bool) -> None:
    """Show a claim, an event or a document by its id.

    A document is shown with its text, what is not read for claims in grey, its claims below, and what a second reader
    proposes.
    """
    from khronika.record.rows import document_to_row, event_to_row
    from khronika.record.second import second_to_row

    with existing(record) as opened:
        found = opened.show(id)
        if isinstance(found, Event):
            told = opened.tellings(found)
            if as_json:
                version = {"version": opened.shown(found.id).version}
                answer(event_to_row(found) | {"told": [claim_to_json(claim) for claim, _ in told]} | version)
            else:
                decided = opened.rulings(d.id for _, d in told)
                print_entry(found, told, opened.name_of, claims=True, rulings=decided)
                say((f"version {opened.shown(found.id).version}", QUIET), indent=2)
        elif isinstance(found, Document):
            claims, others = opened.claims_in(found.id), opened.second_readings(found.id)
            if as_json:
                said = {"claims": [claim_to_json(claim) for claim in claims]}
                answer(document_to_row(found) | said | {"second_readings": [*map(second_to_row, others)]})
            else:
                print_document(found, claims, opened.rulings([found.id]))
                print_proposals(others, claims)
        else:
            event, shown = opened.event_of(found.id), opened.shown(found.id)
            if as_json:
                answer(claim_to_json(found) | {"event": event, "decided": shown.fields, "version": shown.version})
            else:
                print_claim(found, opened.document(found.document), event, opened.rulings([found.document]))
                say((f"version {shown.version}", QUIET), indent=2)


def print_claim(claim: Claim, document: Document, event: str | None = None, rulings: Rulings | None = None) -> None:
    """Prints the claim's sentence, who says it, each field that it has, the id of the `event` it reports, and what
    people decided of it."""
    say(("claim ", "bold"), (claim.id, "bold"), f"  {wording.plain(claim.type)}")
    say(f"“{claim.quote}”", indent=4)
    say((voice(claim, document), QUIET), indent=4)
    for name, value in claim_to_json(claim).items():
        if name not in {"id", "quote", "document", "type", "speaker", "source"}:
            say(f"{wording.plain(name)}: ", _words(value), indent=2)
    if event:
        say("event: ", event, indent=2)
    for words in words_of((rulings or {}).get(claim.id)):
        say((words, "bold"), indent=2)


def _words(value: object) -> str:
    """A field's value on one line."""
    if isinstance(value, dict):
        return ", ".join(f"{key} {_words(one)}" for key, one in value.items())
    if isinstance(value, list):
        return "; ".join(map(_words, value))
    return ("no", "yes")[value] if isinstance(value, bool) else str(value)


def print_document(document: Document, claims: Sequence[Claim], rulings: Rulings | None = None) -> None:
    """Prints the document: where it is from, its text block by block, and the claims found in it."""
    say(("document ", "bold"), (document.id, "bold"), f"  {source(document)}")
    facts = {
        "file": document.source + (f", story {document.part}" if document.part > 1 else ""),
        "title": document.title,
        "by": document.byline,
        "address": document.url,
        "published": document.published and f"{document.published} (from the {document.published_from})",
        "credits": ", ".join(document.upstream),
        "copy of": document.copy_of,
        "bytes": f"SHA-256 {document.sha256}",
    }
    for name, value in facts.items():
        if value:
            say(f"{name}: ", value, indent=2)
    for block in document.blocks:
        say()
        say((document.text[block.start : block.end], _style(block)), indent=2)
    say()
    say((f"{len(claims)} claim{'s' * (len(claims) != 1)}", "bold underline"))
    for claim in sorted(claims, key=lambda c: c.start):
        say()
        print_claim(claim, document, rulings=rulings)


def _style(block: Block) -> str:
    """Titles bold, what is not read grey."""
    if block.kind not in READ_KINDS:
        return QUIET
    return "bold" if block.kind in {BlockKind.TITLE, BlockKind.HEADING} else ""
