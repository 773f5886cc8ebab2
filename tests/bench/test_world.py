"""The synthetic country: made alike each time, its lives consistent, its truth a matter of what was published, and its
figures able to fail."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from dataclasses import replace
from datetime import date, timedelta
from functools import cache
from hashlib import sha256
from pathlib import Path
from random import Random

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bench.world.harness import Run, View, build, run
from bench.world.knobs import FIRST, LAST, Knobs, Size
from bench.world.measure import compare
from bench.world.names import SCHEMES, invent, misspelled, twin, written
from bench.world.people import Event, after_term, term_of
from bench.world.places import Country
from bench.world.press import Press
from bench.world.report import bars
from bench.world.steps import STEPS
from bench.world.ties import keep_what_is_tied
from bench.world.truth import CHANGES, Life, Telling, Truth, accepted
from bench.world.worst import worst
from bench.world.writing import write
from khronika.facts.codebook import codebook
from khronika.facts.events import Event as Derived
from khronika.facts.events import Linked, Person
from khronika.text.edtf import bounds

ROOT = Path(__file__).parent.parent.parent
SMALL = Size(60, 5)
ALL = date(2100, 1, 1)


@cache
def filed():
    """A small world's stories."""
    return [*Press(SMALL).stories()]


@cache
def linked() -> Run:
    """A small world, linked by khronika."""
    return run(SMALL, questions=50, apart=True)


def dumped(seed: int) -> str:
    """A world as one text."""
    return repr([(f.document, f.claims, f.mentions, f.relations, f.events) for f in Press(Size(30, seed)).stories()])


# --- the same each time


def test_the_same_seed_gives_the_same_world_and_another_another():
    assert dumped(3) == dumped(3)
    assert dumped(3) != dumped(4)


@pytest.mark.parametrize("hash_seed", ["0", "77"])
def test_hash_seed_and_locale_change_nothing(hash_seed):
    """A process of another hash seed and locale writes the same."""
    code = "import hashlib, test_world as t; print(hashlib.sha256(t.dumped(3).encode()).hexdigest())"
    env = os.environ | {
        "PYTHONHASHSEED": hash_seed,
        "LC_ALL": "C",
        "PYTHONPATH": os.pathsep.join([str(ROOT), str(ROOT / "tests" / "bench")]),
    }
    answer = subprocess.run([sys.executable, "-c", code], env=env, capture_output=True, text=True, check=True, cwd=ROOT)
    assert answer.stdout.strip() == sha256(dumped(3).encode()).hexdigest()


def test_it_makes_as_many_stories_as_asked_and_the_first_ones_are_those_of_a_longer_run():
    """The stories come in a stream: a longer run of the same country begins with the shorter one's."""
    stories = filed()
    assert len(stories) == SMALL.stories
    assert len({f.document.id for f in stories}) == SMALL.stories
    longer = Press(Size(70, SMALL.seed)).stories()
    assert [next(longer).document.text for _ in range(20)] == [f.document.text for f in stories[:20]]


# --- facts


def test_claims_stand_in_their_documents_and_use_the_codebook():
    """Spans equal the text, kinds and subtypes are the codebook's, dates are EDTF, named targets are mentioned."""
    kinds = codebook().kinds
    for story in filed():
        mentioned = {m.name for m in story.mentions}
        for claim in story.claims:
            assert story.document.text[claim.start : claim.end] == claim.quote
            assert claim.subtype is None or claim.subtype in kinds[claim.type]
            assert all(p.kind in codebook().penalties for p in claim.penalties)
            assert {*claim.targets, *claim.actors} <= mentioned
            assert claim.date is None or bounds(claim.date)
        for block in story.document.blocks:
            assert story.document.text[block.start : block.end].strip()


def test_nothing_is_told_as_happened_before_its_day():
    for story in filed():
        for claim in story.claims:
            if claim.date and claim.status == "happened":
                first, _ = bounds(claim.date)
                assert first and first <= story.story.known


def test_each_name_of_a_document_is_one_person_and_each_claim_one_event():
    for story in filed():
        assert len({name for name, _ in story.people}) == len(story.people)
        assert {c for c, _ in story.events} == {c.id for c in story.claims}


def test_a_copy_shares_the_sentences_and_the_origin_of_its_source():
    """Of stories with one origin and equal sentences only one is the outlet's own."""
    stories = [*Press(Size(200, 2)).stories()]
    copied = [f for f in stories if not f.story.own]
    relayed = [f for f in copied if f.story.upstream or f.story.relayed]
    assert copied and relayed
    for story in copied:
        assert story.story.origin != story.document.outlet
    for story in relayed:
        assert (*story.story.upstream, story.story.relayed)[0]


def test_stories_are_written_and_read_back(tmp_path):
    """Text, manifest and truth on disk are those of the stream."""
    assert write(Size(12, 5), Knobs(), tmp_path) == 12
    texts = {p.name: p.read_text("utf-8") for p in (tmp_path / "stories").glob("*.txt")}
    assert len(texts) == 12
    claims = [json.loads(line) for line in (tmp_path / "claims.jsonl").read_text("utf-8").splitlines()]
    assert claims
    for claim in claims:
        assert texts[claim["source"]][claim["start"] : claim["end"]] == claim["quote"]
        assert len(claim.get("targets", [])) == len(claim["targets_ids"])
    manifest = (tmp_path / "stories" / "manifest.csv").read_text("utf-8").splitlines()
    assert len(manifest) == 13


# --- lives


def test_lives_keep_to_their_order():
    """Within the period; nothing after death; no release of one who is free; a new arrest only of one at liberty."""
    press = Press(Size(10_000, 9))
    circles = press.lives.circles()
    for _ in range(400):
        circle = next(circles)
        assert all(FIRST <= e.day <= LAST for e in circle.events)
        assert [e.day for e in circle.events] == sorted(e.day for e in circle.events)
        for person in circle.people:
            assert_consistent([e for e in circle.events if person in e.people and e.status == "happened"], person.born)


def assert_consistent(events: list[Event], born: int) -> None:
    """One person's events in order make one life."""
    held = False
    dead = False
    for event in events:
        assert not dead
        assert event.day.year - born >= 17
        if event.kind in ("detention", "internment", "disappearance"):
            assert event.kind == "detention" or not held
            held = True
        elif event.kind == "release":
            assert held
            held = False
        elif event.kind in ("acquittal", "movement") or event.penalty in ("suspended", "freedom_limitation"):
            held = event.subtype == "extradited"
        elif event.kind == "death":
            dead = True


def test_terms():
    """The first day after a term; months end where the month does."""
    assert after_term(date(2021, 6, 22), "P15D") == date(2021, 7, 7)
    assert after_term(date(2020, 1, 31), "P1M") == date(2020, 2, 29)
    assert after_term(date(2020, 3, 1), "P2Y6M") == date(2022, 9, 1)
    assert after_term(date(2020, 3, 1), term_of(18)) == date(2021, 9, 1)


def test_the_share_of_namesakes_is_the_knobs():
    """Not more by chance, at any size."""
    press = Press(Size(10_000, 1), Knobs(homonyms=0.2, twins=0.0, families=0.0))
    circles = press.lives.circles()
    namings = [p.naming for _ in range(500) for p in next(circles).people]
    assert 0.14 < 1 - len({*namings}) / len(namings) < 0.26
    none = Press(Size(10_000, 1), Knobs(homonyms=0.0, twins=0.0, families=0.0)).lives.circles()
    alone = [p.naming for _ in range(500) for p in next(none).people]
    assert len({*alone}) > 0.995 * len(alone)


@settings(max_examples=40, deadline=None)
@given(st.integers(0, 10**9), st.booleans())
def test_names_have_two_words_in_every_scheme(seed, woman):
    """Whoever is invented can be written by every outlet, in Latin letters."""
    rng = Random(seed)
    naming = invent(rng, woman)
    for other in (naming, twin(rng, naming), invent(rng, not woman, like=naming)):
        for scheme in range(len(SCHEMES)):
            form = written(other, scheme, rng.random() < 0.5)
            assert len(form.full.split()) > 1
            assert not any("Ѐ" <= c <= "ӿ" for c in form.full)
            assert form.short in form.full
    assert misspelled(rng, "Abcdefgh Ijklmnop") != ""


def test_towns_are_different_and_grow_with_the_size():
    small, large = Country(Size(100, 1)), Country(Size(100_000, 1))
    assert len({t.name for t in large.towns}) == len(large.towns) > len(small.towns)


# --- what is right about custody


def life(*events: tuple[str, str, dict, list[tuple]]) -> Life:
    """A life of (kind, true day, more fields, tellings as (known, outlet, day told, term, status))."""
    made = Life()
    town = Country(Size(1, 1)).towns[0]
    for i, (kind, day, more, tellings) in enumerate(events):
        event = Event(f"E1.{i}", kind, date.fromisoformat(day), town, (), **more)
        made.events[event.id] = event
        made.tellings[event.id] = [
            Telling(date.fromisoformat(known), outlet, True, said, term, status)
            for known, outlet, said, term, status in tellings
        ]
    return made


def told(known: str, day: str | None = None, term: str | None = None, outlet: str = "A", status: str = "happened"):
    """A telling."""
    return known, outlet, day, term, status


DAYS15 = {"penalty": "administrative_arrest", "term": "P15D"}
JAILED = life(
    ("detention", "2020-06-01", {}, [told("2020-06-02", "2020-06-01")]),
    ("sentence", "2020-06-02", DAYS15, [told("2020-06-03", "2020-06-02", "P15D")]),
    ("release", "2020-06-16", {}, [told("2020-08-01", "2020-06-16")]),
)


@pytest.mark.parametrize(
    ("on", "known", "right"),
    [
        ("2020-05-01", "2100-01-01", {"unknown", "free"}),
        ("2020-06-01", "2020-06-01", {"unknown", "free"}),
        ("2020-06-01", "2020-06-02", {"detained"}),
        ("2020-06-10", "2020-06-03", {"detained", "imprisoned"}),
        ("2020-06-16", "2020-06-03", {"unknown"}),
        ("2020-06-16", "2020-07-31", {"unknown"}),
        ("2020-06-16", "2020-08-01", {"free"}),
        ("2020-06-15", "2020-08-01", {"detained", "imprisoned"}),
    ],
)
def test_custody_is_what_was_published_by_then(on, known, right):
    """A late report counts from its day on, an unreported release is unknown, the term runs from the arrest."""
    assert accepted(JAILED, date.fromisoformat(on), date.fromisoformat(known)) == right


def test_most_outlets_decide_and_a_correction_replaces_the_error():
    wrong = told("2020-06-02", "2020-05-28", outlet="A")
    both = life(("detention", "2020-06-01", {}, [wrong, told("2020-06-05", "2020-06-01", outlet="A")]))
    day = date(2020, 5, 30)
    assert accepted(both, day, date(2020, 6, 3)) == {"detained"}
    assert accepted(both, day, ALL) == {"unknown", "free"}
    tie = life(("detention", "2020-06-01", {}, [wrong, told("2020-06-05", "2020-06-01", outlet="B")]))
    assert accepted(tie, day, date(2020, 6, 6)) == {"detained", "unknown", "free"}
    assert "unknown" not in accepted(tie, date(2020, 6, 2), date(2020, 6, 6))


def test_an_event_without_a_day_is_uncertain_until_its_first_report():
    undated = life(("detention", "2020-06-01", {}, [told("2020-06-20")]))
    assert accepted(undated, date(2020, 6, 5), ALL) == {"detained", "unknown", "free"}
    assert accepted(undated, date(2020, 6, 20), ALL) == {"detained"}
    assert accepted(undated, date(2021, 6, 20), ALL) == {"detained", "unknown"}
    monthly = life(("detention", "2020-06-11", {}, [told("2020-07-20", "2020-06")]))
    assert accepted(monthly, date(2020, 5, 31), ALL) == {"unknown", "free"}
    assert accepted(monthly, date(2020, 6, 30), ALL) == {"detained"}


def test_what_is_not_told_as_happened_changes_nothing_and_death_ends_all():
    held = ("detention", "2020-06-01", {}, [told("2020-06-01", "2020-06-01")])
    demanded = life(held, ("release", "2020-07-01", {}, [told("2020-07-01", "2020-07-01", status="demanded")]))
    assert accepted(demanded, date(2020, 7, 2), date(2020, 7, 5)) == {"detained"}
    dead = life(held, ("death", "2020-07-01", {}, [told("2020-07-01", "2020-07-01")]))
    assert accepted(dead, date(2030, 1, 1), ALL) == {"dead"}


def test_every_question_has_an_answer_and_a_single_one_on_firm_ground():
    """Of a small world's people, on any day: never nothing, and after an exactly told event exactly its state."""
    view, truth = build(SMALL)
    states = codebook().states
    for person in truth.lives.values():
        for event, tellings in person.in_order():
            for days in (-40, 0, 400):
                right = accepted(person, event.day + timedelta(days=days), ALL)
                assert right and right <= states
            if event.kind == "death" and any(t.status == "happened" for t in tellings):
                assert accepted(person, date(2023, 1, 1), ALL) == {"dead"}
        assert {e.kind for e in person.events.values()} & CHANGES or person.events
    assert [*view.documents()]


def test_what_no_story_ties_together_is_not_asked():
    """One arrest of two people is one event only where a story names both, directly or through another."""
    view, truth = build(SMALL)
    claims = [*view.claims()]
    truth = Truth(people={}, reporting={c.document: "A" for c in claims})
    one, two, both = (replace(claims[0], document=f"d{i}", targets=names) for i, names in enumerate(("x", "y", "xy")))
    one, two, both = (replace(c, targets=tuple(c.targets), actors=(), group=None) for c in (one, two, both))
    truth.people = {(c.document, n): f"P{n}" for c in (one, two, both) for n in c.targets}
    for members, parts in (((one, two), 2), ((one, two, both), 1), ((one, replace(one, start=1)), 1)):
        truth.events = {c.id: "E1.1" for c in members}
        truth.origins = {"E1.1": {"A"}}
        truth.reporting = {c.document: "A" for c in members}
        keep_what_is_tied(truth, members)
        assert len({*truth.events.values()}) == len(truth.origins) == parts


# --- the figures


def test_figures_by_hand():
    """Two of one person split, and one put with another: counted on paper."""
    found = compare([("a", 1), ("a", 1), ("a", 2), ("b", 2)])
    assert found.pairwise.precision == pytest.approx(1 / 2)
    assert found.pairwise.recall == pytest.approx(1 / 3)
    assert found.b_cubed.precision == pytest.approx((1 + 1 + 1 / 2 + 1 / 2) / 4)
    assert found.b_cubed.recall == pytest.approx((2 / 3 + 2 / 3 + 1 / 3 + 1) / 4)
    assert compare([("a", 1), ("b", 2)]).pairwise.f1 == 1.0
    assert compare([]).b_cubed.f1 == 1.0


def everything_one(view: View) -> Linked:
    """A linker that merges all people, and all events."""
    names = tuple(sorted({(m.document, m.name) for m in view.mentions()}))
    claims = sorted(c.id for c in view.claims())
    return Linked(
        people=(Person(id="p", name="x", forms=("x",), documents=()),),
        organizations=(),
        events=(Derived(id="e", type="detention", claims=tuple(claims), targets=("p",)),),
        claim_events=tuple((c, "e") for c in claims),
        names=tuple((key, "p") for key in names),
        copies=(),
        links=(),
    )


def everything_apart(view: View) -> Linked:
    """A linker that joins nothing."""
    names = sorted({(m.document, m.name) for m in view.mentions()})
    return Linked(
        people=tuple(Person(id=f"p{d}{n}", name=n, forms=(n,), documents=(d,)) for d, n in names),
        organizations=(),
        events=tuple(Derived(id=f"e{c.id}", type=c.type, claims=(c.id,)) for c in view.claims()),
        claim_events=tuple((c.id, f"e{c.id}") for c in view.claims()),
        names=tuple(((d, n), f"p{d}{n}") for d, n in names),
        copies=(),
        links=(),
    )


@pytest.mark.parametrize("linker", [everything_one, everything_apart])
def test_a_linker_that_does_nothing_or_too_much_is_caught(linker):
    """Every bar but one or two is missed, and the worst errors say where."""
    bad = run(SMALL, link=linker, questions=60)
    missed = {bar.name for bar in bars(bad.to_json()) if bar.missed}
    assert {"people, B-cubed F1", "events, pairwise F1", "origins exact, share of events"} <= missed
    assert "custody, states right" in missed
    assert ("people, pairwise precision" in missed) == (linker is everything_one)
    text = "\n".join(worst(bad, 2))
    assert ("=== merged: 0" in text) == (linker is everything_apart)
    assert ("=== split: 0" in text) == (linker is everything_one)


def test_the_truth_itself_meets_every_bar():
    """Given the true people, events and origins as if linked so, all is right but what custody itself gets wrong."""
    view, truth = build(SMALL)
    claims = {c.id: c for c in view.claims()}

    def perfect(_: View) -> Linked:
        events = {}
        for claim, event in truth.events.items():
            events.setdefault(event, []).append(claim)
        return Linked(
            people=tuple(Person(id=p, name=p, forms=(p,), documents=()) for p in sorted({*truth.people.values()})),
            organizations=(),
            events=tuple(
                Derived(
                    id=event,
                    type=claims[members[0]].type,
                    claims=tuple(members),
                    targets=tuple(
                        sorted({truth.people[claims[c].document, n] for c in members for n in claims[c].targets})
                    ),
                    origins=len(truth.origins[event]),
                )
                for event, members in sorted(events.items())
            ),
            claim_events=tuple(sorted(truth.events.items())),
            names=tuple(sorted(truth.people.items())),
            copies=(),
            links=(),
        )

    figures = run(SMALL, link=perfect, questions=60).to_json()
    assert [bar.name for bar in bars(figures) if bar.missed and "custody" not in bar.name] == []
    assert figures["custody"]["right"] > 0.9


def test_the_harness_measures_each_step_and_says_what_is_wrong():
    done = linked()
    figures = done.to_json()
    assert {*STEPS, "link", "custody"} <= figures["seconds"].keys()
    assert all(peak > 1 for peak in figures["peak_mb"].values())
    assert figures["custody"]["asked"] == 50
    assert 0.5 < figures["people"]["b_cubed"]["f1"] <= 1
    assert "right_with_true_people_and_events" in figures["custody"]
    assert all(line is not None for line in worst(done, 3))


def test_it_is_called_from_the_command_line(tmp_path):
    """JSON with its bars; the exit code says whether one is missed."""
    call = [sys.executable, "-m", "bench.world", "--stories", "20", "--questions", "20", "--json", "--homonyms", "0.5"]
    answer = subprocess.run(call, cwd=ROOT, capture_output=True, text=True, check=False)
    figures = json.loads(answer.stdout)
    assert figures["stories"] == 20
    assert answer.returncode == int(any(bar["missed"] for bar in figures["bars"]))
    call = [sys.executable, "-m", "bench.world", "--stories", "5", "--write", str(tmp_path)]
    assert subprocess.run(call, cwd=ROOT, capture_output=True, check=False).returncode == 0
    assert len([*(tmp_path / "stories").glob("*.txt")]) == 5
