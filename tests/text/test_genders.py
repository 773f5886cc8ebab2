"""The gender that a name tells: title, given name, ending; nothing where it does not tell."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from khronika.errors import LexiconError
from khronika.text.genders import gender_of, given_genders, load_given_genders


@pytest.mark.parametrize(
    ("name", "gender"),
    [
        ("Mary Poole", "f"),
        ("Mehmet Demir", "m"),
        ("Fatima Zahra", "f"),
        ("Ms. Robin Poole", "f"),
        ("Sheikh Noor Ali", "m"),
        ("Aaq Orlova", "f"),
        ("Aaq Seitov", "m"),
        ("Jean-Claude Petit", "m"),
        ("Robin Poole", ""),
        ("Kim Jong Ok", ""),
        ("Rosa Villanueva", "f"),
        ("Aaq Villanueva", ""),
        ("Lev", ""),
        ("", ""),
        ("...", ""),
    ],
)
def test_what_a_name_tells(name, gender):
    """A title first, then the given name, then the family name's ending; names of both genders tell nothing."""
    assert gender_of(name) == gender


@pytest.mark.parametrize("text", ["x\tAda\ten", "f\tAda", "f\t\ten", "f\tAda\ten\nm\tAda\ten"])
def test_a_bad_row_stops_the_start(text):
    """An unknown gender, a missing column, a name under both genders: an error with the line."""
    with pytest.raises(LexiconError):
        load_given_genders(text)


def test_the_packaged_table_is_read_once_and_holds_both():
    """The bundled table loads, without a name under both genders."""
    assert {given_genders()["anna"], given_genders()["john"]} == {"f", "m"}
    assert given_genders() is given_genders()


@given(st.text(max_size=300))
def test_any_text_has_an_answer(text):
    """Bad input never fails."""
    assert gender_of(text) in {"f", "m", ""}
