"""Claims are paired one to one, best first."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from khronika.evaluate.pairing import is_whole, pair
from khronika.evaluate.sides import Annotation
from khronika.facts.claims import claim_from_json

FINED = "Ana Brusk and Emre Brusk were fined 300 euros and 200 euros, respectively, for filming the queue."
FREED = "Both of them were let go on Tuesday evening after their relatives had paid at the harbor police desk."


def note(key, page="a.txt", part=1, document="d", **fields):
    row = {
        "document": document,
        "source": page,
        "start": 0,
        "end": 0,
        "reader": "",
        "quote": FINED,
        "type": "sentence",
        **fields,
    }
    return Annotation(claim_from_json(row), key, key, (page, part))


def test_respectively_pairs_each_fine_with_its_own_person():
    """Two claims of one sentence and kind: the targets decide, in whatever order the other side has them."""
    gold = [note("g1", targets=["Ana Brusk"]), note("g2", targets=["Emre Brusk"])]
    system = [note("s1", targets=["Emre Brusk"]), note("s2", targets=["Ana Brusk"])]
    assert {(g.id, s.id) for g, s in pair(gold, system)} == {("g1", "s2"), ("g2", "s1")}


@pytest.mark.parametrize("other", [{"page": "b.txt"}, {"type": "release"}, {"quote": FREED}])
def test_another_page_kind_or_passage_is_no_pair(other):
    """All three must be the same."""
    assert pair([note("g")], [note("s", **other)]) == []


def test_a_tie_goes_to_the_same_document():
    """A page that holds a sentence in two stories: each story keeps its own."""
    gold = [note("g1", document="x"), note("g2", document="y")]
    system = [note("s1", document="y"), note("s2", document="x")]
    assert {(g.id, s.id) for g, s in pair(gold, system)} == {("g1", "s2"), ("g2", "s1")}


def test_a_whole_claim_needs_targets_status_penalties_and_a_given_date():
    """A date that gold does not have cannot make a claim wrong; one that gold has must be right."""
    penalties = [{"kind": "fine", "amount": 300, "currency": "EUR"}]
    gold = note("g", targets=["Ana Brusk"], penalties=penalties)
    assert is_whole(gold, note("s", targets=["Ana Brusk"], penalties=penalties, date="2025-01-01"))
    assert not is_whole(gold, note("s", targets=["Ana Brusk"]))
    assert not is_whole(gold, note("s", targets=["Ana Brusk"], penalties=penalties, status="denied"))
    dated = note("g", targets=["Ana Brusk"], penalties=penalties, date="2025-01-02")
    assert not is_whole(dated, note("s", targets=["Ana Brusk"], penalties=penalties, date="2025-01-01"))


notes = st.builds(
    note,
    st.uuids().map(str),
    page=st.sampled_from(["a.txt", "b.txt"]),
    type=st.sampled_from(["sentence", "release"]),
    quote=st.sampled_from([FINED, FREED, ""]),
    targets=st.lists(st.sampled_from(["Ana Brusk", "Emre Brusk", "Brusk"]), max_size=2),
)


@given(st.lists(notes, max_size=8), st.lists(notes, max_size=8))
def test_nobody_is_paired_twice(gold, system):
    """One to one, and only claims of the two sides: else a repeated claim would raise recall."""
    pairs = pair(gold, system)
    assert len({id(g) for g, _ in pairs}) == len({id(s) for _, s in pairs}) == len(pairs)
    assert all(
        g in gold and s in system and g.claim.type == s.claim.type and g.story[0] == s.story[0] for g, s in pairs
    )


@given(st.lists(notes, max_size=8))
def test_a_side_pairs_with_itself_completely(gold):
    """Every claim with a quote finds a partner in a copy of its own side."""
    quoted = [g for g in gold if g.claim.quote]
    assert len(pair(gold, gold)) == len(quoted)
