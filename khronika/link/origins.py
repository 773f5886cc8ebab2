"""Whose report a claim counts as: of how many outlets one event is their own finding.

A copy counts as its original's, a story that credits one outlet, or whose news is cited from one, as that outlet's, a
sentence that cites an outlet as that outlet's too. An outlet that tells a thing twice is one origin.
"""

from __future__ import annotations

import tomllib
from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from importlib.resources import files

from khronika.facts.claims import Claim
from khronika.text.fold import fold

BESIDE = 24
"""Code points between an outlet's name and the verb that cites it."""


@dataclass(frozen=True, slots=True)
class Report:
    """A document as an origin. `original`: id of the document whose text it repeats, or its own; `family`: the origin
    that it would count for were it no copy (`Document.family`); `day`: the first on which it was known; `outlet`: its
    own outlet, folded, or its id."""

    original: str
    family: str
    day: str | None
    outlet: str = ""


def origins_of(
    claims: Iterable[Claim], reports: Mapping[str, Report], relays: Mapping[str, str], outlets: Collection[str]
) -> dict[str, str]:
    """Claim id → its origin.

    Of texts alike that several outlets printed first on one day nobody can say whose it is: it counts as that of one of
    them that is an origin of the event without it, else as one more.
    Parameters: `reports` by document; `relays`: document → the outlet that its news is cited from (`relayed`);
    `outlets`: those that the record has stories of, folded.
    """
    ordered = sorted(claims, key=lambda c: c.id)
    found = {c.id: cited for c in ordered if (cited := cited_outlet(c, outlets))}
    groups: dict[str, list[Claim]] = defaultdict(list)
    for claim in (c for c in ordered if c.id not in found):
        groups[_original(claim, reports)].append(claim)
    may = {original: _candidates(original, told, reports, relays) for original, told in groups.items()}
    sure = {*found.values(), *(names[0] for names in may.values() if len(names) == 1)}
    for original, told in sorted(groups.items()):
        name = min(sure.intersection(may[original]) or may[original])
        sure.add(name)
        found.update((c.id, name) for c in told)
    return found


def last_words(claims: Iterable[Claim], origins: Mapping[str, str], reports: Mapping[str, Report]) -> dict[str, str]:
    """Claim id → the day on which its origin told it in its own words (see `reconcile`): no copy, no retelling."""
    found = {}
    for claim in claims:
        report = reports.get(claim.document)
        if report and report.day and report.original == claim.document and report.outlet == origins[claim.id]:
            found[claim.id] = report.day
    return found


def _original(claim: Claim, reports: Mapping[str, Report]) -> str:
    """Id of the document whose text the claim's repeats."""
    report = reports.get(claim.document)
    return report.original if report else claim.document


def _candidates(
    original: str, told: Sequence[Claim], reports: Mapping[str, Report], relays: Mapping[str, str]
) -> list[str]:
    """Whose report the text may be: that of the outlet it is relayed from, else of those who had it first."""
    documents = sorted({original, *(c.document for c in told)})
    known = {d: reports[d] for d in documents if d in reports}
    if cited := relays.get(original) or next((relays[d] for d in documents if d in relays), None):
        return [cited]
    first = known[original].day if original in known else None
    names = {one.family for d, one in known.items() if d == original or (first and one.day == first)}
    return sorted(names) or [original]


def relayed(claims: Iterable[Claim], outlets: Collection[str]) -> str | None:
    """The outlet from which the claims' document has its news: the one that the first sentence of the text that claims
    anything cites, and no other is cited after it. The headline, which may leave it out, is no such sentence."""
    ordered = sorted(claims, key=lambda c: (c.start, c.id))
    first = next((c for c in ordered if c.start > 0), None)
    cited = {name for c in ordered if (name := cited_outlet(c, outlets))}
    if first is None or len(cited) != 1:
        return None
    leads = {cited_outlet(c, outlets) for c in ordered if c.start == first.start}
    return next(iter(cited)) if cited & leads else None


def cited_outlet(claim: Claim, outlets: Collection[str]) -> str | None:
    """The outlet that the claim has it from, folded: one that the record has stories of, or one that by its name is
    one and is said to report it. None: the claim's speaker is none."""
    name = fold(claim.speaker or "")
    if not name or name in outlets:
        return name or None
    words, agencies, verbs = _names()
    if name not in agencies and words.isdisjoint(name.split()):
        return None
    said = f" {fold(claim.quote)} "
    at = said.find(f" {name} ")
    after = said[at + len(name) + 1 :][:BESIDE] if at >= 0 else ""
    return name if any(f" {verb} " in after for verb in verbs) else None


@cache
def _names() -> tuple[frozenset[str], frozenset[str], tuple[str, ...]]:
    """Words that an outlet's name holds, and names of agencies, folded, and the verbs that cite one."""
    resources = files("khronika") / "resources"
    own = tomllib.loads((resources / "happenings.toml").read_text(encoding="utf-8"))
    capture = tomllib.loads((resources / "boilerplate.toml").read_text(encoding="utf-8"))
    agencies = frozenset(map(fold, capture["agency"]["names"]))
    return frozenset(own["outlets"]), agencies, tuple(own["reports"])
