"""The figures, against counts worked out by hand."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from khronika.evaluate.figures import Cubed, Score, pairwise, people


def test_precision_recall_and_f1():
    """3 of 4 said are right, 3 of 6 are found: 0.75, 0.5, and 0.6 between them."""
    score = Score(3, system=4, gold=6)
    assert (score.precision, score.recall, score.f1) == pytest.approx((0.75, 0.5, 0.6))
    assert score.to_json() == {"p": 0.75, "r": 0.5, "f1": 0.6, "gold": 6, "system": 4}


@pytest.mark.parametrize(
    ("score", "precision", "recall", "f1"),
    [(Score(0, 0, 0), 1, 1, 1), (Score(0, 0, 5), 0, 0, 0), (Score(0, 5, 0), 0, 1, 0), (Score(0, 2, 2), 0, 0, 0)],
)
def test_nothing_on_a_side(score, precision, recall, f1):
    """Silence is right where there is nothing to say and wrong where there is; words about nothing are wrong."""
    assert (score.precision, score.recall, score.f1) == (precision, recall, f1)


def test_events_are_scored_over_pairs_of_claims():
    """Gold {a b c} {d}; the system {a b} {c d}: of two pairs one is right, of three one is found."""
    score = pairwise([(1, "x"), (1, "x"), (1, "y"), (2, "y")])
    assert (score.hits, score.system, score.gold) == (1, 2, 3)


def test_two_people_melted_into_one_cost_precision():
    """Two brothers taken for one man: every form is found, none is missing from its person, half is not theirs."""
    gold = [("Ana Brusk",), ("Emre Brusk",)]
    found, cubed = people(gold, [("Ana Brusk", "EMRE BRUSK")])
    assert (found.precision, found.recall) == (1, 1)
    assert (cubed.precision, cubed.recall) == (0.5, 1)


def test_one_person_split_in_two_costs_recall():
    """Two romanizations that were not put together."""
    found, cubed = people(
        [("Qorkut Baidalin", "Korkut Baidalin")], [("Qorkut Baidalin",), ("Korkut Baidalin",), ("Guards",)]
    )
    assert found == Score(2, 3, 2)
    assert cubed == Cubed(1, 0.5)
    assert cubed.to_json() == {"p": 1, "r": 0.5, "f1": 0.667}


def test_no_common_form_is_nothing():
    """No division by zero where not one name was found."""
    assert people([("Ana Brusk",)], [])[1] == Cubed(0, 0)


@given(st.lists(st.tuples(st.integers(0, 3), st.integers(0, 3)), max_size=12))
def test_pairwise_is_between_nothing_and_all(items):
    """And swapping the sides swaps precision and recall."""
    score, swapped = pairwise(items), pairwise([(b, a) for a, b in items])
    assert 0 <= score.hits <= min(score.gold, score.system)
    assert (score.gold, score.system) == (swapped.system, swapped.gold)


@given(st.lists(st.lists(st.sampled_from("abcdefgh"), min_size=1, max_size=3).map(tuple), max_size=5))
def test_people_against_themselves_are_perfect(persons):
    """Whoever shares a form with whom."""
    found, cubed = people(persons, persons)
    assert found.hits == found.gold == found.system
    assert not persons or (cubed.precision, cubed.recall) == pytest.approx((1, 1))
