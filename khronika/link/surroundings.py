"""What stands around a name in its document: the evidence, besides spelling, that two mentions are one person."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field

from khronika.facts.claims import Claim, Mention
from khronika.facts.documents import Document
from khronika.text.fold import fold
from khronika.text.names import name_words, spelling_key

SAME_OUTLET = "both from"
"""How `support` begins when nothing but the outlet is shared, which is little."""


@dataclass(slots=True)
class Surroundings:
    """Of one document or several: `people` spelling keys of full names in them, `places` folded but for the countries,
    `happenings` as (type, EDTF date), `outlets` folded, `origins` the documents, copies by what they copy."""

    people: set[str] = field(default_factory=set)
    places: set[str] = field(default_factory=set)
    happenings: set[tuple[str, str]] = field(default_factory=set)
    outlets: set[str] = field(default_factory=set)
    origins: set[str] = field(default_factory=set)

    def take(self, other: Surroundings) -> None:
        """Add all of the other's."""
        self.people |= other.people
        self.places |= other.places
        self.happenings |= other.happenings
        self.outlets |= other.outlets
        self.origins |= other.origins


def surroundings(
    documents: Iterable[Document], claims: Iterable[Claim], mentions: Iterable[Mention], copies: Mapping[str, str]
) -> dict[str, Surroundings]:
    """Document id → its surroundings; `copies` as document id → original's id.

    A document without any gets empty ones on look-up (a defaultdict).
    """
    found: dict[str, Surroundings] = defaultdict(Surroundings)
    for document in documents:
        here = found[document.id]
        here.outlets.update({fold(document.outlet or "")} - {""})
        here.origins.add(copies.get(document.id, document.id))
    for claim in claims:
        here = found[claim.document]
        here.places.update(fold(p) for p in (claim.place[:-1] or claim.place))
        if claim.date:
            here.happenings.add((claim.type, claim.date))
    for mention in mentions:
        if mention.label == "person" and len(name_words(mention.name)) > 1:
            found[mention.document].people.add(spelling_key(mention.name))
    return found


def support(a: Surroundings, b: Surroundings, besides: frozenset[str] = frozenset()) -> str:
    """The strongest thing that two sides share, in words, or "" where nothing is shared.

    `besides`: spelling keys that do not count as shared people, since they are the names in question.
    """
    if a.origins & b.origins:
        return "copies of one text"
    if shared := sorted((a.people & b.people) - besides):
        return f"both name {shared[0]}"
    if happened := sorted(a.happenings & b.happenings):
        return f"both tell of {happened[0][0]} on {happened[0][1]}"
    if places := sorted(a.places & b.places):
        return f"both are set in {places[0]}"
    if outlets := sorted(a.outlets & b.outlets):
        return f"{SAME_OUTLET} {outlets[0]}"
    return ""
