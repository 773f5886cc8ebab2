"""Rows of JSON as the codebook's values."""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path
from typing import Any

from khronika.errors import GoldError
from khronika.facts.claims import Claim, claim_from_json

_NEEDED = ("type", "quote")
_TEXTS = ("subtype", "group", "date", "speaker", "charge", "duration", "list")


def claim_of(row: dict[str, Any], document: str, source: str) -> Claim:
    """The claim of a row, which may lack span and reader.

    Raises KeyError, TypeError, ValueError where the row has not the codebook's shape.
    """
    whole = {"start": 0, "end": 0, "reader": "", **row, "document": document, "source": source}
    for field in ("targets", "actors", "place"):
        value = whole.get(field) or []
        whole[field] = [value] if isinstance(value, str) else value
        if not all(isinstance(name, str) for name in whole[field]):
            raise TypeError(f"“{field}” holds something else than text")
    for field in (*_NEEDED, *_TEXTS):
        if not isinstance(whole[field] if field in _NEEDED else whole.get(field) or "", str):
            raise TypeError(f"“{field}” is not text")
    whole["penalties"] = whole.get("penalties") or []
    whole["status"] = whole.get("status") or "happened"
    return claim_from_json(whole)


def forms_of(file: Path, rows: Iterable[Any]) -> tuple[tuple[str, ...], ...]:
    """Every written form of each person's name. Raises GoldError."""
    try:
        return tuple(tuple(map(str, (*row.get("forms", ()), row["name"]))) for row in rows)
    except (KeyError, TypeError, AttributeError) as error:
        raise GoldError(str(file), f"a person needs a name and forms: {error!r}") from error
