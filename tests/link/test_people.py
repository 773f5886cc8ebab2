"""Which mentions across documents are one person, and which never are."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from khronika.link import link
from khronika.link.blocks import blocks
from khronika.link.people import link_people
from khronika.link.surroundings import is_common, portraits, surroundings
from khronika.text.names import spelling_key

from .conftest import View, make_claim, make_document, make_mention

DIFFERENT = [
    ("Daulet Zhaqypov", "Nurlan Zhaqypov"),
    ("Ivan Petrovich Sidorov", "Ivan Olegovich Sidorov"),
    ("Alexander Novik", "Alexandra Novik"),
    ("Igor Novik", "Ivan Novik"),
    ("Erlan Toktarov", "Erbol Toktarov"),
    ("Kim Min-jun", "Kim Min-seo"),
    ("Ahmad Karimi", "Ahmad Rahimi"),
    ("Chen Wei", "Chen Weiguo"),
    ("Marat Omarov", "Murat Omarov"),
    ("Nurlan Omarov", "Nurzhan Omarov"),
    ("Karim Novik", "Karima Novik"),
    ("Zhandos Omarov", "Zhandosa Omarov"),
]


def people_of(mentions, claims=(), **fields):
    """Sets of (document, name) that became one person."""
    documents = [make_document(d, **fields) for d in sorted({m.document for m in mentions})]
    linked = link(View(documents, claims, mentions))
    by_id = {}
    names = dict(linked.names)
    for m in mentions:
        by_id.setdefault(names[m.document, m.name], set()).add((m.document, m.name))
    assert len(by_id) == len(linked.people)
    return sorted(map(sorted, by_id.values())), linked


def count_people(*names, claims=(), **fields):
    """How many people the names, one a document, become."""
    mentions = [make_mention(f"d{i}", name) for i, name in enumerate(names)]
    return len(people_of(mentions, claims, **fields)[0])


def set_in(names, *place):
    """A claim for each name's document, of a day of its own, at the place."""
    return [make_claim(f"d{i}", "trial", [n], place=place, date=f"2030-0{i + 1}-01") for i, n in enumerate(names)]


def test_the_same_name_in_one_country():
    """One name and one country: one person, unless two of the name are known there; then more must be shared."""
    names = ["Daulet Zhaqypov"] * 2
    assert count_people(*names, claims=set_in(names, "Kazakhstan")) == 1
    mentions = [make_mention(f"d{i}", names[0], hints=hints) for i, hints in enumerate((["19"], ["60"], []))]
    groups, linked = people_of(mentions, set_in([names[0]] * 3, "Kazakhstan"), published="2030-09-01")
    assert len(groups) == 3 and any("spelling" in q.reasons for q in linked.questions)


def test_another_country_speaks_against():
    """A namesake abroad is asked about at most."""
    names = ["Daulet Zhaqypov"] * 2
    claims = [*set_in(names[:1], "Oral", "Kazakhstan"), make_claim("d1", "trial", names[:1], place=("Lima", "Peru"))]
    assert count_people(*names, claims=claims) == 2


@pytest.mark.parametrize("name", ["Karim Hassan", "Wang Wei"])
def test_a_common_name_says_less(name):
    """A name of given names alone, or of two syllables of Chinese, needs more than a country: a town too."""
    assert count_people(name, name, claims=set_in([name] * 2, "Peru")) == 2
    assert count_people(name, name, claims=set_in([name] * 2, "Lima", "Peru")) == 1


def test_father_and_son():
    """ "Karim bin Salih" and "Salih bin Karim" of one town; and one man's two sons by their patronymics."""
    for names in (("Karim bin Salih", "Salih bin Karim"), ("Timur Rashidov", "Rashid Timurov")):
        assert count_people(*names, claims=set_in(names, "Lima", "Peru")) == 2


@pytest.mark.parametrize(
    "names",
    [
        ("Daulet Zhaqypov", "Daulet Jakypov"),
        ("Daulet Nurlanuly", "Daulet Nurlan"),
        ("Uladzimir Novik", "Vladimir Novik"),
        ("Дәулет Жақыпов", "Daulet Zhaqypov"),
        ("Daulet Zhaqypov", "DAULET ZHAQYPOV"),
        ("Kim Min-jun", "Kim Min Jun"),
    ],
)
def test_spelling_variants_are_one_person(names):
    """Romanization, "son of", equivalent given names: with a town in common they are one person; with nothing in
    common, however equal the names, they stay two and a question is asked."""
    assert count_people(*names, claims=set_in(names, "Khujand", "Tajikistan")) == 1
    mentions = [make_mention(f"d{i}", name) for i, name in enumerate(names)]
    groups, linked = people_of(mentions)
    assert len(groups) == 2
    if spelling_key(names[0]) == spelling_key(names[1]) and not is_common(names[0]):
        assert [{q.a, q.b} for q in linked.questions] == [{p.id for p in linked.people}]


@pytest.mark.parametrize("names", DIFFERENT)
@pytest.mark.parametrize("outlet", [None, "Northern Wire"])
def test_different_people_stay_apart(names, outlet):
    """However much the surroundings share: a common surname or a similar name does not make one person."""
    claims = [make_claim(f"d{i}", "detention", [n], place=["Oral"], date="2030-01-01") for i, n in enumerate(names)]
    assert count_people(*names, claims=claims, outlet=outlet) == 2


def test_a_name_between_two_does_not_chain_them():
    """ "Ivan Sidorov" fits two men of other patronymics: it stays its own."""
    assert count_people("Ivan Petrovich Sidorov", "Ivan Sidorov", "Ivan Olegovich Sidorov", outlet="Wire") == 3


def test_a_less_certain_spelling_needs_support():
    """A letter's difference in the surname: one person only where the surroundings share more."""
    names = ("Rakhym Omarov", "Raqym Umarov")
    claims = [make_claim(f"d{i}", "trial", [n], place=["Khujand", "Tajikistan"]) for i, n in enumerate(names)]
    assert count_people(*names) == count_people(*names, outlet="Northern Wire") == 2
    assert count_people(*names, claims=claims) == 1


def test_a_document_that_tells_two_apart_is_believed():
    """Two names in one story are two people, however alike."""
    mentions = [make_mention("a", "Farrukh Saidov"), make_mention("a", "Farrukh Seidov")]
    assert len(people_of(mentions)[0]) == 2


def test_ages_tell_two_of_one_name_apart():
    """44 and 19 in one year are two people; 44 and, a year later, 45 are one."""
    mentions = [
        make_mention("a", "Ivan Sidorov", hints=["44", "activist"]),
        make_mention("b", "Ivan Sidorov", hints=["19"]),
        make_mention("c", "Ivan Sidorov", hints=["45"]),
    ]
    documents = [
        make_document("a", published="2030-05-01"),
        make_document("b", published="2030-06-01"),
        make_document("c", published="2031-06-01"),
    ]
    claims = [make_claim(d, "trial", place=["Peru"]) for d in "abc"]
    linked = link(View(documents, claims, mentions))
    assert sorted(p.documents for p in linked.people) == [("a", "c"), ("b",)]


def test_a_surname_alone_joins_the_one_person_with_support():
    """Unique surname and a shared place or person: joined. Without support, or with two of the surname: its own."""
    full, short = make_mention("a", "Daulet Zhaqypov", "Zhaqypov"), make_mention("b", "Zhaqypov")
    claims = [
        make_claim(d, "trial", [n], place=["Oral", "Kazakhstan"]) for d, n in (("a", full.name), ("b", short.name))
    ]
    rival = make_mention("c", "Nurlan Zhaqypov")
    beside = make_claim("c", "trial", [rival.name], place=["Oral", "Kazakhstan"])
    assert len(people_of([full, short])[0]) == 2
    assert len(people_of([full, short], claims)[0]) == 1
    groups, linked = people_of([full, short, rival], [*claims, beside])
    assert len(groups) == 3 and any("short form" in q.reasons for q in linked.questions)
    with_friends = [make_mention(d, name) for d in "ab" for name in ("Alia Ospanova", "Raushan Toktarova")]
    tried = [make_claim(d, "trial", ["Alia Ospanova", "Raushan Toktarova"]) for d in "ab"]
    groups, linked = people_of([full, short, *with_friends], tried)
    assert [("a", "Daulet Zhaqypov"), ("b", "Zhaqypov")] in groups
    assert any("short form" in x.reason for x in linked.links)


def test_every_join_says_why():
    """Score, reason and the two values are kept with the link."""
    claims = [make_claim(d, "trial", place=["Polatsk"]) for d in "ab"]
    _, linked = people_of([make_mention("a", "Uladzimir Novik"), make_mention("b", "Vladimir Novik")], claims)
    (why,) = linked.links
    assert (why.a, why.b) == ("a/Uladzimir Novik", "b/Vladimir Novik")
    assert why.score > 0.9 and why.values == ("Uladzimir Novik", "Vladimir Novik")
    assert why.reason == "spelling; both are set in polatsk"


def test_name_forms_and_ambiguous_forms():
    """The fullest name names the person; a form that two people of one document share points at nobody."""
    mentions = [make_mention("a", "Daulet Zhaqypov", "Zhaqypov"), make_mention("a", "Nurlan Zhaqypov", "Zhaqypov")]
    _, linked = people_of(mentions)
    assert ("a", "Zhaqypov") not in dict(linked.names)
    assert {p.name for p in linked.people} == {"Daulet Zhaqypov", "Nurlan Zhaqypov"}


def test_odd_names_are_flagged():
    """A letter alone, and one name of a crowd whom nothing brings together, are kept and said to be odd."""
    mentions = [make_mention(f"d{i}", "Karim Salih") for i in range(60)] + [make_mention("x", "K")]
    groups, linked = people_of(mentions)
    assert len(groups) == 61
    flags = {q.reasons[0] for q in linked.questions if not q.b}
    assert flags == {"a name of single letters", "one name of 60 people whom nothing brings together"}


def test_ten_thousand_mentions_of_one_name():
    """One man in ten thousand stories of one country is one person; a name is asked about, not multiplied."""
    mentions = [make_mention(f"d{i:05}", "Karim Salih") for i in range(10_000)]
    claims = [make_claim(m.document, "trial", [m.name], place=["Peru"]) for m in mentions]
    around = surroundings([make_document(m.document) for m in mentions], claims, mentions, {})
    assert len(link_people(mentions, around).people) == 1


@pytest.mark.parametrize("name", ["", "!!", "…", "x", "12", "A B", "Dr."])
def test_odd_names_do_no_harm(name):
    """A reader's slip is a person of its own, not a crash and not somebody else; so is a person named like a place."""
    names = (name, "Daulet Zhaqypov", "Oral")
    assert count_people(*names, claims=set_in(names, "Oral", "Kazakhstan")) == 3


@settings(max_examples=40, deadline=None)
@given(st.lists(st.tuples(st.integers(0, 5), st.sampled_from([n for p in DIFFERENT for n in p])), unique=True))
def test_known_different_people_are_never_merged(placed):
    """In whatever documents and company they occur."""
    mentions = [make_mention(f"d{d}", name) for d, name in placed]
    groups, _ = people_of(mentions)
    together = [{name for _, name in group} for group in groups]
    assert not [pair for pair in DIFFERENT if any(set(pair) <= names for names in together)]


@settings(max_examples=60, deadline=None)
@given(
    st.lists(
        st.tuples(
            st.integers(0, 7),
            st.sampled_from([*(n for p in DIFFERENT for n in p), "Omarov", "Novik", "N. Omarov"]),
            st.sampled_from([(), ("19",), ("60",), ("teacher",)]),
        ),
        unique_by=lambda row: row[:2],
    ),
    st.lists(st.tuples(st.integers(0, 7), st.sampled_from(["Oral", "Aqtau"])), max_size=8),
    st.randoms(use_true_random=False),
)
def test_components_can_be_linked_one_by_one(placed, towns, rng):
    """The whole is the sum of its components, in any order of arrival: nothing else decides."""
    mentions = [make_mention(f"d{d}", name, hints=hints) for d, name, hints in placed]
    documents = [make_document(f"d{i}", published="2030-05-01") for i in range(8)]
    claims = [make_claim(f"d{d}", "trial", place=(town, "Kazakhstan")) for d, town in towns]
    around = surroundings(documents, claims, mentions, {})
    whole = link_people(mentions, around)
    shuffled = rng.sample(mentions, len(mentions))
    assert link_people(shuffled, around) == whole
    people, links, questions = [], [], []
    for component in blocks(portraits(shuffled, around)):
        part = link_people([m for p in component for m in p.mentions], around)
        people += part.people
        links += part.links
        questions += part.questions
    assert sorted(people, key=lambda p: p.id) == whole.people
    assert sorted(links, key=repr) == sorted(whole.links, key=repr)
    assert sorted(questions, key=repr) == sorted(whole.questions, key=repr)
