"""What people decided about the record, and what of it is in force: a pure function of the decisions in their order.

A decision is never edited. It names what it is about by content (a claim by its id and by document, span and kind; a
person by the names written in documents; an event by its claims), so that no other reading and no other linking leaves
it without an object.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import asdict, dataclass
from dataclasses import field as made
from enum import StrEnum
from typing import Any

from khronika.facts.claims import Claim, Mention, amended, claim_from_json, claim_to_json
from khronika.facts.placing import Placing, changed

MentionKey = tuple[str, str, str]
"""A name in a document: (document id, "person" or "organization", the name as written)."""

VIEWS = ("public", "partner", "private")
"""Who may see a claim, from everyone to nobody else; a claim of which nothing is decided is private."""

NAMES = ("targets", "actors", "speaker")
"""The fields that name people and bodies."""

CORRECTABLE = (
    "type", "subtype", "targets", "actors", "count", "group", "place", "date", "status", "hedged", "speaker",
    "penalties", "charge", "duration", "list", "figure",
)  # fmt: skip
"""The fields of a claim that can be corrected; its place in its document, its words and its reader are facts."""

_NO_MATTER = frozenset({"id", "reader", "rule", "confidence", "trigger", "source"})
"""What may differ between two readings that say the same."""


@dataclass(frozen=True, slots=True)
class By:
    """Who decides, and why. `seen`: the versions of what was looked at, in the order of the call; None: what the record
    shows at this moment."""

    who: str
    why: str = ""
    seen: tuple[str, ...] | None = None


class Verb(StrEnum):
    """What can be decided."""

    CONFIRM = "confirm"
    REJECT = "reject"
    CORRECT = "correct"
    MERGE = "merge"
    SPLIT = "split"
    LINK = "link"
    UNLINK = "unlink"
    VIEW = "view"
    NOTE = "note"
    UNDO = "undo"


@dataclass(frozen=True, slots=True)
class ClaimKey:
    """What a claim is known by when its id is no more: its span (code points) in the document, and its kind."""

    id: str
    document: str
    start: int
    end: int
    type: str


def key_of(claim: Claim) -> ClaimKey:
    """The claim's key. `claim` as read: a corrected kind is not what another reader finds."""
    return ClaimKey(claim.id, claim.document, claim.start, claim.end, claim.type)


@dataclass(frozen=True, slots=True, kw_only=True)
class Decision:
    """One decision. `number`: its place in the order that counts; `at`: RFC 3339, a label only.

    `claims`: those it is about, of link and unlink the one that is moved; `beside`: the claims of the event then.
    `sides`: of merge and split the names of each side. `subject`: id of the person, event or document that a note is
    about. `field`, `value`: what is corrected to what, as JSON has it, or the view; `label`: "person" where
    a name that the document does not have is a person's.
    `decision`: number of the one that is undone or noted. `saw`: by id, what was shown of each, with its "version".
    """

    verb: Verb
    by: str
    why: str = ""
    claims: tuple[ClaimKey, ...] = ()
    beside: tuple[ClaimKey, ...] = ()
    sides: tuple[tuple[MentionKey, ...], ...] = ()
    subject: str | None = None
    field: str | None = None
    value: Any = None
    label: str | None = None
    decision: int | None = None
    saw: Mapping[str, Any] = made(default_factory=dict)
    number: int = 0
    at: str = ""

    @property
    def documents(self) -> frozenset[str]:
        """The documents whose claims or names it is about."""
        named = (d for side in self.sides for d, _, _ in side)
        return frozenset({*(c.document for c in (*self.claims, *self.beside)), *named})


def decision_to_row(decision: Decision) -> dict[str, Any]:
    """The decision for its row and for programs; what is empty is left out."""
    row = {k: v for k, v in asdict(decision).items() if v not in (None, "", (), {}) or k == "value"}
    if decision.verb not in {Verb.CORRECT, Verb.VIEW, Verb.NOTE}:
        row.pop("value", None)
    return row | {"verb": str(decision.verb)}


def decision_from_row(row: Mapping[str, Any]) -> Decision:
    """The inverse of `decision_to_row`. Raises TypeError, ValueError or KeyError on a wrong shape."""
    values = dict(row)
    values["verb"] = Verb(row["verb"])
    for name in ("claims", "beside"):
        values[name] = tuple(ClaimKey(**key) for key in row.get(name, ()))
    values["sides"] = tuple(tuple((d, label, n) for d, label, n in side) for side in row.get("sides", ()))
    return Decision(**values)


@dataclass(slots=True)
class Ruling:
    """What is decided of one claim, with the decision that says so. `standing`: confirmed or rejected; `fields`: the
    corrected ones; `view`: who may see it."""

    standing: Decision | None = None
    fields: dict[str, Decision] = made(default_factory=dict)
    view: Decision | None = None
    notes: list[Decision] = made(default_factory=list)

    @property
    def is_rejected(self) -> bool:
        """Whether no event may rest on the claim."""
        return self.standing is not None and self.standing.verb is Verb.REJECT

    @property
    def is_confirmed(self) -> bool:
        """Whether somebody has checked the claim and found it right."""
        return self.standing is not None and self.standing.verb is Verb.CONFIRM

    @property
    def decisions(self) -> list[Decision]:
        """All that is in force, in order."""
        told = [self.standing, *self.fields.values(), self.view, *self.notes]
        return sorted((d for d in told if d), key=lambda d: d.number)

    def applied(self, claim: Claim) -> Claim:
        """The claim with its corrected fields, under the id that it was read with."""
        if not self.fields:
            return claim
        row = claim_to_json(claim) | {name: d.value for name, d in self.fields.items()}
        told = claim_from_json({name: value for name, value in row.items() if value is not None})
        return amended(claim, **{name: getattr(told, name) for name in self.fields})

    def names(self) -> list[str]:
        """The people whom the corrections name."""
        found: list[str] = []
        for name in (n for n in NAMES if n in self.fields and self.fields[n].label == "person"):
            value = self.fields[name].value
            found += map(str, value if isinstance(value, list) else [value] if value else [])
        return found


@dataclass(frozen=True, slots=True)
class Look:
    """A decision that needs another look: `reason` in words, `old` what it saw, `new` what is there now (None: nothing
    is), `applies`: whether it is still in force."""

    decision: Decision
    reason: str
    old: Mapping[str, Any]
    new: Mapping[str, Any] | None
    applies: bool


@dataclass(slots=True)
class InForce:
    """The decisions in force. `by_document`: those about claims of each document, in order; `mentions` and `claims`:
    what is one person or event and what is not; `live`: all in force, by number."""

    live: dict[int, Decision] = made(default_factory=dict)
    by_document: dict[str, list[Decision]] = made(default_factory=lambda: defaultdict(list))
    mentions: Placing[MentionKey] = made(default_factory=Placing)
    claims: Placing[str] = made(default_factory=Placing)

    def ruled(self, document: str) -> tuple[int, ...]:
        """Numbers of the decisions that change what is derived of the document's claims."""
        told = self.by_document.get(document, ())
        return tuple(d.number for d in told if d.verb in {Verb.REJECT, Verb.CORRECT, Verb.CONFIRM})


_ABOUT_CLAIMS = frozenset({Verb.CONFIRM, Verb.REJECT, Verb.CORRECT, Verb.VIEW, Verb.NOTE})


def in_force(decisions: Iterable[Decision]) -> InForce:
    """What is in force after the decisions, given in order of number."""
    ordered = [*decisions]
    out = InForce()
    undone: set[int] = set()
    for decision in reversed(ordered):
        if decision.verb is Verb.UNDO and decision.number not in undone and decision.decision is not None:
            undone.add(decision.decision)
    for decision in ordered:
        if decision.number in undone:
            continue
        out.live[decision.number] = decision
        ids = [c.id for c in (*decision.claims, *decision.beside)]
        match decision.verb:
            case Verb.MERGE:
                out.mentions.join(key for side in decision.sides for key in side)
            case Verb.SPLIT:
                out.mentions.part(decision.number, *decision.sides)
            case Verb.LINK:
                out.claims.join(ids)
            case Verb.UNLINK:
                out.claims.part(decision.number, ids[:1], ids[1:])
            case _:
                for document in dict.fromkeys(c.document for c in decision.claims):
                    out.by_document[document].append(decision)
    return out


def redecided(before: InForce, now: InForce) -> tuple[set[str], set[MentionKey], set[str]]:
    """What is derived otherwise by the one than by the other: documents whose claims stand otherwise, mentions and
    claims that are placed otherwise; empty where nothing is."""
    documents = {d for d in {*before.by_document, *now.by_document} if before.ruled(d) != now.ruled(d)}
    return documents, changed(before.mentions, now.mentions), changed(before.claims, now.claims)


# --- decisions about claims, and the claims that there are


def says(row: Mapping[str, Any]) -> dict[str, Any]:
    """What of a claim's interchange object is its meaning."""
    return {k: v for k, v in row.items() if k not in _NO_MATTER}


def same_words(key: ClaimKey, claims: Iterable[Claim], beside: Iterable[str] = ()) -> Claim | None:
    """The claim that the key means among those of its document: by id; else the one of its span and kind; None where
    there is none. `beside`: ids that were there besides it, which it never was."""
    others = {*beside} - {key.id}
    alike = []
    for claim in claims:
        if claim.id == key.id:
            return claim
        if claim.id not in others and (claim.document, claim.start, claim.end, claim.type) == (
            key.document, key.start, key.end, key.type,
        ):  # fmt: skip
            alike.append(claim)
    return min(alike, key=lambda c: c.id, default=None)


def moved(key: ClaimKey, claims: Iterable[Claim], beside: Iterable[str] = ()) -> Claim | None:
    """The claim of the kind in an overlapping span: what may have become of one that is not there any more."""
    others = {*beside}
    near = [
        c for c in claims
        if c.type == key.type and c.document == key.document and c.id not in others
        and c.start < key.end and key.start < c.end
    ]  # fmt: skip
    return min(near, key=lambda c: (abs(c.start - key.start) + abs(c.end - key.end), c.id), default=None)


def rule(claims: Sequence[Claim], decisions: Iterable[Decision]) -> tuple[dict[str, Ruling], list[Look]]:
    """What is decided of each claim of a document, by claim id, and which decisions need another look.

    Parameters: `claims` of one document as read; `decisions` in force about claims of that document, in order.
    """
    rulings: dict[str, Ruling] = defaultdict(Ruling)
    looks: list[Look] = []
    for decision in decisions:
        for key in decision.claims:
            looks += _apply(decision, key, claims, rulings)
    return dict(rulings), looks


def _apply(decision: Decision, key: ClaimKey, claims: Sequence[Claim], rulings: dict[str, Ruling]) -> list[Look]:
    """Applies a decision to the claim that it means; gives what needs another look about that."""
    saw: Mapping[str, Any] = decision.saw.get(key.id, {})
    old: Mapping[str, Any] = saw.get("read", {})
    beside: Sequence[str] = saw.get("beside", ())
    claim = same_words(key, claims, beside)
    there = claim or moved(key, claims, beside)
    new = claim_to_json(there) if there else None
    if there is None:
        return [Look(decision, "its claim is not read any more", old, None, False)]
    if claim is None and decision.verb is not Verb.CORRECT:
        return [Look(decision, "its sentence is read with another span", old, new, False)]
    assert new
    differs = sorted(k for k in {*says(old), *says(new)} if old and says(old).get(k) != says(new).get(k))
    judged = decision.verb in {Verb.CONFIRM, Verb.REJECT}
    if judged and any(name in differs for name in ("targets", "status")):
        return [Look(decision, f"another reading: {', '.join(differs)}", old, new, False)]
    _take(rulings[there.id], decision)
    if not differs or not old:
        return []
    reason = "its sentence is read with another span" if claim is None else f"another reading: {', '.join(differs)}"
    return [Look(decision, reason, old, new, True)]


def _take(ruling: Ruling, decision: Decision) -> None:
    """The decision holds for the claim; the last word of a kind goes before the earlier ones."""
    match decision.verb:
        case Verb.CONFIRM | Verb.REJECT:
            ruling.standing = decision
        case Verb.CORRECT:
            assert decision.field
            ruling.fields[decision.field] = decision
        case Verb.VIEW:
            ruling.view = decision
        case _:
            ruling.notes.append(decision)


def stand(claims: Sequence[Claim], decisions: Iterable[Decision], rejected: bool = False) -> list[Claim]:
    """The claims of one document as they stand: corrected, without those that are rejected unless these are asked for
    too. Parameters as of `rule`."""
    found, _ = rule(claims, decisions)
    told = ((claim, found.get(claim.id)) for claim in claims)
    return [r.applied(c) if r else c for c, r in told if rejected or not r or not r.is_rejected]


def new_mentions(document: str, mentions: Sequence[Mention], rulings: Iterable[Ruling]) -> list[Mention]:
    """Mentions of people whom corrections brought in and whom the document's own mentions do not have. A body that a
    correction names stays a name, unless the document mentions it."""
    there = {form for m in mentions for form in (m.name, *m.forms)}
    names = {name for ruling in rulings if not ruling.is_rejected for name in ruling.names()}
    return [Mention(document, name, (name,), "person") for name in sorted(names - there)]
