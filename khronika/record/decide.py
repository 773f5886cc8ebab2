"""What people decide, appended: each in one transaction with its entry in the log, against the version that it saw."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any

from khronika.errors import ChangedMeanwhile, NotFound, UsageError
from khronika.facts.claims import Claim
from khronika.facts.decisions import (
    VIEWS,
    By,
    ClaimKey,
    Decision,
    MentionKey,
    Verb,
    decision_from_row,
    decision_to_row,
    key_of,
)  # fmt: skip
from khronika.record import book, log, shown
from khronika.record.correcting import LONGEST, corrected
from khronika.record.look import fingerprint, looks
from khronika.record.rows import load
from khronika.record.seal import canonical
from khronika.record.setup import changing
from khronika.record.shown import Shown, short
from khronika.text.visible import visible

NAME_LONGEST = 200
"""Characters of a name of who decides."""

WHY_LONGEST = 10_000
"""Characters of a reason or a note."""


@dataclass(frozen=True, slots=True)
class Desk:
    """Where decisions about one record are made: `alias` of its database, `at` this moment (RFC 3339), `by` whom."""

    alias: str
    at: str
    by: By

    # --- about a claim

    def judge(
        self,
        verb: Verb,
        id: str,
        field: str | None = None,
        value: Any = None,  # noqa: ANN401  (as JSON has it)
        label: str | None = None,
    ) -> Decision:
        """Confirms, rejects or corrects a claim, or sets its view."""
        value = _seen(value)
        with changing(self.alias):
            what, claim, ruling = shown.claim_shown(self.alias, id)
            wanted = self._new(verb, claims=(key_of(claim),), field=field, value=value, label=label)
            if same := self._said_last(wanted):
                return same
            saw = self._saw(what)
            if verb is Verb.CORRECT:
                corrected(ruling.applied(claim), field or "", value)
            elif verb is Verb.VIEW and value not in VIEWS:
                raise UsageError(f"no view {value!r}; there is {', '.join(VIEWS)}")
            saw[id] |= {"beside": shown.beside(self.alias, claim)}
            return self._write(replace(wanted, saw=saw))

    def note(self, id: str, text: str) -> Decision:
        """Notes something about a claim, event, person, organization, document, or decision (its number)."""
        text = _lines(text)
        if not text or len(text) > WHY_LONGEST:
            raise UsageError(f"a note is 1 to {WHY_LONGEST:,} characters")
        with changing(self.alias):
            if id.isdecimal():
                number = self._decision(int(id)).number
                looked = [fingerprint(x) for x in looks(self.alias) if x.decision.number == number]
                told = self._new(Verb.NOTE, decision=number, value=text)
                return self._write(replace(told, saw={"looked": looked} if looked else {}))
            what = shown.shown(self.alias, id)
            about: dict[str, Any] = {"subject": id}
            saw = self._saw(what)
            if what.kind == "claim":
                _, claim, _ = shown.claim_shown(self.alias, id)
                about = {"claims": (key_of(claim),)}
                saw[id] |= {"beside": shown.beside(self.alias, claim)}
            elif what.kind in {"person", "organization"}:
                about["sides"] = (tuple(shown.entity_shown(self.alias, id)[2]),)
            elif what.kind == "event":
                about["beside"] = self._keys(shown.event_shown(self.alias, id)[1].claims)
            return self._write(replace(self._new(Verb.NOTE, value=text, **about), saw=saw))

    # --- about people and organizations

    def merge(self, a: str, b: str) -> Decision:
        """Two people are one."""
        with changing(self.alias):
            one, other, sides = self._two(a, b)
            wanted = self._new(Verb.MERGE, sides=sides)
            return self._write(replace(wanted, saw=self._saw(one, other)))

    def split(self, a: str, b: str | Sequence[MentionKey]) -> Decision:
        """Two people stay two; or, with mentions of one in place of another id, these are somebody else."""
        with changing(self.alias):
            if isinstance(b, str):
                one, other, sides = self._two(a, b)
                return self._write(replace(self._new(Verb.SPLIT, sides=sides), saw=self._saw(one, other)))
            what, person, keys = shown.entity_shown(self.alias, a)
            if what.kind != "person":
                raise UsageError("only people can be merged and split so far, not organizations")
            mine = tuple(sorted({*b}))
            if stray := [key for key in mine if key not in keys]:
                raise UsageError(f"{person.name} is not called “{stray[0][2]}” in document {stray[0][0]}")
            rest = tuple(key for key in keys if key not in {*mine})
            if not mine or not rest:
                raise UsageError(f"of {person.name}, some mentions must go and some must stay")
            return self._write(replace(self._new(Verb.SPLIT, sides=(mine, rest)), saw=self._saw(what)))

    def _two(self, a: str, b: str) -> tuple[Shown, Shown, tuple[tuple[MentionKey, ...], ...]]:
        """Two of a kind, with their mentions."""
        (one, person, mine), (other, _, theirs) = (shown.entity_shown(self.alias, i) for i in (a, b))
        if a == b:
            raise UsageError(
                f"both are one in the record: {person.name} [{a}]; "
                "to part them, split off the documents that speak of somebody else"
            )
        if {one.kind, other.kind} != {"person"}:
            raise UsageError("only people can be merged and split so far, not organizations")
        for what, keys in ((one, mine), (other, theirs)):
            if not keys:
                raise UsageError(f"{what.id} has no name in any document to know it by")
        return one, other, (tuple(mine), tuple(theirs))

    # --- about events

    def link(self, claim: str, event: str) -> Decision:
        """The claim tells of the event."""
        with changing(self.alias):
            what, read, ruling = shown.claim_shown(self.alias, claim)
            there, found = shown.event_shown(self.alias, event)
            if ruling.is_rejected:
                raise UsageError(f"claim {claim} is rejected; confirm it first")
            told = ruling.applied(read)
            if told.type != found.type:
                raise UsageError(
                    f"claim {claim} is a {told.type}, event {event} a {found.type}: correct the type first"
                )
            keys = self._keys(c for c in found.claims if c != claim)
            if not keys:
                raise UsageError(f"event {event} rests on claim {claim} alone")
            wanted = self._new(Verb.LINK, claims=(key_of(read),), beside=keys)
            return self._write(replace(wanted, saw=self._saw(what, there)))

    def unlink(self, claim: str, event: str) -> Decision:
        """The claim does not tell of the event."""
        with changing(self.alias):
            what, read, _ = shown.claim_shown(self.alias, claim)
            there, found = shown.event_shown(self.alias, event)
            if claim not in found.claims:
                raise UsageError(f"claim {claim} is not among those of event {event}")
            keys = self._keys(c for c in found.claims if c != claim)
            if not keys:
                raise UsageError(f"event {event} rests on claim {claim} alone: reject the claim instead")
            wanted = self._new(Verb.UNLINK, claims=(key_of(read),), beside=keys)
            return self._write(replace(wanted, saw=self._saw(what, there)))

    def _keys(self, claims: Any) -> tuple[ClaimKey, ...]:  # noqa: ANN401  (any ids)
        """The claims' keys, in order of id."""
        return tuple(key_of(self._as_read(claim)) for claim in sorted(claims))

    def _as_read(self, claim: str) -> Claim:
        """The claim as its reader gave it."""
        return shown.claim_shown(self.alias, claim)[1]

    # --- about a decision

    def undo(self, number: int) -> Decision:
        """The decision is in force no more; undoing an undo brings back what that one took away."""
        with changing(self.alias):
            self._decision(number)
            if number not in book.now(self.alias).live:
                by = next(
                    d for d in reversed(book.decisions(self.alias)) if d.decision == number and d.verb is Verb.UNDO
                )
                raise UsageError(f"decision {number} is undone already, by {by.by} in decision {by.number}")
            return self._write(self._new(Verb.UNDO, decision=number))

    def _decision(self, number: int) -> Decision:
        """The decision of this number. Raises NotFound."""
        told = book.decisions(self.alias)
        if not 0 < number <= len(told):
            raise NotFound(f"no decision {number}; the last is {len(told)}" if told else "there are no decisions yet")
        return told[number - 1]

    # --- versions

    def _saw(self, *whats: Shown) -> dict[str, dict[str, Any]]:
        """What is shown of each, with its version. Raises ChangedMeanwhile where another version was seen."""
        seen = self.by.seen
        if seen is not None and len(seen) != len(whats):
            raise UsageError(f"{len(whats)} version{'s' * (len(whats) != 1)} to name, {len(seen)} given")
        for version, what in zip(seen or (), whats, strict=False):
            if version != what.version:
                raise self._conflict(version, what)
        return {w.id: {"version": w.version} | {k: v for k, v in w.fields.items() if k != "mentions"} for w in whats}

    def _conflict(self, version: str, what: Shown) -> ChangedMeanwhile:
        """The error with both versions, as far as the record remembers the older one."""
        saw, since = None, []
        for decision in book.decisions(self.alias):
            then = decision.saw.get(what.id)
            if isinstance(then, Mapping):
                since.append(f"decision {decision.number}: {decision.verb} by {decision.by}, {decision.at}")
                if then.get("version") == version:
                    saw, since = dict(then), since[-1:]
        fields = short({k: v for k, v in saw.items() if k not in {"version", "beside"}}) if saw else None
        return ChangedMeanwhile(
            what.id, version, what.version, short(what.fields), fields, since if saw else since[-3:]
        )

    # --- writing

    def _new(self, verb: Verb, **about: Any) -> Decision:  # noqa: ANN401
        """The decision, by whom. Raises UsageError for a name or a reason that is none."""
        who, why = visible(self.by.who), _lines(self.by.why)
        if not who or len(who) > NAME_LONGEST:
            raise UsageError(f"say who decides, in 1 to {NAME_LONGEST} characters")
        if len(why) > WHY_LONGEST:
            raise UsageError(f"a reason is at most {WHY_LONGEST:,} characters")
        if len(str(about.get("value") or "")) > max(LONGEST, WHY_LONGEST):
            raise UsageError("a value that long is none")
        return Decision(verb=verb, by=who, why=why, **about)

    def _said_last(self, wanted: Decision) -> Decision | None:
        """The decision in force that says the same of the same claim, if it is the last of its kind there: asked for
        twice, it is written once."""
        (key,) = wanted.claims
        for decision in reversed(book.now(self.alias).by_document.get(key.document, ())):
            if key in decision.claims and _of_a_kind(decision, wanted):
                then = decision.saw.get(key.id, {}).get("version")
                same = _bare(decision) == _bare(wanted) and self.by.seen in (None, (then,))
                return decision if same else None
        return None

    def _write(self, decision: Decision) -> Decision:
        """Appends the decision and its log entry."""
        from khronika.record.models import Decision as Row

        number = book.last_number(self.alias) + 1
        row = decision_to_row(replace(decision, number=0, at=""))
        row.pop("number")
        body = canonical(row)
        sealed = book.decision_seal(number, self.at, body)
        Row.objects.using(self.alias).create(seq=number, at=self.at, body=body, seal=sealed)
        log.write(self.alias, "decision", self.at, {"number": number, "seal": sealed})
        return decision_from_row(load(body) | {"number": number, "at": self.at})


def _lines(text: str) -> str:
    """Words of several lines, as they can be seen."""
    return "\n".join(map(visible, text.splitlines())).strip()


def _seen(value: Any, deep: int = 3) -> Any:  # noqa: ANN401  (as JSON has it)
    """A field's value with its words as they can be seen. `deep`: lists and objects within each other, as fields have
    them."""
    if isinstance(value, str):
        return visible(value)
    if isinstance(value, list) and deep:
        return [_seen(one, deep - 1) for one in value]
    if isinstance(value, dict) and deep:
        return {name: _seen(one, deep - 1) for name, one in value.items()}
    return value


def _of_a_kind(a: Decision, b: Decision) -> bool:
    """Whether the later of the two takes the place of the earlier."""
    judging = {Verb.CONFIRM, Verb.REJECT}
    return (a.verb in judging and b.verb in judging) or (a.verb is b.verb and a.field == b.field)


def _bare(decision: Decision) -> Mapping[str, Any]:
    """What is said, by whom and why."""
    return decision_to_row(replace(decision, number=0, at="", saw={}))
