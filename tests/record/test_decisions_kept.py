"""Random histories of deciding, undoing, reading, re-reading and linking anew, against a plain list: no decision is
ever lost; each holds, or is listed for another look; and what is derived is what linking anew derives."""

from __future__ import annotations

import shutil
import sqlite3
import tempfile
from pathlib import Path

import pytest
from hypothesis import HealthCheck, settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, invariant, precondition, rule

from khronika.errors import UsageError
from khronika.facts.decisions import VIEWS, By, Verb
from khronika.flow import link
from khronika.record import derived
from khronika.record.record import open_record
from tests import stories

WHO = ["Aigul Nurlan", "Daniyar Ospan", "Saule Ermek"]
VERBS = ["detained", "released"]
PEOPLE = st.sampled_from(["Ana", "Bo"])
EMPTY: list[Path] = []


class Histories(RuleBasedStateMachine):
    """One record; `told`: what was decided, as (verb, by, what it was about)."""

    def __init__(self) -> None:
        super().__init__()
        self.folder = Path(tempfile.mkdtemp())
        shutil.copytree(EMPTY[0], self.folder / "record")
        self.record = open_record(self.folder / "record")
        self.told: list[tuple[Verb, str, object]] = []
        self.stories = 0
        self.sound = True

    def teardown(self) -> None:
        if self.sound:
            self.record.verify()
        self.record.close()
        shutil.rmtree(self.folder)

    @initialize()
    def begin(self) -> None:
        for who in WHO[:2]:
            self.read(who, "detained", 22)

    @rule(who=st.sampled_from(WHO), verb=st.sampled_from(VERBS), day=st.integers(20, 25))
    def read(self, who: str, verb: str, day: int) -> None:
        self.stories += 1
        text = f"Story {self.stories}. Police {verb} {who} on 2021-06-{day}."
        self.record.append(*stories.page(text, f"{self.stories}.txt", f"2021-07-{day}"))
        link(self.record)

    def claims(self):
        return [c for d in self.record.documents() for c in self.record.claims_in(d.id)]

    def decided(self, verb: Verb, by: str, about: object) -> None:
        """Takes it up in the list, unless it was said already."""
        if len(self.record.decisions()) > len(self.told):
            self.told.append((verb, by, about))
        link(self.record)

    @rule(at=st.integers(0, 99), by=PEOPLE, verb=st.sampled_from([Verb.CONFIRM, Verb.REJECT]))
    def judge(self, at: int, by: str, verb: Verb) -> None:
        claims = self.claims()
        claim = claims[at % len(claims)].id
        call = self.record.confirm if verb is Verb.CONFIRM else self.record.reject
        call(claim, By(by, seen=(self.record.shown(claim).version,)))
        self.decided(verb, by, claim)

    @rule(
        at=st.integers(0, 99),
        by=PEOPLE,
        change=st.sampled_from(
            [("date", "2021-06-19"), ("targets", ["Saule Ermek"]), ("date", None), ("place", ["Oral"]), ("charge", "x")]
        ),
    )
    def correct(self, at: int, by: str, change: tuple[str, object]) -> None:
        claims = self.claims()
        claim = claims[at % len(claims)].id
        try:
            self.record.correct(claim, *change, by)
        except UsageError as error:
            assert "says so already" in str(error)
        self.decided(Verb.CORRECT, by, (claim, change))

    @rule(at=st.integers(0, 99), by=PEOPLE, view=st.sampled_from(VIEWS))
    def show_to(self, at: int, by: str, view: str) -> None:
        claims = self.claims()
        claim = claims[at % len(claims)].id
        self.record.set_view(claim, view, by)
        self.decided(Verb.VIEW, by, (claim, view))

    @rule(a=st.integers(0, 99), b=st.integers(0, 99), by=PEOPLE, verb=st.sampled_from([Verb.MERGE, Verb.SPLIT]))
    def place(self, a: int, b: int, by: str, verb: Verb) -> None:
        people = self.record.people()
        if not people:
            return
        one, other = people[a % len(people)], people[b % len(people)]
        call = self.record.merge if verb is Verb.MERGE else self.record.split
        try:
            call(one.id, other.id, by)
        except UsageError as error:
            assert "one in the record" in str(error)
        self.decided(verb, by, None)

    @rule(a=st.integers(0, 99), by=PEOPLE)
    def divide(self, a: int, by: str) -> None:
        people = [p for p in self.record.people() if len(p.documents) > 1]
        if people:
            person = people[a % len(people)]
            self.record.split(person.id, person.documents[:1], by)
            self.decided(Verb.SPLIT, by, None)

    @rule(a=st.integers(0, 99), b=st.integers(0, 99), by=PEOPLE, verb=st.sampled_from([Verb.LINK, Verb.UNLINK]))
    def move(self, a: int, b: int, by: str, verb: Verb) -> None:
        claims, events = self.claims(), self.record.events()
        if not events:
            return
        claim, event = claims[a % len(claims)], events[b % len(events)]
        call = self.record.link_claim if verb is Verb.LINK else self.record.unlink_claim
        try:
            call(claim.id, event.id, by)
        except UsageError as error:
            assert any(words in str(error) for words in ("rejected", "correct the type", "alone", "not among"))
        self.decided(verb, by, claim.id)

    @precondition(lambda self: self.told)
    @rule(at=st.integers(0, 99), by=PEOPLE)
    def undo(self, at: int, by: str) -> None:
        number = at % len(self.told) + 1
        try:
            self.record.undo(number, by)
        except UsageError as error:
            assert "undone already" in str(error)
        self.decided(Verb.UNDO, by, number)

    @rule(at=st.integers(0, 99), other=st.sampled_from(['"date":"2021-06-2', '"type":"detention"']))
    def reread(self, at: int, other: str) -> None:
        """Another reader finds another day, or another kind, in one sentence."""
        documents = self.record.documents()
        document = documents[at % len(documents)].id
        now = '"date":"2021-06-1' if "date" in other else '"type":"internment"'
        self.record.close()
        with sqlite3.connect(self.record.database) as db:
            db.execute("UPDATE claim SET body = replace(body, ?, ?) WHERE document = ?", (other, now, document))
        db.close()
        self.sound = False
        for claim in self.record.claims_in(document):
            with sqlite3.connect(self.record.database) as db:
                db.execute("UPDATE claim SET key = ? WHERE document = ?", (claim.id, document))
            db.close()
        link(self.record, anew=True)

    @rule()
    def relink(self) -> None:
        now = [*derived.dump(self.record.alias)]
        link(self.record, anew=True)
        assert [*derived.dump(self.record.alias)] == now

    @rule()
    def reopen(self) -> None:
        self.record.close()

    @invariant()
    def nothing_is_lost(self) -> None:
        """The book is the list; what is in force holds, or is listed."""
        made = self.record.decisions()
        assert [(d.verb, d.by) for d in made] == [(verb, by) for verb, by, _ in self.told]
        listed = {look.decision.number for look in self.record.looks()}
        live = self.record.in_force()
        rulings = self.record.rulings()
        holding = {d.number for ruling in rulings.values() for d in ruling.decisions}
        replaced: dict[object, int] = {}
        for decision in made:
            if decision.number in live and decision.claims and decision.verb not in {Verb.LINK, Verb.UNLINK}:
                kind = "standing" if decision.verb in {Verb.CONFIRM, Verb.REJECT} else (decision.verb, decision.field)
                key = decision.claims[0]
                replaced[key.document, key.start, key.end, key.type, kind] = decision.number
        for number in replaced.values():
            assert number in holding or number in listed

    @invariant()
    def the_rejected_carry_nothing(self) -> None:
        """No event rests on a claim that is rejected."""
        rejected = {claim for claim, ruling in self.record.rulings().items() if ruling.is_rejected}
        assert all(self.record.event_of(claim) is None for claim in rejected)


@pytest.fixture(autouse=True, scope="module")
def an_empty_record(made: tuple[Path, Path]) -> None:
    """Made once, copied for each history."""
    EMPTY[:] = [made[0]]


Histories.TestCase.settings = settings(
    max_examples=12, stateful_step_count=12, deadline=None, suppress_health_check=[*HealthCheck]
)
TestHistories = Histories.TestCase
