"""The sentences that were read worst, with what is wrong in each: where to look first."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Any

from khronika.evaluate.pairing import Pair
from khronika.evaluate.sides import Annotation
from khronika.evaluate.values import FIELDS, agrees, same_passage, values_of

A_FIELD = 0.25
"""What a wrong field costs, where a claim that is missed or made up costs 1: four wrong fields make a claim useless."""


@dataclass(slots=True)
class Sentence:
    """One passage of a page. `wrong`: claims missed and made up, and a quarter for each wrong field; `faults`: each of
    them in words."""

    page: str
    quote: str
    wrong: float = 0.0
    faults: list[str] = field(default_factory=list)

    def to_json(self) -> dict[str, Any]:
        """All of it, for programs."""
        return {"page": self.page, "quote": self.quote, "wrong": self.wrong, "faults": self.faults}


def worst(pairs: Sequence[Pair], missed: Sequence[Annotation], made_up: Sequence[Annotation]) -> tuple[Sentence, ...]:
    """All passages in which something is wrong, the worst first; equals in the order of the pages."""
    passages: dict[str, list[Sentence]] = defaultdict(list)

    def at(annotation: Annotation) -> Sentence:
        page, quote = annotation.story[0], annotation.claim.quote
        found = next((s for s in passages[page] if same_passage(s.quote, quote)), None)
        if found is None:
            found = Sentence(page, quote)
            passages[page].append(found)
        return found

    for one in missed:
        _blame(at(one), 1, f"missed: {_shown(one)}")
    for one in made_up:
        _blame(at(one), 1, f"made up: {_shown(one)}")
    for gold, read in pairs:
        for name in FIELDS:
            if not agrees(name, gold.claim, read.claim):
                wanted, got = _values(gold, name), _values(read, name)
                _blame(at(gold), A_FIELD, f"{gold.claim.type}, {name}: {got} where gold has {wanted}")
    found = [sentence for _, several in sorted(passages.items()) for sentence in several]
    return tuple(sorted(found, key=lambda s: -s.wrong))


def _blame(sentence: Sentence, cost: float, fault: str) -> None:
    sentence.wrong += cost
    sentence.faults.append(fault)


def _shown(annotation: Annotation) -> str:
    """A claim in a few words: its kind and whom it concerns."""
    claim = annotation.claim
    whom = ", ".join(claim.targets) or claim.group or ""
    status = "" if claim.status == "happened" else f", {claim.status}"
    return f"{claim.type}{status}{f' of {whom}' if whom else ''}"


def _values(annotation: Annotation, name: str) -> str:
    return ", ".join(_plain(value) for value in values_of(annotation.claim, name)) or "nothing"


def _plain(value: object) -> str:
    return " ".join(str(v) for v in value if v is not None) if isinstance(value, tuple) else str(value)
