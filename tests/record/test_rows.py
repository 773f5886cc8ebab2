"""Values to rows and back."""

from __future__ import annotations

import json

from khronika.facts.claims import Count, Penalty, Status
from khronika.facts.documents import Block, BlockKind, Document
from khronika.facts.events import Conflict, Event, Place
from khronika.record import rows
from khronika.record.seal import canonical


def test_events_and_documents_come_back_as_they_went() -> None:
    """Every field, through JSON."""
    event = Event(
        id="e1",
        type="sentence",
        claims=("c1", "c2"),
        date="2021-06",
        place=Place("Almaty", "KZ", 1526384, 43.25, 76.95),
        targets=("p1",),
        count=Count(20, None, True),
        penalties=(Penalty("fine", None, 145000.0, "KZT", "$340"),),
        status=Status.DENIED,
        conflicts=(Conflict("date", (("2021-06-21", ("c1",)), ("2021-06-22", ("c2",)))),),
    )
    assert rows.event_from_row(json.loads(canonical(rows.event_to_row(event)))) == event
    document = Document(
        id="d1", source="s", part=2, sha256="0" * 64, text="ALMATY -- \u202eText\x00 with “all” 文字",
        blocks=(Block(BlockKind.STORY, 0, 9),), dateline="ALMATY", dateline_span=(0, 10), upstream=("Reuters",),
    )  # fmt: skip
    assert rows.document_from_row(json.loads(canonical(rows.document_to_row(document)))) == document
