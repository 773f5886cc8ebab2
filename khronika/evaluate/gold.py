"""Hand-made gold, from files.

Gold is a folder with one JSON object per story (`document`, `source`, `part`, `claims`, `relations`), and beside them
`people.json`, `organizations.json`, `custody_quiz.json`, which are lists.
"""

from __future__ import annotations

import tomllib
from collections.abc import Iterator
from functools import cache
from importlib.resources import files
from pathlib import Path, PurePath
from typing import Any

from khronika.errors import GoldError
from khronika.evaluate.jsontext import load, load_list
from khronika.evaluate.rows import claim_of, forms_of
from khronika.evaluate.sides import Annotation, Gold, Question, Story
from khronika.facts.claims import Claim


def load_gold(folder: str | Path) -> Gold:
    """All gold in a folder.

    Raises GoldError when there is none, when a file is not JSON (with its line), when a claim has an unknown kind or
    subtype, or has not the codebook's shape.
    """
    where = Path(folder)
    if not where.is_dir():
        raise GoldError(str(where), "there is no such folder")
    annotations: list[Annotation] = []
    stories: set[Story] = set()
    for file in sorted(where.glob("*.json")):
        page = load(file)
        if not isinstance(page, dict):
            continue
        annotations += _annotations(file, page)
        stories.add(_story(file, page))
    if not stories:
        raise GoldError(str(where), "holds no gold: no JSON file with “document” and “claims”")
    people = forms_of(where / "people.json", load_list(where / "people.json"))
    return Gold(tuple(annotations), frozenset(stories), people, _quiz(where / "custody_quiz.json"), where)


def _annotations(file: Path, page: dict[str, Any]) -> Iterator[Annotation]:
    """The claims of one gold file. Raises GoldError."""
    story = _story(file, page)
    rows = page.get("claims")
    if not isinstance(rows, list):
        raise GoldError(str(file), "“claims” is not a list")
    for number, row in enumerate(rows, 1):
        claim_id = str(row.get("id", f"{page['document']}-c{number}")) if isinstance(row, dict) else f"claim {number}"
        try:
            claim = claim_of(row, str(page["document"]), story[0])
        except (KeyError, TypeError, ValueError) as error:
            raise GoldError(str(file), f"{claim_id} has not the codebook's shape: {error!r}") from error
        _check_kind(file, claim_id, claim)
        yield Annotation(claim, claim_id, str(row.get("event") or claim_id), story)


def _story(file: Path, page: dict[str, Any]) -> Story:
    """Which story a gold file annotates. Raises GoldError."""
    if "document" not in page or "claims" not in page:
        raise GoldError(str(file), "a gold file needs “document” and “claims”")
    try:
        return PurePath(str(page.get("source", page["document"]))).name, int(page.get("part") or 1)
    except (TypeError, ValueError) as error:
        raise GoldError(str(file), f"“part” is not a number: {page.get('part')!r}") from error


def _check_kind(file: Path, claim_id: str, claim: Claim) -> None:
    """Raises GoldError where the codebook does not know the claim's kind or subtype."""
    if claim.type not in kinds():
        raise GoldError(
            str(file), f"{claim_id} has the unknown kind “{claim.type}”; the codebook has {', '.join(kinds())}"
        )
    if claim.subtype and claim.subtype not in kinds()[claim.type]:
        known = ", ".join(kinds()[claim.type]) or "none"
        raise GoldError(str(file), f"{claim_id}: {claim.type} has no subtype “{claim.subtype}”; it has {known}")


def _quiz(file: Path) -> tuple[Question, ...]:
    """The custody questions, none where the file is absent. Raises GoldError."""
    try:
        return tuple(
            Question(str(q["person"]), str(q["on"]), tuple(q["state"]), q["held"], q.get("known"))
            for q in load_list(file)
        )
    except (KeyError, TypeError, AttributeError) as error:
        raise GoldError(str(file), f"a question needs person, on, state and held: {error!r}") from error


@cache
def kinds() -> dict[str, tuple[str, ...]]:
    """The codebook's kinds, each with its subtypes (resources/codebook.toml)."""
    book = tomllib.loads(files("khronika").joinpath("resources/codebook.toml").read_text(encoding="utf-8"))
    return {kind: tuple(subtypes) for kind, subtypes in book["kinds"].items()}
