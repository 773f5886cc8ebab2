"""Whether a claim says that it happened once more: a new arrest, not another report of the old one."""

from __future__ import annotations

import tomllib
from functools import cache
from importlib.resources import files

from khronika.facts.claims import Claim
from khronika.text.fold import fold

BESIDE = 40
"""Code points before and after its verb within which "again" is said of it."""


def is_anew(claim: Claim) -> bool:
    """Whether the sentence says so beside its verb ("was detained again"), of a kind that may come again."""
    words, kinds = _anew()
    if claim.type not in kinds:
        return False
    start, end = claim.trigger or (claim.start, claim.start)
    near = claim.quote[max(0, start - claim.start - BESIDE) : max(0, end - claim.start + BESIDE)]
    said = f" {fold(near)} "
    return any(f" {word} " in said for word in words)


@cache
def _anew() -> tuple[tuple[str, ...], frozenset[str]]:
    """The words, folded, and the kinds, from `happenings.toml`; read once."""
    data = tomllib.loads((files("khronika") / "resources" / "happenings.toml").read_text(encoding="utf-8"))
    return tuple(map(fold, data["anew"])), frozenset(data["episodes"])
