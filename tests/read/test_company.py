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


@pytest.mark.parametrize(
    "text",
    [
        "Police arrested seven activists, including Ana Cruz, Luis Vega, 40, a member of the union, and Rosa Diaz.",
        "Among those arrested were Ana Cruz, 61, a paralegal; Luis Vega, vice president of the union; and Rosa Diaz.",
        "Police arrested three activists, namely Ana Cruz, Luis Vega and Rosa Diaz.",
    ],
)
def test_a_long_list_is_held_together(claims, text):
    """All who are listed are targets, whatever stands between their names."""
    (arrest,) = of(claims(text), "detention")
    assert set(arrest.targets) == {"Ana Cruz", "Luis Vega", "Rosa Diaz"}


def test_a_list_ends_where_another_clause_begins(claims):
    """Who says something is not one of the arrested before "and"."""
    (arrest,) = of(
        claims("Police arrested Ana Cruz on Monday, and Luis Vega said that they had no warrant."), "detention"
    )
    assert arrest.targets == ("Ana Cruz",)


def test_who_was_identified_afterwards_is_named(claims):
    """A sentence that only says who somebody is names those told of just before, if they are so many."""
    text = "Three men were killed on Monday. Police identified the victims as Musa Bello, Femi Ade and John Obi."
    assert of(claims(text), "death")[0].targets == ("Musa Bello", "Femi Ade", "John Obi")
    text = "Four men were killed on Monday. Police identified the victims as Musa Bello, Femi Ade and John Obi."
    assert of(claims(text), "death")[0].targets == ()


@pytest.mark.parametrize(
    ("text", "low"),
    [
        ("The unrest began after 14 were arrested on Monday.", 14),
        ("The department made 14 arrests on Monday.", 14),
        ("Two smugglers were shot by border guards and nine taken into custody.", 9),
    ],
)
def test_bare_numbers_count_people(claims, text, low):
    """A number alone before a passive, and a number of arrests, count who was held."""
    (arrest,) = of(claims(text), "detention")
    assert arrest.count is not None and arrest.count.min == low


def test_one_verdict_has_one_court(claims):
    """The court that found him guilty is the court that sentenced him, in one sentence."""
    text = "Temir Orlov was jailed for three years after a court in Porto found him guilty of fraud."
    assert of(claims(text), "sentence")[0].actors == of(claims(text), "conviction")[0].actors == ("court in Porto",)


def test_a_court_before_its_date_is_the_subject(claims):
    """ "The tribunal on May 3 convicted X … and sentenced him": the court did both."""
    text = 'The Northern Garrison Court on May 3 convicted Temir Orlov of "theft" and jailed him for ten days.'
    for kind in ("conviction", "sentence"):
        (claim,) = of(claims(text), kind)
        assert (claim.targets, claim.actors) == (("Temir Orlov",), ("Northern Garrison Court",))


def test_the_two_nationals_are_the_pair_named_before(claims):
    """A people's name in the plural takes up those named together, as "the two men" does."""
    (release,) = of(claims(f"{PAIR}The two Canadians were released on Monday."), "release")
    assert set(release.targets) == {"Peter Hale", "John Reed"}


def test_a_list_that_goes_on_with_others_names_all_it_names(claims):
    """ "X, the singer Y and several others": both are named."""
    text = "Soldiers detained Peter Hale, folk singer John Reed and several others."
    names = {t for c in of(claims(text), "detention") for t in c.targets}
    assert names == {"Peter Hale", "John Reed"}


def test_the_journalists_are_the_one_list_of_the_story(claims):
    """In a story of one list of people, counted by that noun before, "the journalists" reach far back."""
    text = (
        "Two journalists for the station Zarya -- Dana Sultan, 27, and Mira Alim, 23, -- were detained in November.\n\n"
        "The trial drew crowds.\n\nThe judge was late.\n\nRain fell.\n\nThe union demanded the journalists be released."
    )
    (release,) = of(claims(text), "release")
    assert set(release.targets) == {"Dana Sultan", "Mira Alim"}


def test_a_clause_between_dashes_does_not_describe_others(claims):
    """ "The women -- who smiled -- were charged" are the two named before."""
    text = "Dana Sultan and Mira Alim were detained. The women -- who smiled as they sat -- were charged with theft."
    (charge,) = of(claims(text), "charge")
    assert set(charge.targets) == {"Dana Sultan", "Mira Alim"}


def test_each_is_everyone_of_the_list(claims):
    """A floating "each" adds nobody."""
    text = "Tarsk resident Dana Sultan, 36, and Lyon resident Mira Alim, 27, are each facing charges of theft."
    (charge,) = of(claims(text), "charge")
    assert set(charge.targets) == {"Dana Sultan", "Mira Alim"}


def test_a_call_is_put_to_those_in_power_as_described(claims):
    """A described body is the target of a call by its own words."""
    found = of(claims("The union called on the police to free the editor."), "call")
    assert [c.targets for c in found] == [("police",)]


def test_initials_are_the_body_s(claims):
    """ "OHCHR" is the end of the full name's first letters; "US" is no square."""
    text = (
        "The United Nations Office of the High Commissioner for Human Rights urged Norway to free Dana Sultan.\n\n"
        "The OHCHR urged Norway to free Mira Alim."
    )
    assert {a for c in of(claims(text), "call") for a in c.actors} == {
        "United Nations Office of the High Commissioner for Human Rights"
    }
