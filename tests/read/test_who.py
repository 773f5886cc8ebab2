"""From a noun in a role to who it is, how many, and how sure that is."""

import pytest

from khronika.read.cast import Cast
from khronika.read.counts import count_of
from khronika.read.syntax import Tree
from khronika.read.who import SURE, Resolver
from tests.read.conftest import of


def test_each_way_to_a_name_has_its_score(reader):
    """A name is surer than a pronoun, a pronoun surer than a name lent from elsewhere in the story."""
    parse = reader.pipeline.parse("Ana Cruz came home. Police detained her.")
    resolver = Resolver(Cast(parse), count_of)
    for sentence in parse.sentences:
        resolver.enter(sentence.first, sentence.last)
        tree = Tree(parse, sentence)
        found = [resolver.resolve(tree, i) for i in tree if tree.lower(i) in {"ana", "her"}]
        assert [w.names for w in found] == [("Ana Cruz",)]
        assert found[0].sure == SURE["pronoun" if tree.lower(found[0].head) == "her" else "name"]
        resolver.leave()
    assert SURE["name"] > SURE["pronoun"] > SURE["elsewhere"]


@pytest.mark.parametrize(
    "sentence",
    [
        "Police raided the office of the news website Orda Times.",
        "Police searched the offices of Orda Times.",
        "The paper Orda Times closed. Police seized its computers.",
    ],
)
def test_what_is_searched_is_its_owner_s(claims, sentence):
    """The target of a search is whose office, flat or computers they are."""
    assert [c.targets for c in of(claims(sentence), "search")] == [("Orda Times",)]


@pytest.mark.parametrize(
    ("sentence", "kind"),
    [("Ruritania charges Karimov critic with theft", "charge"), ("A Karimov critic was arrested.", "detention")],
)
def test_a_critic_is_not_whom_he_criticizes(claims, sentence, kind):
    """A name before a human noun says whose critic, aide or ally it is."""
    assert not any("Karimov" in n for c in of(claims(sentence), kind) for n in c.targets)


def test_an_unnamed_single_person_counts_one(claims):
    """ "A teacher" is one where the story names nobody whom it befell; a named one is counted nowhere."""
    assert of(claims("Police arrested a teacher on Monday."), "detention")[0].count.min == 1
    named = claims("Police arrested a teacher on Monday. Ana Cruz was arrested at her school on Monday.")
    assert all(c.count is None for c in of(named, "detention"))


def test_several_is_no_count_of_what_recurs(claims):
    """Codebook rule 17: "several" of one event is at least two; of what went on over months it is no count."""
    assert of(claims("Several activists were arrested on Monday."), "detention")[0].count.min == 2
    assert of(claims("Several activists have been arrested in recent months."), "detention")[0].count is None
