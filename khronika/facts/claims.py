"""A claim: what one passage of one document says about one event (the codebook's "A claim's fields")."""

from __future__ import annotations

import hashlib
import json
from dataclasses import dataclass, field, fields, replace
from enum import StrEnum
from typing import Any


class Status(StrEnum):
    """How the passage presents the event."""

    HAPPENED = "happened"
    DENIED = "denied"
    PLANNED = "planned"
    DEMANDED = "demanded"
    POSSIBLE = "possible"


@dataclass(frozen=True, slots=True)
class Count:
    """How many people, for unnamed groups. Either bound may be missing; equal: exact. `approx`: "around", "dozens"."""

    min: int | None = None
    max: int | None = None
    approx: bool = False


@dataclass(frozen=True, slots=True)
class Figure:
    """A number claimed for a situation: `what` is counted and its bounds."""

    what: str
    min: int | None = None
    max: int | None = None
    approx: bool = False


@dataclass(frozen=True, slots=True)
class Penalty:
    """One penalty. `kind` from the codebook, `duration` ISO 8601 ("P15D"), `amount` in units of `currency` (ISO 4217),
    `detail` as written ("$340")."""

    kind: str
    duration: str | None = None
    amount: float | None = None
    currency: str | None = None
    detail: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Claim:
    """What one passage says about one event. Field names, order and meaning are the codebook's.

    `start`, `end`: code points of `quote` in the document's text. Names in `targets`, `actors`, `speaker` are the
    fullest form that occurs in the document. `place`: most specific first. `date`: EDTF level 1. `duration`: ISO 8601.
    `rule` names the frame that the claim rests on ("custody.detain"). `trigger`: span of the word that fired it.
    `confidence`: how sure the reader is, 0 to 1, that its kind is right and said of an event in this passage.
    """

    document: str
    source: str
    start: int
    end: int
    quote: str
    type: str
    reader: str
    rule: str = ""
    trigger: tuple[int, int] | None = None
    subtype: str | None = None
    targets: tuple[str, ...] = ()
    actors: tuple[str, ...] = ()
    count: Count | None = None
    group: str | None = None
    place: tuple[str, ...] = ()
    date: str | None = None
    status: Status = Status.HAPPENED
    hedged: bool = False
    speaker: str | None = None
    penalties: tuple[Penalty, ...] = ()
    charge: str | None = None
    duration: str | None = None
    list: str | None = None
    figure: Figure | None = None
    confidence: float | None = None
    _id: str | None = field(default=None, init=False, repr=False, compare=False)

    @property
    def id(self) -> str:
        """A hash of document, span, type and whom it concerns, so that a second run adds nothing.

        Where nobody is named, what else tells two claims of one sentence apart (group, place, status, trigger) counts.
        """
        if self._id:
            return self._id
        key = [
            self.document,
            self.start,
            self.end,
            self.type,
            self.subtype,
            self.status,
            list_of(self.targets),
            self.group,
            list_of(self.place),
            self.trigger,
        ]
        found = "c" + hashlib.sha256(json.dumps(key, ensure_ascii=False).encode()).hexdigest()[:16]
        object.__setattr__(self, "_id", found)  # a claim never changes, and is asked for its id all the time
        return found


def amended(claim: Claim, **fields: Any) -> Claim:  # noqa: ANN401  (values of the claim's own fields)
    """The claim with other values under the id that it was read with: what it says is corrected, not what it is."""
    out = replace(claim, **fields)
    object.__setattr__(out, "_id", claim.id)
    return out


def list_of(values: tuple[str, ...]) -> list[str]:
    """The values as a list, for JSON."""
    return [*values]


@dataclass(frozen=True, slots=True)
class Relation:
    """A stated tie of two people, or of a person and an organization: `a` is `kind` of `b` (codebook rule 7)."""

    document: str
    a: str
    kind: str
    b: str
    quote: str = ""


@dataclass(frozen=True, slots=True)
class Mention:
    """Someone or something named in one document.

    `name`: the fullest form there; `forms`: every written form there, fullest first; `label`: "person" or
    "organization"; `hints`: what the story says that tells people apart ("44", "activist", "wife of Timur K.").
    """

    document: str
    name: str
    forms: tuple[str, ...]
    label: str
    hints: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Reading:
    """All that a reader found in one document. `unread`: nothing, since its words promised no claim."""

    document: str
    reader: str
    claims: tuple[Claim, ...] = ()
    relations: tuple[Relation, ...] = ()
    mentions: tuple[Mention, ...] = ()
    unread: bool = False


def claim_to_json(claim: Claim) -> dict[str, Any]:
    """The claim as the codebook's interchange object (without event and entity ids): absent fields are left out."""
    out: dict[str, Any] = {"id": claim.id}
    for said in _SAID:
        value = getattr(claim, said.name)
        if said.name in {"status", "quote", "start", "end", "document", "source", "type", "reader"}:
            out[said.name] = str(value) if said.name == "status" else value
        elif value in (None, (), False, ""):
            continue
        elif said.name == "trigger":
            out["trigger"] = [*value]
        elif said.name in {"count", "figure"}:
            out[said.name] = plain(value)
        elif said.name == "penalties":
            out[said.name] = [plain(p) for p in value]
        else:
            out[said.name] = [*value] if isinstance(value, tuple) else value
    return out


def plain(value: Count | Figure | Penalty) -> dict[str, Any]:
    """A small value object as a dict without its empty fields."""
    pairs = ((f.name, getattr(value, f.name)) for f in fields(value))
    return {name: v for name, v in pairs if v is not None and v is not False}


_SAID = tuple(f for f in fields(Claim) if f.init)
_FIELDS = frozenset(f.name for f in _SAID)


def claim_from_json(row: dict[str, Any]) -> Claim:
    """The inverse of `claim_to_json`; unknown keys are ignored. Raises KeyError or TypeError on a wrong shape."""
    values = {k: v for k, v in row.items() if k in _FIELDS}
    for name in ("targets", "actors", "place"):
        values[name] = tuple(values.get(name, ()))
    values["status"] = Status(values.get("status", "happened"))
    values["penalties"] = tuple(Penalty(**p) for p in values.get("penalties", ()))
    values["count"] = Count(**values["count"]) if values.get("count") else None
    values["figure"] = Figure(**values["figure"]) if values.get("figure") else None
    values["trigger"] = tuple(values["trigger"]) if values.get("trigger") else None
    return Claim(**values)
