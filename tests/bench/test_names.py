"""The pairs that the bench of names asks about, and how answers are counted."""

from bench.names import Pair, across, answers, best_threshold, made_alike, report


def test_pairs_across_groups():
    """Names that true pairs tie together are one group; a shared word leaves the truth open."""
    known = [
        Pair("Karl Weber", "Carl Weber", True, "labelled"),
        Pair("Omar Salih", "Umar Salih", True, "labelled"),
        Pair("Otto Weber", "Jana Novik", False, "labelled"),
    ]
    found = {frozenset((pair.a, pair.b)) for pair in across(known)}
    assert frozenset(("Karl Weber", "Omar Salih")) in found
    assert frozenset(("Karl Weber", "Carl Weber")) not in found
    assert frozenset(("Karl Weber", "Otto Weber")) not in found


def test_made_pairs_differ_in_one_word_only():
    """One man's given name with two surnames that begin alike, or the other way about; never two spellings."""
    pool = [Pair("Karl Weber", "Jana Wolkowa", False, "story"), Pair("Klement Novik", "Jana Webber", False, "story")]
    made = {(pair.a, pair.b) for pair in made_alike(pool)}
    assert ("Karl Weber", "Karl Wolkowa") in made and ("Karl Weber", "Klement Weber") in made
    assert ("Karl Weber", "Karl Webber") not in made


def test_counting():
    """F1 is that of the labelled pairs; false matches are counted by where the pair is from. With one of two found
    beside a false one F1 is 0.5, with both it is 0.8: the lower threshold is the better."""
    scores = [
        (Pair("a", "b", True, "labelled"), 0.9),
        (Pair("c", "d", True, "labelled"), 0.2),
        (Pair("e", "f", False, "labelled"), 0.8),
        (Pair("g", "h", False, "near"), 0.95),
    ]
    counted = answers(scores, 0.75)
    assert (counted.f1, counted.labelled_false, counted.all_false) == (0.5, 1, 1)
    assert best_threshold(scores) == 0.2


def test_the_set_may_be_absent(monkeypatch, tmp_path):
    """Without the companion folder it says so and judges nothing."""
    monkeypatch.setattr("bench.names.PAIRS", tmp_path / "none.csv")
    lines, below = report()
    assert "skipped" in lines[0] and not below
