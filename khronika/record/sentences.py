"""The sentence that an answer rests on: its words, where they stand, who says them. Every answer leads back here."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from khronika.facts.claims import Claim
from khronika.facts.documents import Document


@dataclass(frozen=True, slots=True, kw_only=True)
class Sentence:
    """A sentence with its place. `event`, `claim`, `document`: ids, for `khronika show`; `outlet`: who printed it (the
    file's name where no outlet is known); `known`: the first day on which it could be known (EDTF); `copy`: its
    document repeats another's text; `status`, `hedged`: how it presents the event."""

    event: str
    claim: str
    quote: str
    document: str
    outlet: str
    known: str | None
    speaker: str | None
    status: str
    hedged: bool = False
    copy: bool = False


def sentence(event: str, claim: Claim, document: Document) -> Sentence:
    """The claim's sentence, as told of the event of this id."""
    return Sentence(
        event=event,
        claim=claim.id,
        quote=claim.quote,
        document=document.id,
        outlet=document.outlet or document.source,
        known=document.known_from,
        speaker=claim.speaker,
        status=str(claim.status),
        hedged=claim.hedged,
        copy=document.copy_of is not None,
    )


def sentences(
    event: str, ids: Iterable[str], claims: Mapping[str, Claim], documents: Mapping[str, Document]
) -> tuple[Sentence, ...]:
    """The sentences of the claims of these ids that are there: originals before copies, then by day, then by id."""
    found = [sentence(event, claims[i], documents[claims[i].document]) for i in ids if i in claims]
    return tuple(sorted(found, key=lambda s: (s.copy, s.known or "9999", s.claim)))
