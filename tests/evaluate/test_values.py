"""When two values say the same."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from khronika.evaluate.values import FIELDS, agrees, same_name, same_passage, same_wording, shared, values_of
from khronika.facts.claims import Claim, Count, Penalty, Status, claim_from_json

BASE = {"document": "d", "source": "s", "start": 0, "end": 0, "quote": "q", "type": "sentence", "reader": "r"}


def claim(**fields):
    return claim_from_json({**BASE, **fields})


@pytest.mark.parametrize(
    ("a", "b"),
    [
        ("Ilse Maronkin", "Maronkin"),
        ("President Ilse Maronkin", "Ilse Maronkin"),
        ("Ílse Marónkin", "ilse maronkin"),
        ("Qorkut Baidalin", "Korkut Baidalin"),
        ("the Harbor District Court", "Harbor District Court"),
    ],
)
def test_names_written_differently_are_one_name(a, b):
    """A part of a name, a title before it, marks, and one letter of another romanization do not make another name."""
    assert same_name(a, b)
    assert same_name(b, a)


@pytest.mark.parametrize(("a", "b"), [("Ilse Maronkin", "Ilse Vardanko"), ("Guards", "Police"), ("", "Police")])
def test_other_names_are_other_names(a, b):
    """A shared given name is not enough, nor is nothing at all."""
    assert not same_name(a, b)


def test_a_title_alone_is_compared_as_written():
    """Where nothing but a title is left, it is the name."""
    assert same_name("President", "the president") is False
    assert same_name("President", "president")


def test_a_quote_cut_short_is_the_same_passage():
    """The codebook lets a quote be the first 60 characters of its sentence."""
    whole = "The court in the old customs house sentenced two brothers to a year in prison each on Monday morning."
    assert same_passage(whole, whole[:60])
    assert same_passage(whole[:60], "On Sunday it rained. " + whole)


def test_short_or_empty_quotes_are_no_passage():
    """Two words found everywhere must not pair claims from all over a page."""
    assert not same_passage("He was", "He was released from the harbor prison on Monday.")
    assert not same_passage("", "He was released from the harbor prison on Monday.")


def test_a_quote_of_any_length_is_compared_quickly():
    """Only the first 2,000 characters count: two hostile quotes of a million characters must not take minutes."""
    assert same_passage("ab" * 500_000, "ab" * 500_000)


def test_charges_are_the_same_when_half_of_the_words_are():
    """Annotators cut a charge at different places."""
    assert same_wording("organizing an unlawful rally", "organizing a rally")
    assert not same_wording("organizing an unlawful rally", "contempt of court")
    assert not same_wording("", "contempt of court")


def test_values_are_what_is_compared():
    """Of a place the most specific name, of a penalty all but the wording, of a number its bounds; a status always."""
    one = claim(
        place=["Cell 4", "Harbor"], count={"min": 24, "approx": True}, penalties=[{"kind": "fine", "detail": "$9"}]
    )
    assert values_of(one, "place") == ["Cell 4"]
    assert values_of(one, "count") == [(24, None)]
    assert values_of(one, "penalties") == [("fine", None, None, None)]
    assert values_of(one, "status") == ["happened"]
    assert values_of(one, "speaker") == values_of(one, "targets") == []


def test_each_value_is_matched_once():
    """One name on the other side does not answer for two here."""
    gold = claim(targets=["Ana Brusk", "Emre Brusk"])
    assert shared("targets", gold, claim(targets=["Brusk"])) == 1
    assert not agrees("targets", gold, claim(targets=["Brusk"]))
    assert agrees("targets", gold, claim(targets=["Emre Brusk", "Ana Brusk"]))


def test_a_fine_of_another_amount_is_another_penalty():
    """The amounts of "300 and 200 euros, respectively" must not be taken for each other."""
    one, other = (claim(penalties=[{"kind": "fine", "amount": n, "currency": "EUR"}]) for n in (300, 200))
    assert shared("penalties", one, other) == 0


words = st.text("abcdé '-", max_size=12)
claims = st.builds(
    Claim,
    document=st.just("d"), source=st.just("s"), start=st.just(0), end=st.just(0), quote=words, type=st.just("sentence"),
    reader=st.just("r"), targets=st.lists(words, max_size=3).map(tuple),
    date=st.none() | words, charge=st.none() | words,
    status=st.sampled_from(Status), count=st.none() | st.builds(Count, min=st.none() | st.integers(0, 3)),
    penalties=st.lists(st.builds(Penalty, kind=st.sampled_from(["fine", "other"])), max_size=2).map(tuple),
)  # fmt: skip


@given(claims, claims)
def test_shared_values_never_exceed_either_side(a, b):
    """A field cannot have more hits than values, which keeps precision and recall at most 1."""
    for field in FIELDS:
        assert shared(field, a, b) <= min(len(values_of(a, field)), len(values_of(b, field)))


@given(claims)
def test_a_claim_agrees_with_itself(one):
    """Gold against itself must be perfect in every field but a charge without words."""
    for field in FIELDS:
        if field != "charge":
            assert agrees(field, one, one)
