"""What one document tells: which of its claims are one happening, and what a sentence says of the order of a case."""

import random

import pytest

from khronika.link import link
from khronika.link.tellings import Story, tell

from .conftest import View, make_claim, make_document, make_mention

WHO = "Daulet Zhaqypov"
STORY = Story("a", "2030-06-01", "a")
FIRST = "Daulet Zhaqypov was detained in Oral on 4 May."


def told(*claims, names=None):
    """The happenings of one story."""
    return tell(STORY, claims, names or {("a", WHO): "p1"})


def events(*claims):
    """Number of events that the claims of several documents of one town become."""
    documents = [make_document(d, dateline="Oral") for d in sorted({c.document for c in claims})]
    return len(link(View(documents, claims, [make_mention(c.document, WHO) for c in claims])).events)


@pytest.mark.parametrize(
    "sentence",
    [
        "Police detained Zhaqypov again.",
        "Zhaqypov was rearrested at his home.",
        "Zhaqypov was re-arrested at his home.",
        "Taken into custody a second time, Zhaqypov was silent.",
    ],
)
def test_a_new_arrest_is_not_the_first_one(sentence):
    """ "Detained again" without a day is no further report of an earlier, dated arrest."""
    earlier = make_claim("a", "detention", [WHO], quote=FIRST, start=0, date="2029-05-04")
    again = make_claim("b", "detention", [WHO], quote=sentence, start=0)
    plain = make_claim("b", "detention", [WHO], quote="Police detained Zhaqypov.", start=0)
    assert events(earlier, plain) == 1
    assert events(earlier, again) == 2


def test_again_of_something_else_is_not_said_of_the_arrest():
    """ "Again" far from the verb belongs to another one: his lawyer asked again."""
    earlier = make_claim("a", "detention", [WHO], quote=FIRST, start=0, date="2029-05-04")
    sentence = "Zhaqypov was detained after the election, and his lawyer, who works for nothing, asked the court again."
    assert events(earlier, make_claim("b", "detention", [WHO], quote=sentence, start=0)) == 1


def test_what_a_dated_release_followed_is_no_later_arrest():
    """ "Was released on 29 June after being detained": that arrest is not the one of July."""
    arrest = make_claim("a", "detention", [WHO], start=0, date="2029-07-01")
    release = make_claim("a", "release", [WHO], start=100, date="2029-06-29")
    before = make_claim("a", "detention", [WHO], start=100)
    assert [len(h.claims) for h in told(arrest, release, before) if h.type == "detention"] == [1, 1]
    assert events(arrest, make_claim("a", "detention", [WHO], start=200)) == 1


def test_one_document_does_not_settle_which_arrest_has_the_day():
    """Two arrests of one person in one story, one with a day: whether they are one, all stories decide together."""
    dated = make_claim("a", "detention", [WHO], start=100, date="2029-07-01")
    undated = make_claim("a", "detention", [WHO], start=0)
    assert [len(h.claims) for h in told(dated, undated)] == [1, 1]
    assert [len(h.claims) for h in told(undated, make_claim("a", "detention", [WHO], start=50))] == [2]


def test_what_leads_a_story_is_news_of_it():
    """The one claim of the first sentence is the news; a list that goes on with others has none, nor has a sentence
    that tells several things ("the jailed writer went on hunger strike")."""
    lead = make_claim("a", "detention", [WHO], start=0)
    others = [make_claim("a", "detention", [f"Pavel N{n}"], start=100 * n) for n in (1, 2, 3)]
    assert [h.news for h in told(lead)] == ["2030-06-01"]
    assert not any(h.news for h in told(lead, *others))
    assert not any(h.news for h in told(lead, make_claim("a", "custody_protest", actors=[WHO], start=0)))
    assert not any(h.news for h in tell(Story("a", None, "a"), [lead], {("a", WHO): "p1"}))


def test_background_is_told_in_order():
    """An undated arrest between a release of 2027 and a charge of 2029 was between them; today's news is no bound."""
    released = make_claim("a", "release", [WHO], start=0, date="2027")
    arrest = make_claim("a", "detention", [WHO], start=100)
    charge = make_claim("a", "charge", [WHO], start=200, date="2029-05-02")
    assert [h.within for h in told(released, arrest, charge) if h.type == "detention"] == ["2027-01-01/2029-05-02"]
    news = make_claim("a", "release", [WHO], start=0, date="2030-05-30")
    assert [h.within for h in told(news, arrest) if h.type == "detention"] == [None]


def test_a_document_is_told_alike_in_any_order_of_its_claims():
    """The order in which a reader hands over its claims changes nothing."""
    claims = [
        make_claim("a", kind, [WHO], start=at * 50, date=day)
        for at, (kind, day) in enumerate(
            [("detention", "2029-07-01"), ("detention", None), ("release", "2029-08"), ("release", None)] * 3
        )
    ]
    as_it_was = [h.claims for h in told(*claims)]
    for seed in range(5):
        random.Random(seed).shuffle(claims)
        assert [h.claims for h in told(*claims)] == as_it_was


def test_joins_across_documents_carry_their_reasons():
    """Whoever asks why two reports are one event is told what spoke for it."""
    one = make_claim("a", "detention", [WHO], start=0, date="2029-07-01", place=["Oral"])
    two = make_claim("b", "detention", [WHO], start=0, date="2029-07-01", place=["Oral"])
    found = link(View((), [one, two], [make_mention("a", WHO), make_mention("b", WHO)]))
    (why,) = (x for x in found.links if x.a.startswith("c"))
    assert {why.a, why.b} == {one.id, two.id}
    assert "who +3.3" in why.reason and "when +2" in why.reason
