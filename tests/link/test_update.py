"""Stories taken up as they come: the same rows as all at once, and nothing touched that need not be."""

import random
from itertools import chain

from hypothesis import given, settings
from hypothesis import strategies as st

from khronika.facts.claims import Count, Penalty, Relation
from khronika.link import link
from khronika.link.memory import MemoryIndex
from khronika.link.update import update

from .conftest import View, make_claim, make_document, make_mention

PEOPLE = [
    "Daulet Zhaqypov",
    "Daulet Jakypov",
    "Zhaqypov",
    "Nurlan Zhaqypov",
    "Uladzimir Novik",
    "Vladimir Novik",
    "Novik",
]
BODIES = ["Interior Ministry", "Free Rivers Union", "FRU", "Free Rivers Union (FRU)", "Novik"]
PLACES = [(), ("Oral", "Kazakhstan"), ("Kazakhstan",), ("Aqtau", "Kazakhstan")]
DATES = [None, None, "2030-05-04", "2030-05", "2030-05-05", "2031-02-01", "2030"]
COUNTS = [None, Count(11, 11), Count(10), Count(10, 10, True), Count(300, 300)]
TERMS = [(), (Penalty("imprisonment", "P3Y"),), (Penalty("imprisonment", "P5Y"),)]
TEXTS = [" ".join(f"word{n}{i}" for i in range(60)) for n in range(3)]
KINDS = ["detention", "sentence", "protest", "release", "detention", "trial"]
STATUS = ["happened", "happened", "denied", "planned", "demanded"]


@st.composite
def stories(draw):
    """Up to eight stories, each with its claims, mentions and relations, copies of each other among them."""
    rng = random.Random(draw(st.integers(0, 10**6)))
    return [story(rng, f"d{i}") for i in range(draw(st.integers(2, 8)))]


def story(rng, name):
    """One document and what is in it."""
    text = rng.choice(TEXTS) + rng.choice(["", " more", f" {name} " * 30])
    day = rng.choice([None, "2030-05-01", "2030-06-01", "2031-03-01"])
    document = make_document(name, text, outlet=f"Outlet {rng.randrange(2)}", published=day)
    who = [rng.choice(PEOPLE) for _ in range(3)]
    claims = [
        make_claim(
            name,
            rng.choice(KINDS),
            rng.sample([*dict.fromkeys(who), "the crowd"], rng.choice([1, 1, 2])) if rng.random() < 0.7 else [],
            start=10 * (i - rng.choice([0, 0, 0, 1])),
            status=rng.choice(STATUS),
            place=rng.choice(PLACES),
            date=rng.choice(DATES),
            group=rng.choice([None, "fishermen", "11 fishermen", "residents"]),
            count=rng.choice(COUNTS),
            penalties=rng.choice(TERMS),
            quote=rng.choice(["Short.", "A long sentence that two outlets share word for word in their own stories."]),
        )
        for i in range(rng.randrange(4))
    ]
    bodies = [rng.choice(BODIES) for _ in range(2)]
    mentions = [make_mention(name, w, w.split()[-1]) for w in dict.fromkeys(who)]
    mentions += [make_mention(name, b, label="organization") for b in dict.fromkeys(bodies)]
    relations = [Relation(name, who[0], rng.choice(["sibling", "member_of"]), rng.choice([who[1], bodies[0]]))]
    return View([document], claims, mentions, relations)


def all_of(views):
    """One view of all."""
    parts = zip(*(view._parts for view in views), strict=True)
    return View(*([*chain.from_iterable(of_all)] for of_all in parts))


def as_they_come(batches):
    """What is derived when the batches arrive one after the other."""
    index = MemoryIndex(View())
    for batch in batches:
        index.add(all_of(batch))
        index.take(update(index, {d.id for view in batch for d in view.documents()}))
    return index.linked()


@settings(max_examples=150, deadline=None)
@given(stories(), st.randoms(use_true_random=False))
def test_any_order_of_arrival_derives_the_same(views, rng):
    """One story at a time, in batches or all at once, first or last: the same people, events, copies and links."""
    at_once = link(all_of(views))
    rng.shuffle(views)
    batches = []
    while views:
        n = rng.randrange(1, 4)
        batches.append(views[:n])
        views = views[n:]
    assert as_they_come(batches) == at_once


def test_a_story_about_others_touches_nothing():
    """What a new story does not speak of keeps its rows: they are neither taken away nor given anew."""
    one = View(
        [make_document("a", TEXTS[0])], [make_claim("a", "detention", [PEOPLE[0]])], [make_mention("a", PEOPLE[0])]
    )
    two = View(
        [make_document("b", TEXTS[1])], [make_claim("b", "trial", ["Marta Ruiz"])], [make_mention("b", "Marta Ruiz")]
    )
    index = MemoryIndex(one)
    index.take(update(index, {"a"}))
    index.add(two)
    changes = update(index, {"b"})
    assert changes.documents == {"b"} and not changes.gone
    assert [p.name for p in changes.linked.people] == ["Marta Ruiz"]


def test_a_document_linked_twice_changes_nothing():
    """A story handed over once more leaves everything as it was."""
    view = story(random.Random(7), "a")
    index = MemoryIndex(view)
    index.take(update(index, {"a"}))
    before = index.linked()
    index.take(update(index, {"a"}))
    assert index.linked() == before
