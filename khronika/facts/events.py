"""What is derived from claims: people, organizations, events, a person's custody. Disposable, rebuilt at any time."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from khronika.facts.claims import Count, Penalty, Status


@dataclass(frozen=True, slots=True)
class Place:
    """A place of an event. `country` ISO 3166-1 alpha-2, `geonames` id, `lat`/`lon` in degrees (WGS 84)."""

    name: str
    country: str | None = None
    geonames: int | None = None
    lat: float | None = None
    lon: float | None = None


@dataclass(frozen=True, slots=True)
class Conflict:
    """Rival values of one field of one event: each value with the ids of the claims that give it."""

    field: str
    values: tuple[tuple[Any, tuple[str, ...]], ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Event:
    """Claims of one happening, reconciled. `targets` and `actors` are ids of people or organizations; `claims`: ids.

    `origins` counts independent sources: copies and relays of one report count once. `confidence`: that of its surest
    claim, 0 to 1. `named`: of those whom some of the claims leave out, (id, ids of the claims that name that one).
    """

    id: str
    type: str
    claims: tuple[str, ...]
    subtype: str | None = None
    date: str | None = None
    place: Place | None = None
    targets: tuple[str, ...] = ()
    actors: tuple[str, ...] = ()
    count: Count | None = None
    penalties: tuple[Penalty, ...] = ()
    charge: str | None = None
    status: Status = Status.HAPPENED
    origins: int = 1
    conflicts: tuple[Conflict, ...] = ()
    confidence: float | None = None
    named: tuple[tuple[str, tuple[str, ...]], ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Person:
    """A person, or with `kind` "organization" an organization, of the record.

    `forms`: every written form; `documents`: ids; `relations`: as {"a", "kind", "b"} with names; `hints` tell two of
    one name apart. Linking leaves `relations` empty, and of organizations `documents`: what grows with every story is
    put together from the stories' own rows where it is asked for.
    """

    id: str
    name: str
    forms: tuple[str, ...]
    documents: tuple[str, ...]
    kind: str = "person"
    relations: tuple[tuple[str, str, str], ...] = ()
    hints: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Link:
    """Why two were put together: score, reason, the two values compared.

    `kind` "person" or "organization": two mentions as "document/name", score 0 to 1; "event": two claims, score as
    weighed by `khronika.link.weighing`.
    """

    a: str
    b: str
    score: float
    reason: str
    values: tuple[str, str]
    kind: str = "person"


@dataclass(frozen=True, slots=True)
class Question:
    """What linking leaves to a person: are `a` and `b` (ids of people) one? With `b` empty: is `a` what it looks like?

    `score` 0-1 as of a link; `reasons` for and against in words, `values` the pair compared for each of them.
    """

    a: str
    b: str
    score: float
    reasons: tuple[str, ...]
    values: tuple[tuple[str, str], ...]


@dataclass(frozen=True, slots=True)
class Wording:
    """One way in which documents name an organization, the same for all documents that name it so.

    `id` and `body`: what it is, in linking's own words; `organization`: the id of the one that it stands for; `uses`:
    how many mentions are worded so; `first`: the smallest id of their documents.
    """

    id: str
    body: str
    organization: str
    uses: int
    first: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Linked:
    """All that linking derives from the whole record, ready to replace the derived tables.

    `claim_events`: claim id → event id. `names`: (document id, name as in the claim) → person or organization id; a
    name that a document gives to one of each is there twice, the person last.
    `copies`: document id → id of the document it copies. `questions`: what is left to a person.
    """

    people: tuple[Person, ...] = ()
    organizations: tuple[Person, ...] = ()
    events: tuple[Event, ...] = ()
    claim_events: tuple[tuple[str, str], ...] = ()
    names: tuple[tuple[tuple[str, str], str], ...] = ()
    copies: tuple[tuple[str, str], ...] = ()
    links: tuple[Link, ...] = ()
    questions: tuple[Question, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Changes:
    """What new documents change in what was derived.

    `documents`: those whose names, copies and tellings are given anew. `gone`: ids of people, organizations and
    events that are no more, or that `linked` gives anew. `unlinked`: (kind, first side) of links that are no more, or
    that `linked` gives anew. `unasked`: ids of people of whom questions are no more, or that `linked` gives anew.
    `told`: (document, a happening that it tells of) in linking's own words; `keys` and
    `keys_gone`: (number, document), under which documents that may speak of the same are found from now on, or no more.
    `wordings`: how organizations are named, those that are new or changed; `wording_keys`: (number, wording), under
    which new ones are found. A wording never goes, since no document does.
    """

    documents: frozenset[str] = frozenset()
    gone: frozenset[str] = frozenset()
    unlinked: frozenset[tuple[str, str]] = frozenset()
    unasked: frozenset[str] = frozenset()
    linked: Linked = Linked()
    told: tuple[tuple[str, str], ...] = ()
    keys: frozenset[tuple[int, str]] = frozenset()
    keys_gone: frozenset[tuple[int, str]] = frozenset()
    wordings: tuple[Wording, ...] = ()
    wording_keys: frozenset[tuple[int, str]] = frozenset()


@dataclass(frozen=True, slots=True, kw_only=True)
class Interval:
    """A person's custody state in [start, end): days as "YYYY-MM-DD", None = open. `because`: ids of the events that
    opened and closed it. `known`: the first day on which the record could know it (EDTF). `expected`: the interval's
    end is sentence arithmetic, not a reported release. `origins` ranks rival accounts. `closed_by`: the id in `because`
    that ended it. `note`: what a reader must know beside the state ("expected to end on …; no release reported")."""

    start: str | None
    end: str | None
    state: str
    held: bool | None
    because: tuple[str, ...]
    known: str | None = None
    expected: bool = False
    origins: int = 1
    rival: bool = False
    closed_by: str | None = None
    note: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class CustodyStatus:
    """Where a person was on day `on`, as known on day `known` (None: with all that is known)."""

    person: str
    on: str
    known: str | None
    state: str
    held: bool | None
    because: tuple[dict[str, Any], ...] = ()
    note: str | None = None
