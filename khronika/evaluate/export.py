"""The side to compare with gold, from a record's export: a folder with `claims.jsonl`, `people.jsonl` and
`documents.jsonl` (codebook, "Interchange")."""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path, PurePath
from typing import Any

from khronika.errors import GoldError
from khronika.evaluate.gold import load_gold
from khronika.evaluate.jsontext import load_lines
from khronika.evaluate.rows import claim_of, forms_of
from khronika.evaluate.sides import Annotation, Side, Story
from khronika.facts.claims import Claim
from khronika.facts.documents import Document


def load_export(folder: str | Path) -> Side:
    """The claims, people and stories of a record's export, or of other gold (then two annotators are compared).

    Raises GoldError when the folder holds neither, or on a line that is not JSON or not a claim.
    """
    where = Path(folder)
    claims = where / "claims.jsonl"
    if not claims.is_file():
        try:
            return load_gold(where)
        except GoldError as error:
            if any(where.glob("*.json")):
                raise
            raise GoldError(str(where), "is no export: it has no claims.jsonl") from error
    documents = [row for _, row in load_lines(where / "documents.jsonl")]
    parts = {str(row.get("id")): row.get("part") for row in documents}
    annotations = tuple(_exported(claims, line, row, parts) for line, row in load_lines(claims))
    people_file = where / "people.jsonl"
    people = forms_of(people_file, [row for _, row in load_lines(people_file)])
    read = {_story(where / "documents.jsonl", row) for row in documents}
    return Side(annotations, frozenset(read | {a.story for a in annotations}), people)


def side_of(read: Iterable[tuple[Document, Iterable[Claim]]]) -> Side:
    """The side of claims that no record has linked: documents with what was claimed of each, every claim an event of
    its own, nobody named as a person."""
    annotations: list[Annotation] = []
    stories: set[Story] = set()
    for document, claims in read:
        story = (PurePath(document.source).name, document.part)
        stories.add(story)
        annotations += [Annotation(claim, claim.id, claim.id, story) for claim in claims]
    return Side(tuple(annotations), frozenset(stories))


def _story(file: Path, row: dict[str, Any]) -> Story:
    """Which story a row of `documents.jsonl` is. Raises GoldError."""
    try:
        return PurePath(str(row["source"])).name, int(row.get("part") or 1)
    except (KeyError, TypeError, ValueError) as error:
        raise GoldError(str(file), f"a document needs its source and a part that is a number: {error!r}") from error


def _exported(file: Path, line: int, row: dict[str, Any], parts: dict[str, Any]) -> Annotation:
    """One line of `claims.jsonl`. Raises GoldError."""
    try:
        source = PurePath(str(row["source"])).name
        claim = claim_of(row, str(row.get("document", "")), source)
        part = int(parts.get(claim.document) or row.get("part") or 1)
    except (KeyError, TypeError, ValueError) as error:
        raise GoldError(str(file), f"not a claim in the codebook's shape: {error!r}", line) from error
    claim_id = str(row.get("id") or f"line {line}")
    return Annotation(claim, claim_id, str(row.get("event") or claim_id), (source, part))
