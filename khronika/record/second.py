"""What second readers said: rows of their own, beside the claims, each with its entry in the log."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from khronika.errors import ReadError
from khronika.facts.claims import claim_from_json, claim_to_json
from khronika.facts.documents import Document
from khronika.facts.second import Outcome, SecondReading
from khronika.record import log
from khronika.record.rows import load
from khronika.record.seal import canonical, seal
from khronika.record.setup import changing

KEPT = frozenset({Outcome.READ, Outcome.FAILED})
"""What is written down; a document that was withheld or not asked about is as it was."""


def add(alias: str, at: str, document: Document, reading: SecondReading) -> bool:
    """Appends a second reading with its log entry; False where this reader has read the document already, or has
    failed in the same way the last time. `at`: RFC 3339. Raises ReadError where a proposal's words are not in the text.
    """
    from khronika.record.models import SecondReading as Row

    if reading.outcome not in KEPT:
        return False
    for claim in reading.claims:
        if claim.document != document.id or document.text[claim.start : claim.end] != claim.quote:
            raise ReadError(document.source, f"a proposal whose words are not at {claim.start}-{claim.end}")
    body = canonical(second_to_row(reading))
    last = Row.objects.using(alias).filter(document_id=document.id, reader=reading.reader).order_by("-seq").first()
    if last and (last.read or last.body == body):
        return False
    row = Row(document_id=document.id, reader=reading.reader, read=reading.outcome is Outcome.READ, body=body, seal="")
    row.seal = seal(*sealed(row))
    with changing(alias):
        row.save(using=alias, force_insert=True)
        log.write(alias, "second", at, {"document": document.id, "reader": reading.reader, "seal": row.seal})
    return True


def sealed(row: Any) -> tuple[Any, ...]:  # noqa: ANN401  (a models.SecondReading)
    """What a row's seal covers."""
    return row.document_id, row.reader, row.read, row.body


def of_document(alias: str, document: str) -> list[SecondReading]:
    """The last reading of the document by each second reader, in order of arrival."""
    from khronika.record.models import SecondReading as Row

    rows = Row.objects.using(alias).filter(document_id=document).order_by("seq").values_list("reader", "body")
    return [second_from_row(load(body)) for body in dict(rows).values()]


def read_by(alias: str, sha256: str, reader: str) -> frozenset[str]:
    """The documents of a page, by the hash of its bytes, that this second reader has read."""
    from khronika.record.models import SecondReading as Row

    found = Row.objects.using(alias).filter(document__capture_id=sha256, reader=reader, read=True)
    return frozenset(found.values_list("document_id", flat=True))


def documents_of_page(alias: str, sha256: str) -> Sequence[Document]:
    """The documents of a page, by the hash of its bytes."""
    from khronika.record.models import Document as Row
    from khronika.record.rows import document_from_row

    found = Row.objects.using(alias).filter(capture_id=sha256).order_by("seq").values_list("body", flat=True)
    return [document_from_row(load(body)) for body in found]


def second_to_row(reading: SecondReading) -> dict[str, Any]:
    """The reading with plain values."""
    return {
        "document": reading.document,
        "reader": reading.reader,
        "outcome": str(reading.outcome),
        "claims": [claim_to_json(c) for c in reading.claims],
        "dropped": [[*pair] for pair in reading.dropped],
        "tokens": reading.tokens,
        "reason": reading.reason,
    }


def second_from_row(row: dict[str, Any]) -> SecondReading:
    """The inverse of `second_to_row`."""
    return SecondReading(
        document=row["document"],
        reader=row["reader"],
        outcome=Outcome(row["outcome"]),
        claims=tuple(map(claim_from_json, row["claims"])),
        dropped=tuple((reason, number) for reason, number in row["dropped"]),
        tokens=row["tokens"],
        reason=row["reason"],
    )
