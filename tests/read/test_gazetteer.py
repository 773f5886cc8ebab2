"""Places by name: spellings, capitals, countries by adjective, regions."""

import time
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from lxml import etree

from khronika.read.gazetteer import Gazetteer
from khronika.text.placenames import fold_place, place_key
from khronika.text.tables import rows


@pytest.fixture(scope="module")
def gazetteer() -> Gazetteer:
    return Gazetteer.load()


@pytest.mark.parametrize(
    ("name", "city", "country"),
    [
        ("Osh", "Osh", "KG"),
        ("Kiev", "Kyiv", "UA"),
        ("Rangoon", "Yangon", "MM"),
        ("Nur-Sultan", "Astana", "KZ"),
        ("Grodno", "Hrodna", "BY"),
        ("Qaraghandy", "Karagandy", "KZ"),
        ("Atirau", "Atyrau", "KZ"),
        ("the Kyrgyz capital", "Bishkek", "KG"),
        ("capital of Georgia", "Tbilisi", "GE"),
        ("Turkey's largest city", "Istanbul", "TR"),
        ("San Jose", "San José", "CR"),
        ("New York", "New York City", "US"),
        ("U.S.", "United States", "US"),
        ("Burma", "Myanmar", "MM"),
        ("Tibet", "Tibet", "CN"),
        ("Oregon", "Oregon", "US"),
        ("Osh region", "Osh Region", "KG"),
        ("northern Aleppo", "northern Aleppo", "SY"),
    ],
)
def test_find(gazetteer: Gazetteer, name: str, city: str, country: str) -> None:
    """Former names, romanizations, descriptions, countries, regions; a capital before its namesakes."""
    place = gazetteer.find(name)
    assert place is not None
    assert (place.name, place.country) == (city, country)


def test_country_decides(gazetteer: Gazetteer) -> None:
    """Of several places of one name the one in the country given, else the one with most people."""
    for name, country in (("Tripoli", "LB"), ("Hyderabad", "PK"), ("Birmingham", "US"), ("Georgia", "US")):
        place = gazetteer.find(name, country)
        assert place is not None
        assert place.country == country
    assert [p and p.country for p in map(gazetteer.find, ("Tripoli", "Hyderabad", "Birmingham"))] == ["LY", "IN", "GB"]


def test_point(gazetteer: Gazetteer) -> None:
    """A city comes with its GeoNames id and its place on the map."""
    place = gazetteer.find("Nukus")
    assert place is not None
    assert place.geonames == 601294
    assert (place.lat, place.lon) == (pytest.approx(42.46, abs=0.05), pytest.approx(59.6, abs=0.05))


@pytest.mark.parametrize(
    ("name", "iso"),
    [
        ("Kazakh", "KZ"),
        ("Dutch", "NL"),
        ("Chechen", "RU"),
        ("the Philippines", "PH"),
        ("UK", "GB"),
        ("Türkiye", "TR"),
        ("Iranian's", "IR"),
        ("Crimea", "UA"),
        ("Côte d'Ivoire", "CI"),
        ("Osh", None),
        ("banana", None),
        ("", None),
    ],
)
def test_country_of(gazetteer: Gazetteer, name: str, iso: str | None) -> None:
    """Names, adjectives and demonyms of countries and well-known regions; a city is no country."""
    assert gazetteer.country_of(name) == iso


def test_chain(gazetteer: Gazetteer) -> None:
    """As written, then the country; a country alone; nothing for what is unknown."""
    assert gazetteer.chain("Kiev") == ("Kiev", "Ukraine")
    assert gazetteer.chain("the Netherlands") == ("Netherlands",)
    assert gazetteer.chain("Tripoli", "LB") == ("Tripoli", "Lebanon")
    assert gazetteer.chain("Xyzzyburg") == ()
    assert not gazetteer.is_place("Xyzzyburg")
    assert not gazetteer.is_place("x" * 5000)


def test_countries_complete(gazetteer: Gazetteer) -> None:
    """Every row has a code of two letters, a name that finds itself, and a capital that is found in its country."""
    table = rows("places/countries.tsv")
    assert len({row[0] for row in table}) == len(table) >= 196
    for iso, _, name, _, _, capitals in table:
        assert len(iso) == 2
        assert gazetteer.country_of(name) == iso
        assert gazetteer.country_name(iso) == name
        assert capitals
    missed = [(iso, capitals) for iso, _, _, _, _, capitals in table if not gazetteer.find(capitals.split("|")[0], iso)]
    assert missed == []


def test_small_and_quick() -> None:
    """Opening takes no noticeable time (a command starts with it)."""
    start = time.perf_counter()
    Gazetteer.load()
    assert time.perf_counter() - start < 0.5


@given(st.text(max_size=30))
def test_keys(name: str) -> None:
    """Folding again changes nothing, and names that fold alike share a key."""
    assert fold_place(fold_place(name)) == fold_place(name)
    assert place_key(name) == place_key(fold_place(name))


@settings(max_examples=100, deadline=None)
@given(st.text(max_size=120))
def test_any_text(name: str) -> None:
    """Any text may be asked for."""
    gazetteer = _loaded()
    found = gazetteer.find(name)
    assert (found is not None) == gazetteer.is_place(name)
    assert len(gazetteer.chain(name)) in {0, 1, 2}


_CACHE: list[Gazetteer] = []


def _loaded() -> Gazetteer:
    """One gazetteer for all examples."""
    if not _CACHE:
        _CACHE.append(Gazetteer.load())
    return _CACHE[0]


LGL = Path(__file__).parents[3] / "shared" / "data" / "geoparsing" / "lgl.xml"


@pytest.mark.skipif(not LGL.exists(), reason="the Local-Global Lexicon is not here")
def test_local_news_toponyms_are_known():
    """Of the places that 588 local news stories name (demonyms and abbreviations among them), most are known, and all
    that are known lie in the right country when it is given."""
    atlas = Gazetteer.load()
    found = []
    for toponym in etree.parse(str(LGL)).iter("toponym"):
        country = toponym.findtext("gaztag/country")
        if country and (code := atlas.country_of(country)):
            found.append((atlas.find(toponym.findtext("phrase") or "", code), code))
    known = [(place, code) for place, code in found if place is not None]
    assert len(known) / len(found) > 0.75
    assert sum(place.country == code for place, code in known) / len(known) > 0.95


@pytest.mark.parametrize(
    ("form", "name", "iso"),
    [("Fla.", "Florida", "US"), ("TX", "Texas", "US"), ("NYC", "New York City", "US"), ("Ont.", "Ontario", "CA")],
)
def test_short_forms_as_papers_print_them(gazetteer: Gazetteer, form: str, name: str, iso: str) -> None:
    """A state's short form is the state, not a far town that sounds like it; letter for letter."""
    found = gazetteer.find(form)
    assert found is not None
    assert (found.name, found.country) == (name, iso)
    assert gazetteer.find("Ont") is None or gazetteer.find("Ont").name != "Ontario"


def test_every_short_form_and_force_is_of_a_known_place(gazetteer: Gazetteer) -> None:
    """The tables name places under names that the gazetteer has, in the land that they say."""
    for name, iso, *_ in rows("places/short_forms.tsv"):
        found = gazetteer.find(name, iso)
        assert found is not None
        assert found.country == iso, name
    for force, place in rows("places/forces.tsv"):
        assert gazetteer.is_place(place), force
        assert gazetteer.seat(force) == place
    assert gazetteer.seat("Police") is None


def test_inhabitants_of_states(gazetteer: Gazetteer) -> None:
    """ "Texan" and "Keralite" tell the land."""
    assert (gazetteer.country_of("Texan"), gazetteer.country_of("Keralite")) == ("US", "IN")
