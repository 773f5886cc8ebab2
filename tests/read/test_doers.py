"""Who did it, where the word's own subject, "by" and possessor do not say."""

import pytest

from tests.read.conftest import of


@pytest.mark.parametrize(
    ("text", "kind", "doer"),
    [
        ("Peter Hale was shot dead in an attack by masked gunmen.", "death", "masked gunmen"),
        ("Peter Hale died at the hands of prison guards on Monday.", "death", "prison guards"),
        ("Two brothers were shot by police and a third arrested on Monday.", "detention", "police"),
        ("The office was raided by police while editor Peter Hale was arrested.", "detention", "police"),
        ("Police killings of young men have shaken the town.", "death", "Police"),
        ("A video shows soldiers beating a protester.", "ill_treatment", "soldiers"),
    ],
)
def test_the_doer_is_found_around_the_word(claims, text, kind, doer):
    """The incident's "by", "at the hands of", the passive joined to, a compound and the one filmed name the doer."""
    assert doer in {a for c in of(claims(text), kind) for a in c.actors}


@pytest.mark.parametrize(
    "text",
    [
        "Peter Hale was arrested while police searched for his brother.",
        "The forced labor of prisoners goes on.",
        "Security arrests of students rose last year.",
    ],
)
def test_a_word_before_the_noun_or_another_clause_is_no_doer(claims, text):
    """A participle or "security" before a noun, and the subject of another clause, did not do it."""
    for claim in claims(text):
        if claim.type in {"detention", "ill_treatment"}:
            assert not claim.actors


@pytest.mark.parametrize(
    ("text", "doer"),
    [
        ("Marches were held in two towns, with residents demanding clean water.", "residents"),
        ("Soldiers broke up a picket by several teachers.", "several teachers"),
        ("Police blamed the demonstrators for fires lit during the march.", "demonstrators"),
    ],
)
def test_protesters_are_found_in_the_sentence(claims, text, doer):
    """Who demands, pickets, or is called a demonstrator is who protests."""
    assert any(doer in a for c in of(claims(text), "protest") for a in c.actors)


def test_people_on_their_way_to_a_rally_make_no_rally(claims):
    """Naming demonstrators does not turn a rally that nobody reached into one."""
    assert not of(claims("Ten protesters were arrested as they walked to the rally."), "protest")
