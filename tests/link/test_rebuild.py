"""All of linking: a pure function of what the record holds."""

import random
import time

from hypothesis import given, settings
from hypothesis import strategies as st

from khronika.facts.claims import Relation
from khronika.link import link

from .conftest import View, make_claim, make_document, make_mention

NAMES = [
    "Daulet Zhaqypov",
    "Daulet Jakypov",
    "Zhaqypov",
    "Nurlan Zhaqypov",
    "Uladzimir Novik",
    "Vladimir Novik",
    "Novik",
]
BODIES = ["Interior Ministry", "Free Rivers Union", "FRU", "Free Rivers Union (FRU)"]
PLACES = [(), ("Oral", "Kazakhstan"), ("Kazakhstan",), ("Aqtau", "Kazakhstan")]
DATES = [None, "2030-05-04", "2030-05", "2030-05-05", "2031-02-01"]

claims = st.lists(
    st.tuples(
        st.integers(0, 4),
        st.sampled_from(["detention", "sentence", "protest", "release"]),
        st.sampled_from(["", *NAMES]),
        st.sampled_from(PLACES), st.sampled_from(DATES), st.sampled_from(["happened", "denied", "planned", "demanded"]),
    ),
    max_size=14,
)  # fmt: skip


def record(rows):
    """Documents, claims, mentions and relations of generated rows."""
    documents = [make_document(f"d{i}", f"story number {i % 3} " * 20, outlet=f"Outlet {i % 2}") for i in range(5)]
    told = [
        make_claim(f"d{d}", kind, [who] if who else [], start=10 * i, place=place, date=date, status=status)
        for i, (d, kind, who, place, date, status) in enumerate(rows)
    ]
    mentions = {make_mention(f"d{d}", who) for d, _, who, *_ in rows if who}
    mentions |= {make_mention(f"d{i % 5}", name, label="organization") for i, name in enumerate(BODIES)}
    relations = [
        Relation("d0", "Free Rivers Union", "alias_of", "River Guard"),
        Relation("d1", NAMES[0], "sibling", NAMES[3]),
    ]
    return documents, told, sorted(mentions, key=repr), relations


@settings(max_examples=30, deadline=None)
@given(claims, st.randoms(use_true_random=False))
def test_order_and_repetition_do_not_matter(rows, rng):
    """The same record in another order, or with rows given twice, is linked to the same value, ids included."""
    parts = record(rows)
    first = link(View(*parts))
    assert link(View(*parts)) == first
    shuffled = [[*part, *part[:2]] for part in parts]
    for part in shuffled:
        rng.shuffle(part)
    assert link(View(*shuffled)) == first


@settings(max_examples=20, deadline=None)
@given(claims)
def test_everything_given_is_linked_once(rows):
    """Each claim is in exactly one event, each mention in one person or organization; no id is given twice."""
    parts = record(rows)
    linked = link(View(*parts))
    owners = dict(linked.claim_events)
    assert owners == {c: e.id for e in linked.events for c in e.claims}
    assert set(owners) == {c.id for c in parts[1]}
    names = dict(linked.names)
    entities = [*linked.people, *linked.organizations]
    assert all((m.document, m.name) in names for m in parts[2])
    assert len({e.id for e in entities}) == len(entities) == len(set(names.values()))


def test_an_empty_record_is_linked_to_nothing():
    """Nothing in, nothing out."""
    assert link(View()) == link(View([make_document("a", "Text.")]))


def test_claims_may_name_documents_and_people_that_are_missing():
    """A claim without its document or mention still becomes an event, without ids for who is unknown."""
    linked = link(View((), [make_claim("gone", "detention", ["Nobody Known"])], ()))
    assert [(e.targets, e.origins) for e in linked.events] == [((), 1)]


def test_names_of_claims_differ_from_mentions_in_case_only():
    """ "KLAUS WEBER" in a headline's claim is the Klaus Weber of the mention."""
    linked = link(
        View([make_document("a")], [make_claim("a", "trial", ["KLAUS WEBER"])], [make_mention("a", "Klaus Weber")])
    )
    assert linked.events[0].targets == (linked.people[0].id,)


def test_relations_carry_the_names_of_the_record():
    """Both sides of a tie see it, with the fullest names."""
    mentions = [make_mention("a", "Klaus Weber", "Weber"), make_mention("a", "Rivers Union", label="organization")]
    linked = link(View([make_document("a")], (), mentions, [Relation("a", "Weber", "leader_of", "Rivers Union")]))
    tie = ("Klaus Weber", "leader_of", "Rivers Union")
    assert linked.people[0].relations == linked.organizations[0].relations == (tie,)


def test_thousands_of_mentions_take_seconds():
    """Candidates come from blocking keys: growth is far from all pairs (10,000 mentions: 3 s on one core)."""
    rng = random.Random(4)
    parts = ["ba", "ka", "ri", "no", "to", "li", "sha", "zhe", "mu", "dar", "gul", "ber", "tan", "jo", "ve", "sul"]

    def word(n):
        return "".join(rng.choice(parts) for _ in range(n)).title()

    people = [f"{word(3)} {word(3)}ov" for _ in range(900)]
    mentions = [make_mention(f"d{i // 5}", name) for i, name in enumerate(rng.choices(people, k=3000))]
    documents = [make_document(f"d{i}", word(30), published="2030-01-01") for i in range(600)]
    told = [
        make_claim(m.document, "detention", [m.name], place=["Peru"], date="2030-01-0" + str(i % 9 + 1))
        for i, m in enumerate(mentions)
    ]
    start = time.process_time()
    linked = link(View(documents, told, mentions))
    assert time.process_time() - start < 20
    assert 750 < len(linked.people) <= 960
