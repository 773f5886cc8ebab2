"""What a second reader says of a document, and how that agrees with the claims in force.

A second reader's claims are proposals: they are kept beside the claims, never among them.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum

from khronika.facts.claims import Claim
from khronika.text.fold import fold


class Outcome(StrEnum):
    """How a second reading ended. `WITHHELD`: the document is not to leave; `UNASKED`: the run's bounds are reached."""

    READ = "read"
    FAILED = "failed"
    WITHHELD = "withheld"
    UNASKED = "unasked"


@dataclass(frozen=True, slots=True, kw_only=True)
class SecondReading:
    """One document as a second reader sees it.

    `claims`: proposals, each about words that stand in the document. `dropped`: what was left out of the answer, and
    how often ("claim: quote not in the story"). `tokens` it took; `reason` where nothing was read.
    """

    document: str
    reader: str
    outcome: Outcome = Outcome.READ
    claims: tuple[Claim, ...] = ()
    dropped: tuple[tuple[str, int], ...] = ()
    tokens: int = 0
    reason: str | None = None


@dataclass(frozen=True, slots=True)
class Match:
    """A claim and a proposal of one kind about one passage; `differs`: the fields in which they do not say the same."""

    claim: Claim
    proposal: Claim
    differs: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Agreement:
    """Two readings of one document side by side."""

    matches: tuple[Match, ...]
    only_claims: tuple[Claim, ...]
    only_proposals: tuple[Claim, ...]


def compare(claims: Sequence[Claim], proposals: Sequence[Claim]) -> Agreement:
    """Pairs claims with proposals of the same kind whose passages overlap, one to one, those that say the most alike
    first; the same for any order of either."""
    pairs = [
        Match(c, p, _differing(c, p)) for c in claims for p in proposals if c.type == p.type and _overlap(c, p) > 0
    ]
    used: set[tuple[str, str]] = set()
    matches = []
    for match in sorted(pairs, key=_likeness):
        claim, proposal = match.claim, match.proposal
        if ("c", claim.id) not in used and ("p", proposal.id) not in used:
            used |= {("c", claim.id), ("p", proposal.id)}
            matches.append(match)
    return Agreement(
        tuple(sorted(matches, key=lambda m: (m.claim.start, m.claim.id))),
        tuple(c for c in claims if ("c", c.id) not in used),
        tuple(p for p in proposals if ("p", p.id) not in used),
    )


def _likeness(match: Match) -> tuple[object, ...]:
    """Sort key: fewest differences, then the largest common passage, then as in the text."""
    claim, proposal = match.claim, match.proposal
    return len(match.differs), -_overlap(claim, proposal), claim.start, claim.id, proposal.id


def _overlap(a: Claim, b: Claim) -> int:
    """How many code points the passages share."""
    return min(a.end, b.end) - max(a.start, b.start)


def _differing(claim: Claim, proposal: Claim) -> tuple[str, ...]:
    """The fields that matter most to a case, where the two do not say the same."""
    mine, theirs = _said(claim), _said(proposal)
    return tuple(name for name in mine if mine[name] != theirs[name])


def _said(claim: Claim) -> dict[str, object]:
    """What is compared, with the spelling of names folded."""
    return {
        "status": claim.status,
        "targets": frozenset(map(fold, claim.targets)),
        "date": claim.date,
        "speaker": fold(claim.speaker or ""),
        "penalties": frozenset((p.kind, p.duration, p.amount, p.currency) for p in claim.penalties),
    }
