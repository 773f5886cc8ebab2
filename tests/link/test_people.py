"""Which mentions across documents are one person, and which never are."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from khronika.link import link

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
    """Romanization, "son of", equivalent given names: no support is needed for the same name."""
    assert count_people(*names) == 1


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
    linked = link(View(documents, (), mentions))
    assert sorted(p.documents for p in linked.people) == [("a", "c"), ("b",)]


def test_a_surname_alone_joins_the_one_person_with_support():
    """Unique surname and a shared place or person: joined. Without support, or with two of the surname: its own."""
    full, short = make_mention("a", "Daulet Zhaqypov", "Zhaqypov"), make_mention("b", "Zhaqypov")
    claims = [
        make_claim(d, "trial", [n], place=["Oral", "Kazakhstan"]) for d, n in (("a", full.name), ("b", short.name))
    ]
    rival = make_mention("c", "Nurlan Zhaqypov")
    assert len(people_of([full, short])[0]) == 2
    assert len(people_of([full, short], claims)[0]) == 1
    assert len(people_of([full, short, rival], claims)[0]) == 3
    with_friend = [make_mention("a", "Alia Ospanova"), make_mention("b", "Alia Ospanova")]
    groups, linked = people_of([full, short, *with_friend])
    assert [("a", "Daulet Zhaqypov"), ("b", "Zhaqypov")] in groups
    assert any("surname alone" in x.reason for x in linked.links)


def test_every_join_says_why():
    """Score, reason and the two values are kept with the link."""
    _, linked = people_of([make_mention("a", "Uladzimir Novik"), make_mention("b", "Vladimir Novik")])
    (why,) = linked.links
    assert (why.a, why.b) == ("a/Uladzimir Novik", "b/Vladimir Novik")
    assert (
        why.score >= 0.95 and why.reason.startswith("spelling") and why.values == ("Uladzimir Novik", "Vladimir Novik")
    )


def test_name_forms_and_ambiguous_forms():
    """The fullest name names the person; a form that two people of one document share points at nobody."""
    mentions = [make_mention("a", "Daulet Zhaqypov", "Zhaqypov"), make_mention("a", "Nurlan Zhaqypov", "Zhaqypov")]
    _, linked = people_of(mentions)
    assert ("a", "Zhaqypov") not in dict(linked.names)
    assert {p.name for p in linked.people} == {"Daulet Zhaqypov", "Nurlan Zhaqypov"}


@pytest.mark.parametrize("name", ["", "!!", "…", "x", "12", "A B", "Dr."])
def test_odd_names_do_no_harm(name):
    """A reader's slip is a person of its own, not a crash and not somebody else."""
    assert count_people(name, "Daulet Zhaqypov") == 2


@settings(max_examples=40, deadline=None)
@given(st.lists(st.tuples(st.integers(0, 5), st.sampled_from([n for p in DIFFERENT for n in p])), unique=True))
def test_known_different_people_are_never_merged(placed):
    """In whatever documents and company they occur."""
    mentions = [make_mention(f"d{d}", name) for d, name in placed]
    groups, _ = people_of(mentions)
    together = [{name for _, name in group} for group in groups]
    assert not [pair for pair in DIFFERENT if any(set(pair) <= names for names in together)]
