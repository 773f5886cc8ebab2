"""What is put together and held apart never contradicts itself, whatever was said in which order."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from khronika.facts.placing import Placing, changed, opposed

KEYS = "abcdef"
STEPS = st.lists(
    st.tuples(st.booleans(), st.sets(st.sampled_from(KEYS), min_size=1), st.sets(st.sampled_from(KEYS), min_size=1)),
    max_size=8,
)


def told(steps):
    """All steps in order."""
    placing: Placing[str] = Placing()
    for number, (join, a, b) in enumerate(steps, 1):
        if join:
            placing.join(a | b)
        else:
            placing.part(number, a, b)
    return placing


@given(STEPS)
def test_no_one_is_held_apart_from_itself(steps) -> None:
    """Nobody stands on both sides of one decision, alone or by those put together with it."""
    placing = told(steps)
    for key in placing:
        marks = placing.marks(key)
        assert not opposed(marks.sides, marks.sides)
        for other in placing.together(key):
            assert placing.marks(other) == marks


@given(STEPS)
def test_the_last_word_holds(steps) -> None:
    """What was joined last is together, what was parted last is apart."""
    if not steps:
        return
    placing = told(steps)
    join, a, b = steps[-1]
    if join:
        assert len({placing.marks(key).one for key in a | b}) == 1
    else:
        assert all(opposed(placing.marks(x).sides, placing.marks(y).sides) for x in a for y in b - a)


@given(STEPS)
def test_what_changed_is_found(steps) -> None:
    """Between two states, exactly those whose marks differ."""
    before, after = told(steps[:-1]), told(steps)
    found = changed(before, after)
    assert found == {key for key in KEYS if before.marks(key) != after.marks(key)}
    assert not changed(after, told(steps))


def test_renaming_keeps_what_was_said() -> None:
    """A claim that another reading gave another id stays where it was put."""
    placing: Placing[str] = Placing()
    placing.join("ab")
    placing.part(2, "a", "c")
    now = placing.renamed({"a": "x"})
    assert now.together("b") == {"x", "b"}
    assert opposed(now.marks("x").sides, now.marks("c").sides)
    assert placing.renamed({}) is placing
