"""Who is named in a story: forms under one name, kin kept apart, ties that resolve "her husband"."""

from __future__ import annotations

import pytest

from khronika.read.cast import Cast, clean_name
from tests.read.conftest import of, story


@pytest.fixture
def cast(reader):
    """A function: text → its cast."""
    return lambda text: Cast(reader.pipeline.parse(text))


def test_surname_and_full_name_are_one_person(cast):
    """The fullest form is the name; the others are its forms."""
    people = cast("Aset Kairov was arrested. Kairov denied it. Mr. Kairov is a teacher.").people
    assert [(p.name, set(p.forms)) for p in people] == [("Aset Kairov", {"Aset Kairov", "Kairov"})]


def test_two_of_one_surname_stay_two(cast):
    """Two full names of one surname are two people."""
    people = cast("Aset Kairov was arrested. His brother Timur Kairov was freed.").people
    assert [p.name for p in people] == ["Aset Kairov", "Timur Kairov"]


def test_an_acronym_in_brackets_is_the_same_body(cast):
    """ "Name of Body (NOB)": one organization with two forms."""
    groups = cast("The Democratic Front of Tarland (DFT) was banned. The DFT has appealed.").groups
    assert any({"Democratic Front of Tarland", "DFT"} <= set(g.forms) for g in groups)


def test_her_husband(claims):
    """A tie stated anywhere in the story resolves the description."""
    text = "Dana Sultan said officers took her husband away.\n\nTimur Askarov, Sultan's husband, is a poet."
    assert of(claims(text), "detention")[0].targets == ("Timur Askarov",)


def test_relations_are_reported(reader):
    """Codebook rule 7: stated family ties are relations."""
    reading = reader.read(story("His wife, Dana Sultan, spoke. Timur Askarov, Sultan's husband, is a poet."))
    assert ("Timur Askarov", "spouse", "Dana Sultan") in {(r.a, r.kind, r.b) for r in reading.relations}


@pytest.mark.parametrize(("raw", "clean"), [("the Front", "Front"), ("Kairov’s", "Kairov"), ("“Kairov,”", "Kairov")])
def test_names_lose_what_news_puts_around_them(raw, clean):
    """Article, possessive, quotation marks."""
    assert clean_name(raw) == clean
