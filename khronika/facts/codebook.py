"""The codebook's kinds and closed values, from `resources/codebook.toml`: the vocabulary that every claim keeps to."""

from __future__ import annotations

import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from functools import lru_cache
from importlib.resources import files
from typing import Any

from khronika.errors import LexiconError
from khronika.facts.claims import Claim, Status

FILE = "codebook.toml"
_LISTS = ("statuses", "penalties", "relations", "states", "held")


@dataclass(frozen=True, slots=True)
class Codebook:
    """`kinds`: subtypes of each kind of event; `held`: the states that count as custody."""

    version: int
    kinds: Mapping[str, frozenset[str]]
    statuses: tuple[str, ...]
    penalties: frozenset[str]
    relations: frozenset[str]
    states: frozenset[str]
    held: frozenset[str]

    def faults(self, claim: Claim) -> list[str]:
        """What in the claim is not the codebook's, a few words each; empty: nothing."""
        subtypes = self.kinds.get(claim.type)
        if subtypes is None:
            return [f"no kind {claim.type!r}"]
        found = [f"{claim.type} has no subtype {claim.subtype!r}"] if claim.subtype not in {None, *subtypes} else []
        found += [f"no penalty {p.kind!r}" for p in claim.penalties if p.kind not in self.penalties]
        return found


@lru_cache(maxsize=1)
def codebook() -> Codebook:
    """The packaged codebook. Raises LexiconError."""
    return parse(files("khronika").joinpath("resources", FILE).read_text(encoding="utf-8"))


def parse(text: str) -> Codebook:
    """A codebook from TOML.

    Raises LexiconError: not TOML, a list missing or not of words, held ones not states, statuses other than `Status`.
    """
    try:
        tables = tomllib.loads(text)
    except tomllib.TOMLDecodeError as error:
        raise LexiconError(FILE, str(error)) from error
    lists = {name: _words(tables, name) for name in _LISTS}
    kinds = tables.get("kinds")
    if not isinstance(kinds, dict) or not kinds:
        raise LexiconError(FILE, "no table [kinds]")
    if stray := set(lists["held"]) - set(lists["states"]):
        raise LexiconError(FILE, f"held: {min(stray)!r} is not one of the states")
    if set(lists["statuses"]) != {str(s) for s in Status}:
        raise LexiconError(FILE, f"statuses: khronika knows {', '.join(Status)}")
    if not isinstance(tables.get("version"), int):
        raise LexiconError(FILE, "version: a number is needed")
    return Codebook(
        version=tables["version"],
        kinds={kind: frozenset(_words(kinds, kind)) for kind in kinds},
        statuses=lists["statuses"],
        penalties=frozenset(lists["penalties"]),
        relations=frozenset(lists["relations"]),
        states=frozenset(lists["states"]),
        held=frozenset(lists["held"]),
    )


def _words(tables: Mapping[str, Any], name: str) -> tuple[str, ...]:
    """A list of different words. Raises LexiconError."""
    words = tables.get(name)
    if not isinstance(words, list) or not all(isinstance(w, str) and w for w in words):
        raise LexiconError(FILE, f"{name}: a list of words is needed")
    if len(set(words)) != len(words):
        raise LexiconError(FILE, f"{name}: a word stands there twice")
    return tuple(words)
