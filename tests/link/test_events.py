"""Which claims are one event: what hangs together, gathered, and each put to what most speaks for."""

import pytest

from khronika.errors import LexiconError
from khronika.facts.events import Place
from khronika.link import link
from khronika.link.kinds import load_kinds, place_chain, places_agree

from .conftest import OTHER, WHO, View, events_of, how_many, make_claim, make_document


def test_one_person_one_day_in_two_documents():
    """The same person, kind and day: one event, with both documents as origins and the person as target."""
    n, linked = events_of(
        make_claim("a", "detention", [WHO], date="2030-05-04", place=["Oral", "Kazakhstan"]),
        make_claim("b", "detention", [WHO], date="2030-05", place=["Kazakhstan"]),
    )
    (event,) = linked.events
    assert (n, event.date, event.place, event.origins) == (1, "2030-05-04", Place("Oral"), 2)
    assert event.targets == tuple(p.id for p in linked.people if p.name == WHO)


def test_an_undated_arrest_told_in_order_is_the_one_of_that_time():
    """Two dated arrests elsewhere: the one told before the release of the first case is the first."""
    first = make_claim("a", "detention", [WHO], date="2025-05-04")
    second = make_claim("b", "detention", [WHO], date="2029-03-01")
    arrest = make_claim("c", "detention", [WHO], start=100)
    release = make_claim("c", "release", [WHO], start=200, date="2026-02-01")
    published = {"a": "2025-05-05", "b": "2029-03-02", "c": "2030-01-01"}
    news = make_claim("c", "search", [WHO], start=0)
    number, linked = events_of(first, second, news, arrest, release, published=published)
    owner = dict(linked.claim_events)
    assert number == 4 and owner[arrest.id] == owner[first.id]


def test_an_event_says_which_claims_name_each():
    """Where some of its claims leave a person out, those that do not; where all name the person, nothing."""
    first = make_claim("a", "detention", [WHO], date="2030-05-04")
    both = make_claim("b", "detention", [WHO, OTHER], date="2030-05-04")
    _, linked = events_of(first, both)
    (event,) = linked.events
    other = next(p.id for p in linked.people if p.name == OTHER)
    assert event.named == ((other, (both.id,)),)


def test_two_arrests_become_one_by_a_report_that_names_both():
    """Each taken on the day in one story, both in a third: one event, whichever story is taken first."""
    same = {"date": "2030-05-04", "place": ["Oral"]}
    one, two = make_claim("a", "detention", [WHO], **same), make_claim("b", "detention", [OTHER], **same)
    both = make_claim("c", "detention", [WHO, OTHER])
    published = {"a": "2030-05-05", "b": "2030-05-05", "c": "2030-05-06"}
    assert how_many(one, two, published=published) == 2
    assert how_many(one, two, both, published=published) == 1


def test_an_undated_claim_joins_the_one_told_nearest():
    """Two dated arrests: the sentence that follows the second is of the second."""
    first = make_claim("a", "detention", [WHO], date="2029-01-01", start=100)
    second = make_claim("a", "detention", [WHO], date="2030-05-04", start=900)
    after = make_claim("a", "detention", [WHO], start=1000)
    owner = dict(events_of(first, second, after)[1].claim_events)
    assert owner[after.id] == owner[second.id] != owner[first.id]


def test_copies_are_one_event_and_one_origin():
    """Even a claim without person, place or date; a claim of another story without any stays apart."""
    text = "Reporters were threatened by unknown callers after the broadcast. " * 6
    documents = [make_document("a", text), make_document("b", text), make_document("c", "Another story.")]
    said = {"quote": "Reporters were threatened.", "group": "reporters"}
    claims = [make_claim(d, "threat", **said) for d in "ab"]
    claims.append(make_claim("c", "threat", quote="They were threatened too."))
    linked = link(View(documents, claims))
    assert sorted((len(e.claims), e.origins) for e in linked.events) == [(1, 1), (2, 1)]
    assert linked.copies == (("b", "a"),)


def test_a_background_sentence_used_again_is_the_same_happening():
    """An outlet repeats a long sentence in story after story; a short one repeats by chance."""
    long = "Over the past years many teachers have been threatened for refusing to sign a loyalty pledge."
    claims = [make_claim(d, "threat", quote=long, group="teachers") for d in "ab"]
    assert how_many(*claims) == 1
    assert how_many(*[make_claim(d, "threat", quote="They were threatened.", group="teachers") for d in "ab"]) == 2
    dated = [make_claim(d, "threat", quote=long, date=f"203{i}-05-04") for i, d in enumerate("ab")]
    assert how_many(*dated) == 2


def test_a_denial_belongs_to_what_its_own_story_tells():
    """Without a name or place, the denial is of the camps told of just before."""
    here = {"place": ["North Valley", "Sudan"], "group": "farmers"}
    camps = make_claim("a", "internment", start=100, **here)
    elsewhere = make_claim("b", "internment", place=["South Coast", "Sudan"], group="fishermen", start=10)
    denial = make_claim("a", "internment", status="denied", start=200)
    owner = dict(events_of(camps, elsewhere, denial)[1].claim_events)
    assert owner[denial.id] == owner[camps.id] != owner[elsewhere.id]


def test_place_comes_from_the_gazetteer_where_one_is_given():
    """`locate` is asked with the claim's whole chain; where it knows nothing the name stays."""
    claims = [
        make_claim("a", "trial", [WHO], place=["Oral", "Kazakhstan"]),
        make_claim("a", "trial", [OTHER], place=["X"]),
    ]
    known = {("Oral", "Kazakhstan"): Place("Oral", "KZ", 608668)}
    _, linked = events_of(*claims, locate=known.get)
    assert {e.place for e in linked.events} == {Place("Oral", "KZ", 608668), Place("X")}


def test_places():
    """Words of rank do not matter; a place lies in the larger ones of its chain."""
    chain = place_chain(("Almaty Region", "Republic of Kazakhstan"))
    assert chain == ("almaty", "kazakhstan")
    assert places_agree(chain, ("almaty",)) == 1.0
    assert 0 < places_agree(chain, ("kazakhstan",)) < 1.0
    assert places_agree(chain, ("oral", "kazakhstan")) < 0
    assert place_chain(("City", "—")) == ("city",)


def test_bad_tables_say_where():
    """A broken resource names its file."""
    with pytest.raises(LexiconError, match=r"happenings\.toml"):
        load_kinds("public = []")
