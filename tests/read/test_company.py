"""Who "the two men", "both", "they" are, and whom a thing befell together with another."""

import pytest

from khronika.read.cast import Cast
from khronika.read.company import Company, Crowd, Memory
from tests.read.conftest import of

PAIR = "Two men, Peter Hale and John Reed, were arrested in May. "


@pytest.mark.parametrize("words", ["The two men were", "Both men were", "The pair were", "The men were", "Both were"])
def test_a_pair_taken_up_again_is_the_two_people_named_before(claims, words):
    """A definite pair means the last two people named together."""
    (release,) = of(claims(f"{PAIR}{words} released on Monday."), "release")
    assert set(release.targets) == {"Peter Hale", "John Reed"}


@pytest.mark.parametrize("words", ["Two other men were", "The two men who attacked them were", "The two groups were"])
def test_other_people_are_not_the_pair(claims, words):
    """ "Two other", and a pair that a clause describes anew, are others; two groups are not two people."""
    for release in of(claims(f"{PAIR}{words} released on Monday."), "release"):
        assert not release.targets


def test_they_are_the_people_named_first_in_the_last_sentence(claims):
    """A plural pronoun takes up a list of names."""
    (beating,) = of(claims(f"{PAIR}They were beaten by guards."), "ill_treatment")
    assert set(beating.targets) == {"Peter Hale", "John Reed"}


def test_they_who_did_it_are_the_group_described_before(claims):
    """A plural pronoun in the agent's place takes up the described group, as written."""
    (arrest,) = of(claims("Security officers came to the flat at dawn. They arrested Peter Hale."), "detention")
    assert arrest.actors == ("Security officers",)


@pytest.mark.parametrize(
    "text",
    [
        "Together with his brother Peter Hale, John Reed was arrested on Monday.",
        "John Reed was arrested along with Peter Hale on Monday.",
        "John Reed, alongside Peter Hale, was arrested on Monday.",
    ],
)
def test_whoever_is_held_together_with_someone_is_held(claims, text):
    """A comitative names a further target where it is a person."""
    (arrest,) = of(claims(text), "detention")
    assert set(arrest.targets) == {"Peter Hale", "John Reed"}


def test_a_group_that_includes_someone_names_them_and_keeps_its_count(claims):
    """ "Dozens …, including X": X is a target beside the described group."""
    (arrest,) = of(claims("Dozens of people were arrested, including the lawyer Ana Cruz."), "detention")
    assert arrest.targets == ("Ana Cruz",)
    assert arrest.count is not None and arrest.count.min == 24


def test_a_group_is_named_by_who_it_was_identified_as(claims):
    """ "The three were identified as A, B and C": they are the three."""
    text = "The three arrested reporters were identified as Asif Khan, Imran Malik and Saba Gul."
    (arrest,) = of(claims(text), "detention")
    assert arrest.targets == ("Asif Khan", "Imran Malik", "Saba Gul")


def test_nobody_is_what_they_did_to_another(claims):
    """ "Roe shot Poe, killing him": an object pronoun is not the subject of its own verb."""
    (death,) = of(claims("Adam Roe shot Peter Poe twice in the head, killing him."), "death")
    assert death.targets == ("Peter Poe",)


def test_the_owner_of_an_arrest_of_someone_made_it(claims):
    """ "Ruritania's arrest of X": the possessor is the actor once the target stands behind "of"."""
    (arrest,) = of(claims("Brazil's arrest of the activist Ana Cruz was condemned."), "detention")
    assert (arrest.targets, arrest.actors) == (("Ana Cruz",), ("Brazil",))


def test_memory_keeps_lists_and_crowds_apart(reader):
    """A list of names needs "and"; nouns in front of it belong to it; a verb between names breaks it."""
    parse = reader.pipeline.parse("Activists Ana Cruz, 40, and Luis Vega told Peter Hale that officers came.")
    memory = Memory(Cast(parse))
    memory.enter(0, len(parse.tokens))
    lists = [[p.name for p in one.people] for one in memory.seen if isinstance(one, Company)]
    assert lists == [["Ana Cruz", "Luis Vega"]]
    assert [one.lemma for one in memory.seen if isinstance(one, Crowd)] == ["officer"]


@pytest.mark.parametrize("text", ["", "and", "They.", "Both and both and both", "A and B and and , , and C"])
def test_bad_text_is_read_to_the_end(claims, text):
    """Nothing to refer to is no error."""
    assert claims(text) == []
