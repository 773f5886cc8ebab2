"""Which names are one organization."""

import pytest

from khronika.errors import LexiconError
from khronika.facts.claims import Relation
from khronika.link.organizations import is_common, link_wordings, load_words, organization_key, words_of

from .conftest import make_mention


def groups(*mentions, relations=(), homes=None):
    """Sets of (document, name) that became one organization."""
    marked = [make_mention(d, name, *forms, label="organization") for d, name, *forms in mentions]
    worded = words_of(marked, relations, homes or {})
    owner = link_wordings(worded.values())
    by = {}
    for m in marked:
        by.setdefault(owner[worded[m]], set()).add((m.document, m.name))
    return sorted(map(sorted, by.values()))


@pytest.mark.parametrize(
    ("a", "b"),
    [
        ("The Free Rivers Union", "free rivers union"),
        ("Free Rivers Union (FRU)", "Free Rivers Union"),
        ("Rivers Defence League", "Rivers Defense League"),
    ],
)
def test_one_key(a, b):
    """ "The", case, a bracketed abbreviation and American spelling do not matter."""
    assert organization_key(a) == organization_key(b)


def test_an_abbreviation_stands_for_the_one_name_given_with_it():
    """Once a document gives both, the letters alone are known elsewhere; not if two bodies claim them."""
    known = ("a", "Free Rivers Union", "FRU")
    assert len(groups(known, ("b", "FRU"))) == 1
    assert len(groups(("a", "Free Rivers Union (FRU)"), ("b", "FRU"))) == 1
    assert len(groups(known, ("b", "FRU"), ("c", "Forest Rangers United", "FRU"))) == 3
    assert len(groups(("a", "Free Rivers Union"), ("b", "FRU"))) == 2


def test_initials_fit_where_the_stories_are_set():
    """Letters alone stand for the one full name with these initials in stories of the same country; not for one abroad,
    nor where two fit."""
    homes = {"a": "sudan", "b": "sudan", "c": "peru", "d": "sudan"}
    full, short = ("a", "Free Rivers Union of Aweil"), ("b", "FRUA")
    assert len(groups(full, short, homes=homes)) == 1
    assert len(groups(("a", "Free Rivers Union of Aweil"), ("b", "FRUOA"), homes=homes)) == 1
    assert len(groups(full, ("c", "FRUA"), homes=homes)) == 2
    assert len(groups(full, short, ("d", "Forest Rangers United Association"), homes=homes)) == 3
    assert len(groups(("a", "Free Rivers Union"), ("a", "FRU"))) == 1


def test_a_translation_in_brackets_is_a_name():
    """ "Qyzyl Tan (Red Dawn)" is known as both; a country or one word in brackets is no name."""
    known = ("a", "Qyzyl Tan (Red Dawn)")
    assert len(groups(known, ("b", "Red Dawn"), ("c", "Qyzyl Tan"))) == 1
    assert len(groups(("a", "Green Party (Peru)"), ("b", "Peru"))) == 2
    assert len(groups(("a", "Green Party (opposition)"), ("b", "Opposition"))) == 2


def test_bodies_known_all_over_the_world():
    """Their letters stand for them anywhere."""
    assert len(groups(("a", "RFE/RL"), ("b", "Radio Free Europe/Radio Liberty"), ("c", "Radio Liberty"))) == 1
    assert len(groups(("a", "UN"), ("b", "The United Nations"))) == 1


def test_a_stated_alias_joins():
    """ "Free Rivers, formerly the River Guard" is one body wherever either name is used."""
    alias = Relation("a", "Free Rivers Union", "alias_of", "River Guard")
    joined = groups(("a", "Free Rivers Union"), ("b", "River Guard"), ("c", "The River Guard"), relations=[alias])
    assert len(joined) == 1


def test_common_names_belong_to_their_country():
    """Two countries' interior ministries are two bodies; one country's is one."""
    homes = {"a": "sudan", "b": "peru", "c": "sudan"}
    names = [(d, "Interior Ministry") for d in "abc"]
    assert groups(*names, homes=homes) == [
        [("a", "Interior Ministry"), ("c", "Interior Ministry")],
        [("b", "Interior Ministry")],
    ]
    assert len(groups(*names)) == 3
    assert is_common("The Supreme Court") and not is_common("Talca District Court")


def test_bad_tables_say_where():
    """A broken resource names its file."""
    with pytest.raises(LexiconError, match=r"organizations\.toml"):
        load_words("common = ['a']")
