"""Which mentions can have to do with each other, and the keys under which they find each other."""

import random

from hypothesis import given, settings
from hypothesis import strategies as st

from khronika.link.blocks import blocks, keys_by
from khronika.link.surroundings import portraits, surroundings

from .conftest import make_claim, make_document, make_mention

NAMES = [
    "Daulet Zhaqypov", "Daulet Jakypov", "D. Zhaqypov", "Zhaqypov", "Dauletbek Zhaqypov", "Nurlan Zhaqypov",
    "Uladzimir Novik", "Vladimir Novik", "Novik", "V. Novik", "Ali Hassan", "Ali Hasan", "Hassan", "Wang Wei",
    "Ana Belén Ruiz Molina", "Ana Ruiz", "Ruiz Molina", "Khadija al-Salem", "Khadidja El Salem", "al-Salem",
    "Yusuf ibn Salem", "van der Berg", "Jan van der Berg", "Novik Uladzimir", "O'Neil", "Mary O'Neil", "X", "Ö",
]  # fmt: skip
TOWNS = [(), ("Oral", "Kazakhstan"), ("Aqtau", "Kazakhstan")]


@st.composite
def two_stories(draw):
    """Two people, each in a story that may name others, a town, a day, an age."""
    rng = random.Random(draw(st.integers(0, 10**6)))
    documents, claims, mentions = [], [], []
    for name in ("a", "b"):
        who = [rng.choice(NAMES), *rng.sample(NAMES, rng.randrange(3))]
        documents.append(make_document(name, published="2030-06-01"))
        claims.append(
            make_claim(
                name, "detention", rng.sample(who, rng.randrange(len(who) + 1)), start=0,
                place=rng.choice(TOWNS), date=rng.choice([None, "2030-05-04"]),
            )
        )  # fmt: skip
        hints = rng.choice([(), ("44",), ("45",)])
        mentions += [make_mention(name, one, hints=hints) for one in dict.fromkeys(who)]
    return documents, claims, mentions


@settings(max_examples=300, deadline=None)
@given(two_stories())
def test_those_who_are_connected_find_each_other(told):
    """Wherever two mentions may be one person's, each is found under a key that the other seeks: a story that comes
    later misses nobody."""
    documents, claims, mentions = told
    around = surroundings(documents, claims, mentions, {})
    keys_of = keys_by(around)
    for one in (m for m in mentions if m.document == "a"):
        for other in (m for m in mentions if m.document == "b"):
            if len(blocks(portraits([one, other], around))) == 1:
                assert keys_of(one).under & keys_of(other).sought, (one, other)
                assert keys_of(other).under & keys_of(one).sought, (one, other)


def test_a_given_name_and_a_town_bring_nobody():
    """Two people of one given name in one town do not meet, whose family names begin otherwise."""
    mentions = [make_mention("a", "Daulet Zhaqypov"), make_mention("b", "Daulet Novik")]
    documents = [make_document(m.document) for m in mentions]
    claims = [make_claim(m.document, "detention", [m.name], place=TOWNS[1]) for m in mentions]
    keys_of = keys_by(surroundings(documents, claims, mentions, {}))
    one, other = map(keys_of, mentions)
    assert not one.under & other.sought and not other.under & one.sought
