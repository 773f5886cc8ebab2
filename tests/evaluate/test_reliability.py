"""The reliability table: what is stated against what is right."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from khronika.evaluate.reliability import reliability

STATED = st.tuples(st.floats(0, 1), st.booleans())


def test_a_table_of_two_bins():
    """Four claims said to be 90 % sure of which three are right, one at 15 % that is wrong; one says nothing."""
    found = reliability([(0.9, True)] * 3 + [(0.9, False), (0.15, False), (None, True)])
    assert [(b.low, b.claims, b.stated, b.right) for b in found.bins] == [
        (0.1, 1, pytest.approx(0.15), 0),
        (0.9, 4, pytest.approx(0.9), 0.75),
    ]
    assert found.error == pytest.approx((0.15 + 4 * 0.15) / 5)
    assert found.brier == pytest.approx((3 * 0.01 + 0.81 + 0.0225) / 5)
    assert found.unstated == 1
    assert found.to_json()["expected_calibration_error"] == 0.15


def test_no_confidence_no_table():
    """A reader that states none is not called badly calibrated."""
    assert reliability([(None, True)]) is None
    assert reliability([]) is None


@given(st.lists(STATED, min_size=1))
def test_every_claim_is_in_one_bin(claims):
    """The law: the bins hold all claims, what they state lies within them, and no error is beyond 1."""
    found = reliability(claims)
    assert sum(b.claims for b in found.bins) == len(claims)
    assert all(b.low - 1e-9 <= b.stated <= b.high + 1e-9 and 0 <= b.right <= 1 for b in found.bins)
    assert 0 <= found.error <= 1
    assert 0 <= found.brier <= 1


@given(st.lists(st.booleans(), min_size=1, max_size=30))
def test_what_states_its_own_share_is_calibrated(right):
    """The law: a reader that states exactly the share that is right has no calibration error."""
    share = sum(right) / len(right)
    assert reliability([(share, r) for r in right]).error == pytest.approx(0, abs=1e-9)
