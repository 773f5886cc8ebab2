"""All of linking in order: copies, surroundings, people and organizations, events."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace

from khronika.facts.claims import Claim, Relation
from khronika.facts.contracts import RecordView
from khronika.facts.documents import Document
from khronika.facts.events import Linked
from khronika.link.copies import find_copies
from khronika.link.events import Locate, link_events
from khronika.link.organizations import home_of, link_organizations
from khronika.link.people import link_people
from khronika.link.surroundings import surroundings
from khronika.text.edtf import bounds
from khronika.text.fold import fold


def link(view: RecordView, locate: Locate | None = None) -> Linked:
    """Derive people, organizations, events and copies from the whole record.

    A pure function of what the view gives: the same documents, claims, mentions and relations in any order give one
    value, ids included, since ids come from content.

    Parameters: `view`, read once; `locate`, from a claim's place names (most specific first) to the place with country
    and coordinates; without it events' places have a name only.
    Returns: all derived rows, sorted by id.
    """
    documents = {d.id: d for d in view.documents()}
    claims = sorted({c.id: c for c in view.claims()}.values(), key=lambda c: c.id)
    mentions = [*dict.fromkeys(view.mentions())]
    relations = sorted(dict.fromkeys(view.relations()), key=lambda r: (r.document, r.a, r.kind, r.b, r.quote))
    copies = find_copies(documents.values())
    around = surroundings(documents.values(), claims, mentions, copies.of)
    persons, person_names, person_links = link_people(
        (m for m in mentions if m.label == "person"), around, _years(documents)
    )
    bodies, body_names, body_links = link_organizations(
        (m for m in mentions if m.label == "organization"), relations, home_of(documents.values(), claims)
    )
    names = _as_claimed(claims, {**body_names, **person_names})
    events, owner, event_links = link_events(claims, documents, names, copies, locate)
    ties = _ties(relations, names, {p.id: p.name for p in (*persons, *bodies)})
    return Linked(
        people=tuple(replace(p, relations=ties.get(p.id, ())) for p in persons),
        organizations=tuple(replace(o, relations=ties.get(o.id, ())) for o in bodies),
        events=tuple(events),
        claim_events=tuple(sorted(owner.items())),
        names=tuple(sorted(names.items())),
        copies=tuple(sorted(copies.of.items())),
        links=tuple(sorted((*person_links, *body_links, *event_links), key=lambda x: (x.a, x.b, x.reason))),
    )


def _years(documents: Mapping[str, Document]) -> dict[str, int]:
    """Publication year by document, where known."""
    starts = {d.id: bounds(d.published)[0] for d in documents.values() if d.published}
    return {i: day.year for i, day in starts.items() if day}


def _as_claimed(claims: Iterable[Claim], names: dict[tuple[str, str], str]) -> dict[tuple[str, str], str]:
    """The names, and those of claims that differ from a mention in case or marks only."""
    folded: dict[tuple[str, str], set[str]] = defaultdict(set)
    for (document, name), entity in names.items():
        folded[document, fold(name)].add(entity)
    out = dict(names)
    for claim in claims:
        for name in (*claim.targets, *claim.actors, *((claim.speaker,) if claim.speaker else ())):
            found = folded.get((claim.document, fold(name)), set())
            if (claim.document, name) not in out and len(found) == 1:
                out[claim.document, name] = next(iter(found))
    return out


def _ties(
    relations: Sequence[Relation], names: Mapping[tuple[str, str], str], called: Mapping[str, str]
) -> dict[str, tuple[tuple[str, str, str], ...]]:
    """Entity id → its stated ties as (a, kind, b), each side by its name in the record where it is known there."""
    found: dict[str, set[tuple[str, str, str]]] = defaultdict(set)
    for relation in relations:
        sides = [names.get((relation.document, name)) for name in (relation.a, relation.b)]
        a, b = (called[i] if i else name for i, name in zip(sides, (relation.a, relation.b), strict=True))
        for entity in sides:
            if entity:
                found[entity].add((a, relation.kind, b))
    return {entity: tuple(sorted(ties)) for entity, ties in found.items()}
