"""Datelines as news is written in English about any country, and openings that are none."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from khronika.capture.dateline import find_dateline

AFTER = "Police in the capital detained three teachers, their lawyer said on Monday."


@pytest.mark.parametrize(
    ("opening", "place", "agency", "date"),
    [
        ("TARSK, Morvania — ", "TARSK, Morvania", None, None),
        ("TARSK, Morvania -- ", "TARSK, Morvania", None, None),
        ("PORT-BELGOR – ", "PORT-BELGOR", None, None),
        ("SAINT ODA, Morvania - ", "SAINT ODA, Morvania", None, None),
        ("TARSK (MNA) — ", "TARSK", "MNA", None),
        ("Tarsk (Reuters) - ", "Tarsk", "Reuters", None),
        ("(Reuters) - ", None, "Reuters", None),
        ("Tarsk [Morvania], July 3 (ANI): ", "Tarsk [Morvania]", "ANI", None),
        ("New Belgor, March 4: ", "New Belgor", None, None),
        ("TARSK, 4 March 2031 — ", "TARSK", None, "2031-03-04"),
        ("TARSK, March 4, 2031 (AFP) — ", "TARSK", "AFP", "2031-03-04"),
        ("Port of Belgor — ", "Port of Belgor", None, None),
        ("New Belgor: ", "New Belgor", None, None),
        ("ÖSTERVIK, Morvania — ", "ÖSTERVIK, Morvania", None, None),
    ],
)
def test_datelines(opening, place, agency, date):
    found = find_dateline(opening + AFTER)
    assert found and (found.place, found.agency, found.date) == (place, agency, date)
    assert found.end == len(opening)


@pytest.mark.parametrize(
    "text",
    [
        "Analysis: Police in the capital detained three teachers on Monday.",
        "UPDATE — Police in the capital detained three teachers on Monday.",
        "The teachers — Three of them women — were held.",
        "Ana Kovac — who was held for 15 days — has left the country.",
        "Police detained three teachers: Ana Kovac, Ivo Marek and Petra Lind.",
        "He said: They took my brother.",
        "WHO IS HELD? — Three teachers.",
        "Goalkeepers (NR): Ivo Marek made seven saves in Belgor.",
        "VISIT the Morvanian fair, Oct. 11–21, in Tarsk this year.",
        "",
        "—",
    ],
)
def test_openings_that_are_no_datelines(text):
    assert find_dateline(text) is None


def test_inside_a_story_only_the_unmistakable_counts():
    """ "Harbor City: …" in the middle of a story may be a speaker or a list."""
    assert find_dateline("New Belgor: " + AFTER, opening=False) is None
    assert find_dateline("TARSK — " + AFTER, opening=False)


@given(st.text(max_size=300))
def test_the_dateline_lies_inside_the_paragraph(text):
    found = find_dateline(text)
    assert found is None or 0 < found.end <= len(text)
