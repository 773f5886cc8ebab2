"""What ties the claims of one event together, as far as anything published tells.

Three friends are arrested in one raid. Where one story names the first and another the second, and none names both,
nobody who reads them can know that it was one arrest; so it is not asked. Claims are of one event for the measure where
they share a person (or, naming none, a body that acts), stand in one document, or tell of the same crowd.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable

from bench.world.truth import Truth
from khronika.facts.claims import Claim


def keep_what_is_tied(truth: Truth, claims: Iterable[Claim]) -> None:
    """Parts each true event, in the truth, into what is tied together; origins are counted anew for each part."""
    told: dict[str, list[Claim]] = defaultdict(list)
    for claim in claims:
        told[truth.events[claim.id]].append(claim)
    for event, members in told.items():
        parts = _parts(truth, members)
        if len(parts) < 2:
            continue
        del truth.origins[event]
        for number, part in enumerate(parts, 1):
            name = f"{event}#{number}"
            truth.events.update((c.id, name) for c in part)
            truth.origins[name] = {truth.reporting[c.document] for c in part}


def _parts(truth: Truth, claims: list[Claim]) -> list[list[Claim]]:
    """The claims in parts that nothing ties to each other, in order of their first claim."""
    above: dict[str, str] = {}

    def top(key: str) -> str:
        while key in above:
            key = above[key]
        return key

    for claim in claims:
        names = (*claim.targets, *claim.actors)
        people = [truth.people[claim.document, n] for n in names if (claim.document, n) in truth.people]
        keys = people or [*claim.actors]
        keys += [f"in {claim.document}", *(["crowd"] if claim.group else [])]
        first = top(f"claim {claim.id}")
        for key in keys:
            if (other := top(key)) != first:
                above[other] = first
    parts: dict[str, list[Claim]] = defaultdict(list)
    for claim in claims:
        parts[top(f"claim {claim.id}")].append(claim)
    return [*parts.values()]
