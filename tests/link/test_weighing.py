"""Whether two claims are of one happening, and what speaks against it."""

import pytest

from khronika.facts.claims import Count, Penalty

from .conftest import OTHER, WHO, events_of, how_many, make_claim


@pytest.mark.parametrize(
    ("one", "two", "number"),
    [
        ({"date": "2030-05-04"}, {"date": "2031-02-01"}, 2),
        ({"date": "2030-05-04"}, {"date": "2030-05-05"}, 1),
        ({"date": "2030-05-04"}, {}, 1),
        ({}, {}, 1),
        ({}, {"status": "demanded"}, 2),
        ({}, {"status": "possible"}, 2),
        ({"date": "2030-05-04"}, {"status": "denied"}, 1),
        ({"date": "2030-05-04"}, {"status": "planned"}, 2),
        ({"date": "2030-05-04"}, {"status": "planned", "date": "2030-05-04"}, 1),
        ({"status": "demanded"}, {"status": "demanded"}, 1),
    ],
)
def test_date_and_status(one, two, number):
    """Dates must be able to agree; a demanded or possible event is its own, a denial belongs to what it denies."""
    assert how_many(make_claim("a", "release", [WHO], **one), make_claim("b", "release", [WHO], **two)) == number


def test_other_people_other_kinds_other_events():
    """A shared day and place join neither two people's sentences nor a conviction with a sentence."""
    same = {"date": "2030-05-04", "place": ["Oral", "Kazakhstan"]}
    assert how_many(make_claim("a", "sentence", [WHO], **same), make_claim("a", "sentence", [OTHER], **same)) == 2
    assert how_many(make_claim("a", "conviction", [WHO], **same), make_claim("a", "sentence", [WHO], **same)) == 2


def test_each_penalized_person_has_an_own_sentence():
    """Codebook rule 18: "two were fined" is one event, each one's fine another; an arrest of both is one."""
    both = [WHO, OTHER]
    assert how_many(make_claim("a", "sentence", both), make_claim("a", "sentence", [WHO])) == 2
    assert how_many(make_claim("a", "detention", both), make_claim("a", "detention", [WHO])) == 1


def test_a_sentence_about_two_does_not_bring_the_one_into_the_others_arrest():
    """Two who "remain in prison" were arrested on their own days: the summary is no bridge between their files."""
    first = make_claim("a", "detention", [WHO], date="2030-05-04")
    both = make_claim("b", "detention", [WHO, OTHER])
    second = make_claim("c", "detention", [OTHER])
    number, linked = events_of(first, both, second)
    assert number == 2
    arrest = next(e for e in linked.events if e.date)
    assert [p.name for p in linked.people if p.id in arrest.targets] == [WHO]
    together = make_claim("b", "detention", [WHO, OTHER], date="2030-05-04")
    assert how_many(first, together) == 1


def test_an_arrest_that_leads_a_story_is_no_old_one():
    """Told first and without a day, a year after a dated arrest: another. Told further down, or soon: the same."""
    old = make_claim("a", "detention", [WHO], date="2030-05-04")
    lead = make_claim("b", "detention", [WHO], start=0)
    assert how_many(old, lead, published={"a": "2030-05-05", "b": "2031-09-01"}) == 2
    assert how_many(old, lead, published={"a": "2030-05-05", "b": "2030-05-06"}) == 1
    news = make_claim("b", "trial", [WHO], start=0)
    after = make_claim("b", "detention", [WHO], start=100)
    assert how_many(old, news, after, published={"a": "2030-05-05", "b": "2031-09-01"}) == 2


def test_a_sentence_is_its_term_however_late_it_leads():
    """A list of prisoners tells old sentences first: the same stated term is the same sentence."""
    term = {"penalties": (Penalty("imprisonment", "P3Y"),)}
    old = make_claim("a", "sentence", [WHO], date="2030-05-04", **term)
    late = make_claim("b", "sentence", [WHO], start=0, **term)
    assert how_many(old, late, published={"a": "2030-05-05", "b": "2032-01-01"}) == 1


def test_a_crowd_is_one_arrest_whomever_each_story_names():
    """Eleven miners, among them one or another or nobody named: of one day and word, with numbers that fit, one event;
    other people in another number, or of another word, are others."""
    about = {"date": "2030-05-04", "place": ["Oral"], "group": "miners"}
    one = make_claim("a", "detention", [WHO], count=Count(11, 11), **about)
    two = make_claim("b", "detention", [OTHER], count=Count(10, 10, True), **about)
    nobody = make_claim("c", "detention", count=Count(10), **about)
    assert how_many(one, two, nobody) == 1
    assert how_many(one, make_claim("b", "detention", [OTHER], count=Count(300, 300), **about)) == 2
    assert how_many(one, make_claim("b", "detention", [OTHER], count=Count(11, 11), **{**about, "group": "nuns"})) == 2
    assert how_many(one, make_claim("b", "detention", [OTHER], date="2030-05-04", place=["Oral"])) == 2


def test_an_undated_crowd_is_the_one_of_those_days():
    """The same word and number reported within weeks: the same; a year later: another."""
    about = {"group": "6 farmers", "count": Count(6, 6)}
    one = make_claim("a", "detention", [WHO], date="2030-05-04", place=["Oral"], **about)
    two = make_claim("b", "detention", [OTHER], place=["Oral"], **about)
    assert how_many(one, two, published={"a": "2030-05-05", "b": "2030-05-10"}) == 1
    assert how_many(one, two, published={"a": "2030-05-05", "b": "2031-05-10"}) == 2


def test_an_announced_trial_is_the_one_held_within_months():
    """Announced without a day, held some weeks later: one; a trial before the announcement or years later: another."""
    plan = make_claim("a", "trial", [WHO], status="planned")
    soon, late, before = (make_claim("b", "trial", [WHO], date=d) for d in ("2030-06-20", "2033-06-20", "2029-01-10"))
    published = {"a": "2030-06-01", "b": "2033-07-01"}
    assert [how_many(plan, real, published=published) for real in (soon, late, before)] == [1, 2, 2]
    dated = make_claim("a", "trial", [WHO], status="planned", date="2030-06-20")
    opened = make_claim("b", "trial", [WHO])
    assert how_many(dated, opened, published={"a": "2030-06-01", "b": "2030-06-21"}) == 1
    assert how_many(dated, opened, published={"a": "2030-06-01", "b": "2030-06-10"}) == 2


def test_the_year_alone_is_not_said_of_this_week():
    """A release of "2030" told in June of that year is not the one of August, nor that of the day before."""
    old = make_claim("a", "release", [WHO], date="2030", start=100)
    for day, out in (("2030-08-16", "2030-06-16"), ("2030-06-15", "2030-06-16")):
        assert how_many(make_claim("b", "release", [WHO], date=day), old, published={"a": out, "b": "2030-08-17"}) == 2
    day = make_claim("b", "release", [WHO], date="2030-02-01")
    assert how_many(day, old, published={"a": "2030-12-16", "b": "2030-02-02"}) == 1


def test_terms_told_within_days_are_rival_accounts():
    """15 days or 20, reported in one week of one person: one sentence with a conflict; a year apart: two."""
    one = make_claim("a", "sentence", [WHO], date="2030-05-04", penalties=(Penalty("administrative_arrest", "P15D"),))
    two = make_claim("b", "sentence", [WHO], penalties=(Penalty("administrative_arrest", "P20D"),))
    n, linked = events_of(one, two, published={"a": "2030-05-04", "b": "2030-05-06"})
    assert n == 1 and [c.field for c in linked.events[0].conflicts] == ["penalties"]
    assert how_many(one, two, published={"a": "2030-05-04", "b": "2031-05-06"}) == 2


def test_penalties_tell_sentences_apart():
    """Terms that differ without a common day are two sentences; with it, one event with a conflict; near, too."""
    three, five = (Penalty("imprisonment", "P3Y"),), (Penalty("imprisonment", "P5Y"),)
    assert (
        how_many(
            make_claim("a", "sentence", [WHO], penalties=three), make_claim("b", "sentence", [WHO], penalties=five)
        )
        == 2
    )
    day = {"date": "2030-05-04"}
    n, linked = events_of(
        make_claim("a", "sentence", [WHO], penalties=three, **day),
        make_claim("b", "sentence", [WHO], penalties=five, **day),
    )
    assert n == 1 and [c.field for c in linked.events[0].conflicts] == ["penalties"]
    n, linked = events_of(
        make_claim("a", "sentence", [WHO], penalties=three, **day),
        make_claim("b", "sentence", [WHO], penalties=three, date="2030-05-07"),
    )
    assert n == 1 and [c.field for c in linked.events[0].conflicts] == ["date"]


def test_nothing_is_told_before_it_happened():
    """A story of March cannot mean, by an undated arrest, the one of May."""
    claims = [make_claim("a", "detention", [WHO], date="2030-05-04"), make_claim("b", "detention", [WHO])]
    assert how_many(*claims, published={"a": "2030-05-05", "b": "2030-03-01"}) == 2
    assert how_many(*claims, published={"a": "2030-05-05", "b": "2030-06-01"}) == 1


def test_gatherings_are_one_per_town_and_day():
    """Codebook rule 21; a country's protests of the day are an event of their own, whoever is named."""
    day = {"date": "2030-05-04"}
    oral, aqtau = {"place": ["Oral", "Kazakhstan"]}, {"place": ["Aqtau", "Kazakhstan"]}
    assert how_many(make_claim("a", "protest", **oral, **day), make_claim("b", "protest", **oral, **day)) == 1
    assert how_many(make_claim("a", "protest", **oral, **day), make_claim("b", "protest", **aqtau, **day)) == 2
    assert (
        how_many(make_claim("a", "protest", **oral, **day), make_claim("a", "protest", place=["Kazakhstan"], **day))
        == 2
    )
    assert (
        how_many(make_claim("a", "protest", **oral, **day), make_claim("b", "protest", **oral, date="2030-05-06")) == 2
    )


def test_groups_are_told_by_their_words():
    """Unnamed people: described alike in one place is one event, described otherwise is not; "people" fits any."""
    here = {"place": ["Oral", "Kazakhstan"]}
    miners = make_claim("a", "detention", group="dozens of striking miners", **here)
    assert how_many(miners, make_claim("a", "detention", group="the miners", **here)) == 1
    assert how_many(miners, make_claim("a", "detention", group="several students", **here)) == 2
    assert how_many(miners, make_claim("b", "detention", [WHO], **here)) == 2


def test_rival_figures_are_one_event_with_a_conflict():
    """ "14" and "24 arrested" of one day and place."""
    same = {"date": "2030-05-04", "place": ["Oral", "Kazakhstan"], "group": "protesters"}
    n, linked = events_of(
        make_claim("a", "detention", count=Count(14, 14), **same),
        make_claim("b", "detention", count=Count(24, 24), **same),
    )
    assert n == 1 and [c.field for c in linked.events[0].conflicts] == ["count"]


def test_a_story_about_one_gathering_needs_no_place_in_each_sentence():
    """ "The protesters chanted" belongs to the rally of its story; to no other story's."""
    rally = make_claim("a", "protest", place=["Oral", "Kazakhstan"], date="2030-05-04", group="dozens of people")
    assert how_many(rally, make_claim("a", "protest", group="the protesters")) == 1
    assert how_many(rally, make_claim("b", "protest", group="the protesters")) == 2


def test_a_headline_without_the_name_is_of_the_sentence_below():
    """ "Court jails protester for 15 days": the same term in the same story; not in another, not for two people."""
    days = (Penalty("administrative_arrest", "P15D"),)
    below = make_claim("a", "sentence", [WHO], penalties=days, date="2030-05-04")
    assert how_many(make_claim("a", "sentence", group="protester", penalties=days), below) == 1
    assert how_many(make_claim("b", "sentence", group="protester", penalties=days), below) == 2
    assert how_many(make_claim("a", "sentence", group="two men", count=Count(2, 2), penalties=days), below) == 2
    longer = (Penalty("administrative_arrest", "P20D"),)
    assert how_many(make_claim("a", "sentence", group="protester", penalties=longer), below) == 2


def test_one_relative_is_not_a_group_of_others():
    """Same day and place, but one mother against several students: two arrests."""
    same = {"date": "2030-05-04", "place": ["Oral", "Kazakhstan"]}
    mother = make_claim("a", "detention", group="his mother", count=Count(1, 1), **same)
    assert how_many(mother, make_claim("a", "detention", group="several students", count=Count(min=2), **same)) == 2
