"""Linking with what people decided: the same rows in any order, and never against a decision."""

from __future__ import annotations

import random

from hypothesis import given, settings
from hypothesis import strategies as st

from khronika.facts.decisions import Decision, InForce, Verb, in_force, key_of
from khronika.link import link
from khronika.link.memory import MemoryIndex
from khronika.link.update import update

from .conftest import View, make_claim, make_document, make_mention
from .test_update import TEXTS, all_of, story

NAMES = ["Daulet Zhaqypov", "Daulet Jakypov", "Zhaqypov", "Nurlan Zhaqypov", "Saule Ermek"]


def decisions_about(views, rng, number):
    """Some decisions about the stories, in an order of their own."""
    whole = all_of(views)
    claims, mentions = [*whole.claims()], [m for m in whole.mentions() if m.label == "person"]
    made = []
    for at in range(1, number + 1):
        kind = rng.choice(["reject", "confirm", "correct", "merge", "split", "link", "unlink", "undo"])
        if kind in {"merge", "split"} and len(mentions) > 1:
            picked = [("m", m.document, m.label, m.name) for m in rng.sample(mentions, min(len(mentions), 4))]
            sides = tuple(tuple(key[1:] for key in part) for part in (picked[::2], picked[1::2]))
            made.append(Decision(verb=Verb(kind), by="Ana", sides=sides, number=at))
        elif kind in {"link", "unlink"} and len(claims) > 1:
            moved = rng.choice(claims)
            beside = [c for c in rng.sample(claims, min(len(claims), 3)) if c.type == moved.type and c.id != moved.id]
            told = tuple(key_of(c) for c in beside)
            made.append(Decision(verb=Verb(kind), by="Ana", claims=(key_of(moved),), beside=told, number=at))
        elif kind == "undo" and made:
            made.append(Decision(verb=Verb.UNDO, by="Ana", decision=rng.randrange(1, at), number=at))
        elif claims:
            about = {"claims": (key_of(rng.choice(claims)),), "number": at, "by": "Ana"}
            field, value, label = rng.choice(
                [
                    ("targets", [rng.choice(NAMES)], "person"), ("date", "2030-05-04", None), ("duration", "P3D", None),
                    ("place", ["Oral", "Kazakhstan"], None), ("speaker", "Outlet 1", None), ("actors", ["Novik"], None),
                    ("type", "release", None), ("date", None, None),
                ]
            )  # fmt: skip
            if kind in {"reject", "confirm"}:
                made.append(Decision(verb=Verb(kind), **about))
            else:
                made.append(Decision(verb=Verb.CORRECT, field=field, value=value, label=label, **about))
        else:
            made.append(Decision(verb=Verb.NOTE, by="Ana", number=at))
    return made


def as_they_come(views, decisions, rng):
    """What is derived when stories and decisions come in any order, one after the other or some at once."""
    index = MemoryIndex(View())
    waiting, left, done = [*views], [*decisions], []
    rng.shuffle(waiting)
    while waiting or left:
        new = []
        if waiting and rng.random() < 0.6:
            new = [waiting.pop() for _ in range(min(len(waiting), rng.randrange(1, 3)))]
            index.add(all_of(new))
        for _ in range(min(len(left), rng.randrange(3))):
            done.append(left.pop(0))
            index.decide(in_force(done))
        index.take(update(index, {d.id for view in new for d in view.documents()}))
    return index.linked()


@settings(max_examples=150, deadline=None)
@given(st.integers(0, 10**6), st.integers(2, 7), st.integers(1, 6))
def test_any_order_with_decisions_derives_the_same(seed, stories, number):
    """Whatever comes first, stories or decisions: as if all had been there from the beginning."""
    rng = random.Random(seed)
    views = [story(rng, f"d{i}") for i in range(stories)]
    decisions = decisions_about(views, rng, number)
    assert as_they_come(views, decisions, rng) == link(all_of(views), decided=in_force(decisions))


@settings(max_examples=150, deadline=None)
@given(st.integers(0, 10**6), st.integers(2, 7), st.integers(1, 8))
def test_nothing_is_linked_against_a_decision(seed, stories, number):
    """Merged mentions are one person, split ones never; linked claims one event, unlinked ones never; the last word of
    several counts, and rejected claims are in no event."""
    rng = random.Random(seed)
    views = [story(rng, f"d{i}") for i in range(stories)]
    state = in_force(decisions_about(views, rng, number))
    linked = link(all_of(views), decided=state)
    holds(linked, state, all_of(views))


def holds(linked, state: InForce, view):
    """Every decision in force holds in what is linked."""
    who = {}
    for (document, name), person in linked.names:
        if person.startswith("p"):
            who[document, "person", name] = person
    mentioned = {(m.document, m.label, m.name) for m in view.mentions()}
    for key in state.mentions:
        if key not in mentioned:
            continue
        mine = state.mentions.marks(key)
        for other in state.mentions:
            if other in mentioned and other != key:
                theirs = state.mentions.marks(other)
                if mine.one & theirs.one:
                    assert who[key] == who[other]
                if any(s[:-1] + {"+": "-", "-": "+"}[s[-1]] in theirs.sides for s in mine.sides):
                    assert who[key] != who[other]
    owner = dict(linked.claim_events)
    types = {e.id: e.type for e in linked.events}
    for claim in state.claims:
        mine = state.claims.marks(claim)
        for other in state.claims:
            if claim in owner and other in owner and other != claim:
                theirs = state.claims.marks(other)
                if mine.one & theirs.one and types[owner[claim]] == types[owner[other]]:
                    assert owner[claim] == owner[other]
                if any(s[:-1] + {"+": "-", "-": "+"}[s[-1]] in theirs.sides for s in mine.sides):
                    assert owner[claim] != owner[other]
    rejected = {k.id for ds in state.by_document.values() for d in ds for k in d.claims if d.verb is Verb.REJECT}
    confirmed = {k.id for ds in state.by_document.values() for d in ds for k in d.claims if d.verb is Verb.CONFIRM}
    assert not (rejected - confirmed) & owner.keys()


def people(names, **more):
    """Stories that each name somebody, with a detention of that one on a day of its own."""
    documents = [
        make_document(d, TEXTS[i], outlet=f"Outlet {d}", published=f"203{i}-05-01") for i, d in enumerate(names)
    ]
    claims = [
        make_claim(d, "detention", [n], start=10, date=f"203{i}-04-1{i}", **more)
        for i, (d, n) in enumerate(names.items())
    ]
    return View(documents, claims, [make_mention(d, n) for d, n in names.items()])


def merge(number, *sides):
    return Decision(verb=Verb.MERGE, by="Ana", sides=sides, number=number)


def test_a_pseudonym_goes_on_to_be_found():
    """Two names that no machine would join are one person, and a later story that has either is of that person."""
    one, other = ("a", "person", "Daulet Zhaqypov"), ("b", "person", "Marta Ruiz")
    view = people({"a": "Daulet Zhaqypov", "b": "Marta Ruiz", "c": "Marta Ruiz"}, place=("Oral", "Kazakhstan"))
    linked = link(view, decided=in_force([merge(1, (one,), (other,))]))
    (person,) = linked.people
    assert person.documents == ("a", "b", "c")
    assert {"Daulet Zhaqypov", "Marta Ruiz"} <= {*person.forms}


def test_two_of_one_name_that_are_held_apart_stay_apart():
    """However much speaks for their being one; and whether they are is asked no more."""
    keys = [("a", "person", "Marta Ruiz"), ("b", "person", "Marta Ruiz")]
    view = people({"a": "Marta Ruiz", "b": "Marta Ruiz"}, place=("Oral", "Kazakhstan"))
    assert len(link(view).people) == 1
    apart = Decision(verb=Verb.SPLIT, by="Ana", sides=((keys[0],), (keys[1],)), number=1)
    linked = link(view, decided=in_force([apart]))
    assert len(linked.people) == 2 and not linked.questions


def test_an_answered_question_is_not_asked():
    """Of two who may be one, the answer "they are one" and the answer "they are not" both end the question."""
    view = people({"a": "Marta Ruiz", "b": "Marta Ruiz"})
    assert link(view).questions
    keys = [("a", "person", "Marta Ruiz"), ("b", "person", "Marta Ruiz")]
    for verb, number in ((Verb.MERGE, 1), (Verb.SPLIT, 2)):
        linked = link(view, decided=in_force([Decision(verb=verb, by="Ana", sides=((keys[0],), (keys[1],)), number=1)]))
        assert not linked.questions and len(linked.people) == number


def test_only_what_a_decision_touches_is_given_anew():
    """A rejected claim changes its event; people of other stories keep their rows."""
    view = people({"a": "Marta Ruiz", "b": "Daulet Zhaqypov"})
    index = MemoryIndex(view)
    index.take(update(index, index.all()))
    claim = next(c for c in view.claims() if c.document == "a")
    index.decide(in_force([Decision(verb=Verb.REJECT, by="Ana", claims=(key_of(claim),), number=1)]))
    changes = update(index, ())
    assert changes.documents == {"a"}
    assert len([i for i in changes.gone if i.startswith("e")]) == 1 and not changes.linked.events
