"""The check on HRDsAttack: its answers put into one spelling, claims put into its attributes, its scores computed."""

from __future__ import annotations

import pytest

from bench.heldout import Score, Tally, is_apart, share, table
from bench.hrdsattack import (
    SET,
    Article,
    apart_names,
    attributes,
    documents,
    load,
    month_of,
    same_country,
    scores,
    wanted,
    whole_date,
)
from bench.violations import Attributes, violation_of
from khronika.facts.claims import Claim, Penalty, Status
from khronika.read.gazetteer import Gazetteer
from khronika.read.reader import load_reader
from khronika.settings import Settings

BODY = (
    "<p>GRAVNA - Police in Gravna arrested the reporter Temir Oshkar on May 3, his lawyer said.</p>"
    "<p>Oshkar was beaten in custody by two guards. Journalists gathered at the gate in protest.</p>"
)


def claim(kind: str, **fields) -> Claim:
    """A claim of one kind, with only what the mapping looks at."""
    return Claim(document="d", source="s", start=0, end=9, quote="", type=kind, reader="", **fields)


@pytest.mark.parametrize(
    ("given", "number"),
    [
        *(("04", 4), ("4.0", 4), ("April", 4), ("april ", 4), ("Ocober", 10), ("Januay", 1), ("12", 12)),
        *(("2015", None), ("", None), (None, None), ("Ma", None), ("13", None), ("sometime", None)),
    ],
)
def test_month_has_one_spelling(given, number):
    """A month is a number, whichever way the annotator wrote it; what is no month is none."""
    assert month_of(given) == number


def test_wanted_answers_are_made_one():
    """ "None", "unknown", "2019.0" and an "unknown" beside a real violation mean what they say."""
    gold = wanted(
        {
            "victims": [{"victim_name": "Temir Oshkar"}, {"victim_name": None}],
            "violation_types": ["killing", "unknown"],
            "perpetrator_mention": True,
            "perpetrator_type": "state actor",
            "country": "None",
            "region": "unknown",
            "city": "Gravna",
            "year": "2019.0",
            "month": "April",
            "date": "7.0",
        }
    )
    assert gold == Attributes(
        victims=frozenset(("Temir Oshkar",)),
        violations=frozenset(("killing",)),
        perpetrator=True,
        perpetrator_type="state actor",
        city="Gravna",
        year=2019,
        month=4,
        day=7,
    )


@pytest.mark.parametrize(
    ("told", "violation"),
    [
        (claim("detention"), "arbitrary detention"),
        (claim("detention", status=Status.DENIED), None),
        (claim("detention", status=Status.PLANNED), None),
        (claim("disappearance"), "enforced disappearance"),
        (claim("disappearance", trigger=(0, 8)), "kidnapping"),
        (claim("death", subtype="killed"), "killing"),
        (claim("death", status=Status.POSSIBLE), None),
        (claim("ill_treatment", subtype="beating"), "torture"),
        (claim("ill_treatment", subtype="medical_neglect"), "other"),
        (claim("sentence", penalties=(Penalty("fine"),)), "other"),
        (claim("sentence", penalties=(Penalty("fine"), Penalty("imprisonment"))), "arbitrary detention"),
        (claim("protest"), None),
    ],
)
def test_violation_of_a_claim(told, violation):
    """Each kind of the codebook becomes the set's violation, or none; a word of seizing makes it a kidnapping."""
    assert violation_of(told, "Abducted on the road.") == violation


def test_an_article_is_read_into_the_attributes():
    """The whole way: markup, capture with the day of publication, reading, mapping."""
    gold = Attributes()
    article = Article("Reporter held in Gravna", "2024-05-15", BODY, gold)
    reader, settings = load_reader(Settings()), Settings()
    stories = documents(article, settings)
    assert [d.published for d in stories] == ["2024-05-15"]
    got = attributes([(d, reader.read(d)) for d in stories], reader.atlas)
    assert got.victims == {"Temir Oshkar"}
    assert got.violations == {"arbitrary detention", "torture"}
    assert (got.year, got.month, got.day) == (2024, 5, 3)
    assert got.perpetrator_type == "state actor"


def read_as_a_page(body: str) -> Attributes:
    """The attributes of an article with this body."""
    reader, settings = load_reader(Settings()), Settings()
    stories = documents(Article("News", "2024-05-15", body, Attributes()), settings)
    return attributes([(d, reader.read(d)) for d in stories], reader.atlas)


def test_an_arrest_for_a_crime_is_not_arbitrary():
    """Custody counts where the story speaks of rights or the press; a charge of kidnapping names the violation."""
    got = read_as_a_page("<p>Police in Lagos arrested Bola Adeyi on Monday. He was charged with kidnapping a girl.</p>")
    assert got.violations == {"kidnapping"}
    assert got.country == "Nigeria" and got.city == "Lagos"


def test_the_country_and_city_are_those_named_most():
    """Also where no claim has a place of its own; Hong Kong is, as in the set, a city of China."""
    body = "<p>Shops in Hong Kong closed early. Traders in Hong Kong spoke of losses, as did others in Japan.</p>"
    assert (read_as_a_page(body).country, read_as_a_page(body).city) == ("China", "Hong Kong")


def test_an_article_without_words_has_no_story():
    """An empty article is answered by nothing, not by an error."""
    assert documents(Article("", "2024-05-15", "<p> </p>", Attributes()), Settings()) == ()
    assert attributes([], Gazetteer.load()).violations == {"unknown"}


def test_scores_of_right_and_wrong_answers():
    """Names by letter, types by set; "not stated" counts only where the score says so."""
    atlas = Gazetteer.load()
    gold = Attributes(victims=frozenset(("Ana Lo", "Bo Ry")), violations=frozenset(("killing",)), country="Burma")
    got = Attributes(victims=frozenset(("Ana Lo", "Lo")), violations=frozenset(("killing", "other")), country="Myanmar")
    found = scores([(got, gold), (Attributes(), Attributes())], atlas)
    assert found["victim names, precision"] == 1.0
    assert found["victim names, recall"] == 0.5
    assert found["violation types, F1"] == pytest.approx(2 / 3)
    assert (found["country"], found["country, or rightly none"], found["country, of those stated"]) == (0.5, 1.0, 1.0)
    assert (found["city"], found["city, or rightly none"]) == (0.0, 1.0)


def test_a_date_counts_only_where_all_of_it_is_stated():
    """A day without its month is no full date."""
    full, half = Attributes(year=2020, month=2, day=3), Attributes(year=2020, day=3)
    assert whole_date([(full, full), (full, half)]) == 1.0
    assert whole_date([(half, full)]) == 0.0
    assert whole_date([(full, half)]) == 0.0


def test_a_name_that_is_part_of_another_is_not_read_twice():
    """As the set's scorer has it."""
    assert apart_names(["Oshkar", "Temir Oshkar", "Temir Oshkar"]) == {"Temir Oshkar"}


def test_countries_by_any_name():
    """The gazetteer's names of one country are one; a name it does not know is compared by its letters."""
    atlas = Gazetteer.load()
    assert same_country("PRC", "China", atlas) or same_country("People's Republic of China", "China", atlas)
    assert same_country("Sarnavia", "sarnavia", atlas)
    assert not same_country("Sarnavia", "China", atlas)
    assert not same_country(None, None, atlas)


def test_the_third_apart_is_decided_by_the_text():
    """Always the same texts, about a third of them."""
    texts = [f"story {n}" for n in range(600)]
    assert 150 < sum(map(is_apart, texts)) < 250
    assert [is_apart(t) for t in texts] == [is_apart(t) for t in texts]


def test_tally_of_nothing_is_zero():
    """No division by zero."""
    assert (Tally().precision, Tally().recall, Tally().f1, share([])) == (0.0, 0.0, 0.0, 0.0)


def test_only_the_judged_column_breaks_a_bar():
    """A bar is for the third set apart, whatever the others show."""
    lines, broken = table("set", ("visible", "apart"), [Score("x", (0.1, 0.6), 0.5)], judged=1)
    assert not broken and "BELOW" not in lines[1]
    lines, broken = table("set", ("visible", "apart"), [Score("x", (0.9, 0.4), 0.5)], judged=1)
    assert broken and "BELOW" in lines[1]


@pytest.mark.skipif(not SET.is_dir(), reason="../shared/data/hrdsattack is not there")
def test_the_set_loads():
    """All articles of both files, a third of them apart."""
    articles = load(SET)
    assert len(articles) == 400
    assert sum(is_apart(a.body) for a in articles) == 141
