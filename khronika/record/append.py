"""Writing: one transaction for a captured page with all that was read in it, all of it or none.

Everything here is idempotent: what is there already is left alone and the log does not grow.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import asdict, dataclass
from typing import Any

from khronika.errors import ReadError
from khronika.facts.claims import Claim, Reading, claim_to_json
from khronika.facts.documents import Capture, Document
from khronika.record import log
from khronika.record.rows import document_to_row
from khronika.record.seal import canonical, seal, seal_all
from khronika.record.setup import changing


@dataclass(frozen=True, slots=True)
class Appended:
    """How many documents and claims an append added; 0 and 0: all of it was there."""

    documents: int = 0
    claims: int = 0


def append(
    alias: str, at: str, capture: Capture, documents: Sequence[Document], readings: Sequence[Reading]
) -> Appended:
    """The rows of one page. `readings`: one for each document, whose `document` is its id. `at`: RFC 3339, for the log.

    The bytes must be kept before. Raises ValueError when documents and readings do not belong together.
    """
    from khronika.record.models import Document as Row

    by_document = {r.document: r for r in readings}
    if len(by_document) != len(readings) or by_document.keys() != {d.id for d in documents}:
        raise ValueError("each document needs exactly one reading of its own")
    if any(d.sha256 != capture.sha256 for d in documents):
        raise ValueError("a document belongs to another capture")
    with changing(alias):
        there = set(Row.objects.using(alias).filter(key__in=[d.id for d in documents]).values_list("key", flat=True))
        fresh = [d for d in documents if d.id not in there]
        reader = readings[0].reader if readings else ""
        seals = [*_capture(alias, capture, reader)]
        added = [_document(alias, d, by_document[d.id]) for d in fresh]
        if not seals and not added:
            return Appended()
        seals += [s for rows, _ in added for s in rows]
        body = {
            "capture": capture.sha256,
            "documents": [d.id for d in fresh],
            "rows": len(seals),
            "seal": seal_all(seals),
        }
        log.write(alias, "append", at, body)
    return Appended(len(added), sum(claims for _, claims in added))


def capture_sealed(row: Any) -> tuple[Any, ...]:  # noqa: ANN401  (a models.Capture)
    """What a capture row's seal covers."""
    return row.sha256, row.source, row.media_type, row.size, row.captured, row.reader


def _capture(alias: str, capture: Capture, reader: str) -> list[str]:
    """The capture's row, if it is new; its seal, or nothing."""
    from khronika.record.models import Capture as Row

    if Row.objects.using(alias).filter(sha256=capture.sha256).exists():
        return []
    size = len(capture.content)
    row = Row(
        sha256=capture.sha256,
        source=capture.source,
        media_type=capture.media_type,
        size=size,
        captured=capture.captured,
        reader=reader,
    )
    row.seal = seal(*capture_sealed(row))
    row.save(using=alias, force_insert=True)
    return [row.seal]


def _document(alias: str, document: Document, reading: Reading) -> tuple[list[str], int]:
    """The rows of one document; their seals in order (document, claims, mentions, relations), and how many claims."""
    from khronika.record import models

    body = canonical(document_to_row(document))
    first = seal(document.id, body)
    models.Document.objects.using(alias).create(
        key=document.id, capture_id=document.sha256, source=document.source, body=body, seal=first
    )
    claims = unique(reading.claims, document)
    rows: list[Any] = []
    for claim in claims:
        text = canonical(claim_to_json(claim))
        rows.append(models.Claim(key=claim.id, document_id=document.id, body=text, seal=seal(claim.id, text)))
    models.Claim.objects.using(alias).bulk_create(rows, batch_size=500)
    several: tuple[tuple[Any, Sequence[Any]], ...] = (
        (models.Mention, reading.mentions),
        (models.Relation, reading.relations),
    )
    for model, values in several:
        texts = [canonical(asdict(value)) for value in dict.fromkeys(values)]
        found = [model(document_id=document.id, body=text, seal=seal(document.id, text)) for text in texts]
        model.objects.using(alias).bulk_create(found, batch_size=500)
        rows += found
    return [first, *(row.seal for row in rows)], len(claims)


def unique(claims: Sequence[Claim], document: Document) -> list[Claim]:
    """The claims without a second one of the same id. Raises ReadError when a claim's words are not in the text."""
    kept: dict[str, Claim] = {}
    for claim in claims:
        if claim.document != document.id or document.text[claim.start : claim.end] != claim.quote:
            raise ReadError(
                document.source, f"the reader gave a claim whose words are not at {claim.start}-{claim.end}"
            )
        kept.setdefault(claim.id, claim)
    return [*kept.values()]


def fail(alias: str, at: str, source: str, step: str, reason: str) -> bool:
    """Records that a source failed; False where the same failure stands already."""
    last = _last_failure(alias, source)
    if last and not last.cleared and (last.step, last.reason) == (step, reason):
        return False
    _write_failure(alias, at, (source, step, reason, False))
    return True


def clear(alias: str, at: str, source: str) -> bool:
    """Records that a source that failed has succeeded since; False where no failure of it stands."""
    last = _last_failure(alias, source)
    if not last or last.cleared:
        return False
    _write_failure(alias, at, (source, last.step, last.reason, True))
    return True


def failure_sealed(row: Any) -> tuple[Any, ...]:  # noqa: ANN401  (a models.Failure)
    """What a failure row's seal covers."""
    return row.source, row.step, row.reason, row.cleared, row.at


def _last_failure(alias: str, source: str) -> Any:  # noqa: ANN401
    """The last failure row of the source, or None."""
    from khronika.record.models import Failure

    return Failure.objects.using(alias).filter(source=source).order_by("-seq").first()


def _write_failure(alias: str, at: str, values: tuple[str, str, str, bool]) -> None:
    """Appends a failure row and its log entry."""
    from khronika.record.models import Failure

    source, step, reason, cleared = values
    row = Failure(source=source, step=step, reason=reason, cleared=cleared, at=at)
    row.seal = seal(*failure_sealed(row))
    with changing(alias):
        row.save(using=alias, force_insert=True)
        log.write(alias, "cleared" if cleared else "failure", at, {"source": source, "seal": row.seal})


def begin_run(alias: str, at: str, reader: str) -> None:
    """Records that a run that changes the record has begun."""
    from khronika.record.models import Run

    row = Run(at=at, reader=reader, seal=seal(at, reader))
    with changing(alias):
        row.save(using=alias, force_insert=True)
        log.write(alias, "run", at, {"reader": reader, "seal": row.seal})
