"""The measurement of many people deciding at once, in small: its laws hold, its bars can be missed."""

from __future__ import annotations

from bench.deciding import SLOWEST, Outcome, run


def test_nothing_is_lost_among_several_editors(tmp_path):
    """Three processes decide while a fourth reads and links: what was acknowledged is there, nothing was refused."""
    found = run(tmp_path, editors=3, edits=15, stories=4)
    assert found.acknowledged == found.kept == 15
    assert not found.refused and found.same


def test_each_bar_can_be_missed():
    """A lost decision, a refusal, a derivation that differs, a slow one: each is told."""
    good = {"acknowledged": 5, "kept": 5, "conflicts": 1, "refused": 0, "seconds": (0.1,), "same": True}
    assert Outcome(**good).misses() == []
    for change in ({"kept": 4}, {"refused": 1}, {"same": False}, {"seconds": (2 * SLOWEST,)}):
        assert len(Outcome(**good | change).misses()) == 1
