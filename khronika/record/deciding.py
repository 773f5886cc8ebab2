"""The calls by which people decide about a record, and by which their decisions are read again."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from typing import Any

from khronika.errors import NotFound, UsageError
from khronika.facts.decisions import NAMES, By, Decision, Look, MentionKey, Ruling, Verb
from khronika.record import book, look, queries, setup, shown
from khronika.record.contents import Contents
from khronika.record.decide import Desk
from khronika.record.shown import Shown
from khronika.text.fold import fold

_ID = re.compile("[cedpo][0-9a-f]{16}")
"""What is an id, and nobody's name."""


class Deciding(Contents):
    """Decisions of people. `by` says who, why, and which versions were seen: `By("Aigul", "the court's own list")`, or
    a name alone. Ids are those that the record shows; people may also be named as one types them.

    Every call appends one decision and gives it back; asked for twice it is there once. All raise UsageError (nobody
    decides, a value is none), NotFound, SeveralPeople, and ChangedMeanwhile where another version was seen.
    """

    def moment(self) -> str:
        """This moment, RFC 3339."""
        raise NotImplementedError

    def follow(self) -> None:
        """What follows from a decision is derived; a record that has no linker leaves that to the next run."""

    # --- claims

    def confirm(self, claim: str, by: By | str) -> Decision:
        """The claim is right, as it stands with its corrections."""
        return self._judge(Verb.CONFIRM, claim, by)

    def reject(self, claim: str, by: By | str) -> Decision:
        """The claim is wrong: no event and no custody rests on it; it stays visible as rejected."""
        return self._judge(Verb.REJECT, claim, by)

    def correct(self, claim: str, field: str, value: Any, by: By | str, person: bool | None = None) -> Decision:  # noqa: ANN401
        """The field of the claim is this instead, as JSON has it (None: empty). `person`: whether names that
        the document does not have are people's, who then become people of the record (None: those of targets are)."""
        found = tuple(value) if isinstance(value, list | tuple) else value
        plain = [*found] if isinstance(found, tuple) else found
        label = "person" if field in NAMES and (field == "targets" if person is None else person) else None
        about = {"field": field, "value": plain, "label": label}
        return self._judge(Verb.CORRECT, claim, by, **about)

    def set_view(self, claim: str, view: str, by: By | str) -> Decision:
        """Who may see the claim: "public", "partner" or "private"; private is where nobody decided."""
        return self._judge(Verb.VIEW, claim, by, value=view)

    def _judge(self, verb: Verb, claim: str, by: By | str, **about: Any) -> Decision:  # noqa: ANN401
        with setup.guarded(self.database):
            done = self._desk(by).judge(verb, claim, **about)
        self.follow()
        return done

    # --- people and events

    def merge(self, a: str, b: str, by: By | str) -> Decision:
        """The two people are one."""
        with setup.guarded(self.database):
            one, other = self._who(a), self._who(b)
            done = self._desk(by).merge(one, other)
        self.follow()
        return done

    def split(self, a: str, b: str | Sequence[str], by: By | str) -> Decision:
        """The two are not one; or those whom these documents ("d12…", or "d12…/Name" for one name in it) speak of are
        not `a`, but somebody else."""
        with setup.guarded(self.database):
            one = self._who(a)
            other = self._who(b) if isinstance(b, str) else self._mentions(one, b)
            done = self._desk(by).split(one, other)
        self.follow()
        return done

    def link_claim(self, claim: str, event: str, by: By | str) -> Decision:
        """The claim tells of the event, and of no other."""
        with setup.guarded(self.database):
            done = self._desk(by).link(claim, event)
        self.follow()
        return done

    def unlink_claim(self, claim: str, event: str, by: By | str) -> Decision:
        """The claim does not tell of the event."""
        with setup.guarded(self.database):
            done = self._desk(by).unlink(claim, event)
        self.follow()
        return done

    def _who(self, name: str) -> str:
        """The id of the person or organization that is meant: an id, a person's name, an organization's name."""
        try:
            return shown.entity_shown(self.alias, name)[1].id
        except NotFound:
            named = [o.id for o in queries.View(self.alias).organizations() if fold(name) in map(fold, o.forms)]
            if len(named) == 1:
                return named[0]
            return self.person(name).id

    def _mentions(self, who: str, named: Iterable[str]) -> list[MentionKey]:
        """The mentions of one that are meant by documents and names in them."""
        _, person, keys = shown.entity_shown(self.alias, who)
        found: list[MentionKey] = []
        for one in named:
            document, slash, name = one.partition("/")
            meant = [key for key in keys if key[0] == document and (not slash or key[2] == name)]
            if not meant:
                names = "; ".join(f"{d}/{n}" for d, _, n in keys[:10]) + ("; …" if len(keys) > 10 else "")
                raise UsageError(f"{one} does not speak of {person.name}, who is in {names or 'none'}")
            found += meant
        return found

    # --- notes and undoing

    def note(self, id: str | int, text: str, by: By | str) -> Decision:
        """A note about a claim, event, person, organization or document; about a decision (its number) it also says
        that somebody has looked at it again."""
        with setup.guarded(self.database):
            done = self._desk(by).note(str(id), text)
        self.follow()  # nothing follows from it; without this what is derived would count as behind the log
        return done

    def undo(self, number: int, by: By | str) -> Decision:
        """The decision is in force no more; of an undo, what it undid is in force again."""
        with setup.guarded(self.database):
            done = self._desk(by).undo(number)
        self.follow()
        return done

    def _desk(self, by: By | str) -> Desk:
        return Desk(self.alias, self.moment(), By(by) if isinstance(by, str) else by)

    # --- reading them again

    def decisions(self, about: str | None = None, who: str | None = None) -> list[Decision]:
        """The decisions, in order. `about`: only those about the claim, event, person, organization or document of this
        id, or the person of this name; `who`: only of whom has this name, case aside."""
        with setup.guarded(self.database):
            told = [d for d in book.decisions(self.alias) if who is None or fold(d.by) == fold(who)]
            if about is None:
                return told
            meant = self._about(about)
            numbers = {d.number for d in book.decisions(self.alias) if look.about(d, *meant)}
            return [d for d in told if d.number in numbers or d.decision in numbers]

    def _about(self, id: str) -> tuple[list[str], list[MentionKey], list[str]]:
        """Claims, mentions and ids that a decision about the thing may name."""
        try:
            what = shown.shown(self.alias, id)
        except NotFound:
            if _ID.fullmatch(id):
                raise
            what = shown.shown(self.alias, self._who(id))
        if what.kind == "claim":
            return [what.id], [], [what.id]
        if what.kind == "event":
            return [*shown.event_shown(self.alias, what.id)[1].claims], [], [what.id]
        if what.kind == "document":
            return [c.id for c in queries.claims_in(self.alias, what.id)], [], [what.id]
        events = queries.events_of(self.alias, what.id)
        return [c for e in events for c in e.claims], shown.entity_shown(self.alias, what.id)[2], [what.id]

    def in_force(self) -> frozenset[int]:
        """Numbers of the decisions that nobody has undone."""
        with setup.guarded(self.database):
            return frozenset(book.now(self.alias).live)

    def looks(self) -> list[Look]:
        """The decisions that need another look, since what they saw is not there any more as it was."""
        with setup.guarded(self.database):
            return look.looks(self.alias)

    def rulings(self, documents: Iterable[str] | None = None) -> dict[str, Ruling]:
        """What is decided of claims of the documents (None: of all), by claim id."""
        with setup.guarded(self.database):
            return book.rulings(self.alias, None if documents is None else [*dict.fromkeys(documents)])[0]

    def shown(self, id: str) -> Shown:
        """What the record shows of a claim, event, person, organization or document, with its version. Raises
        NotFound."""
        with setup.guarded(self.database):
            return shown.shown(self.alias, id)
