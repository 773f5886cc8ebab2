"""A happening in the making, kept as text."""

from khronika.facts.claims import Count, Penalty
from khronika.link.happenings import happening_from_text, happening_to_text
from khronika.link.tellings import Story, tell

from .conftest import WHO, make_claim


def test_a_happening_survives_being_written():
    """What linking keeps of a document comes back as it was, whatever fields it has."""
    claim = make_claim(
        "a", "sentence", [WHO], date="2030-05", place=("Oral", "Kazakhstan"), actors=["Oral court"], group="two men",
        penalties=(Penalty("fine", None, 300.0, "KZT"), Penalty("imprisonment", "P2Y")), charge="inciting hatred",
        count=Count(2, 2), subtype="reduced",
    )  # fmt: skip
    (told,) = tell(Story("a", "2030-06-01", "a"), [claim], {("a", WHO): "p1"})
    text = happening_to_text(told)
    assert happening_from_text(text) == told
    assert happening_to_text(happening_from_text(text)) == text
