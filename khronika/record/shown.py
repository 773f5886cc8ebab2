"""What the record shows of a claim, a person or an event at this moment, with the version that a decision names."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from khronika.errors import NotFound
from khronika.facts.claims import Claim, claim_from_json, claim_to_json
from khronika.facts.decisions import MentionKey, Ruling
from khronika.facts.events import Event, Person
from khronika.record import book, rows
from khronika.record.rows import event_to_row, load
from khronika.record.seal import seal
from khronika.record.tables import select

VERSION = 12
"""Hexadecimal digits of a version: enough to tell any two states of one thing apart, short enough to type."""


ANOTHER_ID = "; an event gets another id when its first claim is another: see `khronika events`"
"""Why the id of an event, noted down, may be gone."""


@dataclass(frozen=True, slots=True)
class Shown:
    """What is shown: `kind` "claim", "person", "organization", "event" or "document"; `fields` as JSON has them."""

    kind: str
    id: str
    fields: dict[str, Any]

    @property
    def version(self) -> str:
        """A hash of all that is shown: another one, once anything is."""
        return seal(self.kind, self.id, self.fields)[:VERSION]


def claim_shown(alias: str, id: str) -> tuple[Shown, Claim, Ruling]:
    """The claim as shown, as read, and what is decided of it. Raises NotFound."""
    found = select(alias, "claim", ("document", "body"), "key", [id])
    if not found:
        raise NotFound(f"no claim {id or '“”'} in the record{_other(id)}")
    claim = claim_from_json(load(found[0][1]))
    all_, _ = book.rulings(alias, [claim.document])
    ruling = all_.get(id, Ruling())
    fields = {
        "read": claim_to_json(claim),
        "corrected": {name: d.value for name, d in sorted(ruling.fields.items())},
        "standing": str(ruling.standing.verb) if ruling.standing else None,
        "view": ruling.view.value if ruling.view else None,
    }
    return Shown("claim", id, fields), claim, ruling


def _other(id: str) -> str:
    """What else the id is one of, in words; "" where it looks like none."""
    if not re.fullmatch("[edp][0-9a-f]{16}", id):
        return ""
    kind, verb = {"e": ("an event", "show"), "d": ("a document", "show"), "p": ("a person", "case")}[id[0]]
    return f": that is the id of {kind}; begin with `khronika {verb} {id}`"


def beside(alias: str, claim: Claim) -> list[str]:
    """Ids of the claims of the same span and kind, itself among them."""
    there = book.as_read(alias, [claim.document]).get(claim.document, [])
    place = (claim.start, claim.end, claim.type)
    return sorted(c.id for c in there if (c.start, c.end, c.type) == place)


def event_shown(alias: str, id: str) -> tuple[Shown, Event]:
    """The event as shown. Raises NotFound."""
    found = select(alias, "event", ("body",), "key", [id])
    if not found:
        raise NotFound(f"no event {id} in the record{ANOTHER_ID}")
    event = rows.event_from_row(load(found[0][0]))
    return Shown("event", id, event_to_row(event)), event


def entity_shown(alias: str, id: str) -> tuple[Shown, Person, list[MentionKey]]:
    """The person or organization as shown, with the names in documents that it is known by. Raises NotFound."""
    table = "organization" if id.startswith("o") else "person"
    found = select(alias, table, ("body",), "key", [id])
    if not found:
        raise NotFound(f"no person or organization {id} in the record")
    person = rows.person_from_row(load(found[0][0]))
    keys = mentions_of(alias, person)
    fields = {"name": person.name, "forms": [*person.forms], "mentions": [[*key] for key in keys]}
    return Shown(person.kind, id, fields), person, keys


def mentions_of(alias: str, person: Person) -> list[MentionKey]:
    """The mentions that are the person, in order."""
    whose = {
        (document, name)
        for document, name, who in select(alias, "name_entity", ("a", "name", "b"), "a", [*person.documents])
        if who == person.id
    }
    there = _mentions(alias, person.documents)
    return sorted({key for key in there if key[1] == person.kind and (key[0], key[2]) in whose})


def _mentions(alias: str, documents: Iterable[str]) -> list[MentionKey]:
    """The names that the documents mention, corrections' names among them."""
    return [(m.document, m.label, m.name) for m in book.mentions(alias, documents)]


def document_shown(alias: str, id: str) -> Shown:
    """The document as shown. Raises NotFound."""
    found = select(alias, "document", ("body",), "key", [id])
    if not found:
        raise NotFound(f"no document {id} in the record")
    return Shown("document", id, {"source": load(found[0][0]).get("source")})


def shown(alias: str, id: str) -> Shown:
    """The claim, event, person, organization or document of this id, as shown. Raises NotFound."""
    match id[:1]:
        case "c":
            return claim_shown(alias, id)[0]
        case "e":
            return event_shown(alias, id)[0]
        case "p" | "o":
            return entity_shown(alias, id)[0]
        case "d":
            return document_shown(alias, id)
    raise NotFound(f"no claim, event, person or document {id} in the record")


def short(fields: dict[str, Any]) -> dict[str, Any]:
    """What a person needs of what is shown, on a line: a claim's words and values, a person's names, an event's."""
    if "read" in fields:
        read: dict[str, Any] = {
            k: v for k, v in fields["read"].items() if k not in {"document", "source", "start", "end", "reader"}
        }
        corrected: dict[str, Any] = fields["corrected"]
        return read | corrected | {"standing": fields["standing"], "view": fields["view"]}
    return {k: v for k, v in fields.items() if k not in {"mentions", "claims"}}
