"""The custody quiz is put as asked and told wrong answer by wrong answer."""

from khronika.evaluate.quiz import put
from khronika.evaluate.sides import Question

HELD = Question("Ilse Maronkin", "2025-03-08", ("detained", "imprisoned"), True)
BEFORE = Question("Ilse Maronkin", "2025-03-08", ("free", "unknown"), False, known="2025-01-01")


def test_the_known_day_is_handed_over():
    """The same day asked with and without `known` may have two answers."""
    asked = []

    def ask(person, on, known):
        asked.append((person, on, known))
        return ("free", False) if known else ("imprisoned", True)

    result = put([HELD, BEFORE], ask)
    assert asked == [("Ilse Maronkin", "2025-03-08", None), ("Ilse Maronkin", "2025-03-08", "2025-01-01")]
    assert (result.asked, result.right, result.held_right, result.wrong) == (2, 2, 2, ())


def test_a_wrong_answer_is_told():
    """So that a reader of the figures sees which person on which day."""
    result = put([HELD], lambda *_: ("free", False))
    assert (result.right, result.held_right) == (0, 0)
    (wrong,) = result.to_json()["wrong"]
    assert (wrong["person"], wrong["on"], wrong["answered"]) == ("Ilse Maronkin", "2025-03-08", "free")


def test_somebody_unknown_is_wrong_but_not_held():
    """A record without the person answers no state; that nobody was held is still right where nobody was."""
    result = put([HELD, BEFORE], lambda *_: None)
    assert (result.right, result.held_right) == (0, 1)
    assert [miss.answered for miss in result.wrong] == [None, None]


def test_no_question_no_result():
    """An empty quiz is an empty result, not a division by zero."""
    assert put([], lambda *_: None).to_json() == {"asked": 0, "right": 0, "held_right": 0, "wrong": []}
