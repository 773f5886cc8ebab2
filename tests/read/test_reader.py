"""The main reading rules, each on a sentence of the kind it is for. The people and places are invented."""

from __future__ import annotations

import pytest

from khronika.facts.claims import Penalty, Status
from khronika.facts.documents import Block, BlockKind
from tests.read.conftest import of, story


@pytest.mark.parametrize(
    ("sentence", "kind", "target"),
    [
        ("Police detained the activist Daniar Ospan on Monday.", "detention", "Daniar Ospan"),
        ("Daniar Ospan was arrested by security officers at his home.", "detention", "Daniar Ospan"),
        ("A court sentenced Daniar Ospan to five years in prison.", "sentence", "Daniar Ospan"),
        ("Daniar Ospan was found guilty of spreading false information.", "conviction", "Daniar Ospan"),
        ("Prosecutors charged Daniar Ospan with treason.", "charge", "Daniar Ospan"),
        ("Daniar Ospan was released from prison on Friday.", "release", "Daniar Ospan"),
        ("Daniar Ospan went on trial in the capital on Monday.", "trial", "Daniar Ospan"),
        ("Daniar Ospan fled the country in April.", "movement", "Daniar Ospan"),
        ("Guards severely beat Daniar Ospan in his cell.", "ill_treatment", "Daniar Ospan"),
    ],
)
def test_who_it_was_done_to(claims, sentence, kind, target):
    """Active and passive: the object or passive subject is the target."""
    assert target in {t for c in of(claims(sentence), kind) for t in c.targets}


def test_the_span_is_the_sentence(claims):
    """A claim's span gives its sentence back, letter by letter."""
    text = "It rained in the north.\n\nPolice arrested Daniar Ospan on Tuesday.  Shops stayed open."
    for claim in claims(text):
        assert text[claim.start : claim.end] == claim.quote == "Police arrested Daniar Ospan on Tuesday."


def test_conviction_and_sentence_are_two_claims(claims):
    """Codebook rule 2: "found X guilty of Y and sentenced him to Z"."""
    found = claims("The court found Daniar Ospan guilty of libel and sentenced him to two years in prison.")
    assert [c.targets for c in of(found, "conviction")] == [("Daniar Ospan",)]
    (sentence,) = of(found, "sentence")
    assert sentence.targets == ("Daniar Ospan",)
    assert sentence.penalties == (Penalty("imprisonment", "P2Y"),)


def test_a_term_in_days_is_administrative_arrest(claims):
    """ "15 days in jail" is the penalty of a misdemeanor court."""
    (sentence,) = of(claims("Aset Kairov was sentenced to 15 days in jail."), "sentence")
    assert sentence.penalties == (Penalty("administrative_arrest", "P15D"),)


def test_a_demanded_release_is_no_release(claims):
    """Codebook rule 12: a demand keeps its status and its speaker."""
    found = of(claims("Relatives of Aset Kairov demanded his release on Monday."), "release")
    assert found
    assert {c.status for c in found} == {Status.DEMANDED}


def test_a_denied_charge(claims):
    """Codebook rule 22: the person who rejects a charge is its speaker."""
    (charge,) = of(claims("Aset Kairov has rejected the charges against him."), "charge")
    assert (charge.status, charge.speaker) == (Status.DENIED, "Aset Kairov")


def test_the_speaker_of_reported_speech(claims):
    """ "X told reporters that …": X says it, the outlet does not."""
    (detention,) = of(claims("Lawyer Sauran Bekova told reporters that police had detained Aset Kairov."), "detention")
    assert detention.speaker == "Sauran Bekova"
    assert detention.targets == ("Aset Kairov",)


def test_dates_against_the_publication_day(claims):
    """A bare weekday is the last one on or before publication."""
    (detention,) = of(claims("Police detained Aset Kairov on Monday."), "detention")
    assert detention.date == "2024-05-13"


def test_a_surname_and_a_pronoun_are_the_full_name(claims):
    """Inside a story the fullest form stands for all of them (codebook rule 8)."""
    found = claims(
        "Aset Kairov, 41, is a well-known blogger.\n\nKairov was arrested on Sunday. He was released on Monday."
    )
    assert {c.targets for c in of(found, "detention")} == {("Aset Kairov",)}
    assert {c.targets for c in of(found, "release")} == {("Aset Kairov",)}


def test_a_group_keeps_its_count(claims):
    """Unnamed people are a group with a count."""
    (detention,) = of(claims("Police detained at least 20 protesters in the city."), "detention")
    assert detention.targets == ()
    assert detention.count is not None
    assert detention.count.min == 20


@pytest.mark.parametrize(
    "text",
    [
        "The countries opened a new trade hub on the border, officials said in a statement released on Monday.",
        "The sentence ends with a full stop, and the court was covered in clay for the tennis final.",
        "The band released its third album, and fans charged their phones while it rained.",
        "Oil prices rallied on Thursday after the ministry cut its quota.",
        "He suffered a cardiac arrest during the match and the game was held up.",
        "She became king's counsel after the death of her father in 1998 and opened a school of music.",
        "Prosecutors are in charge of the building, which was free of charge.",
    ],
)
def test_silence_where_nothing_is_said(claims, text):
    """Codebook rule 1: words of custody in another sense are no claim."""
    assert claims(text) == []


def test_a_detention_center_is_no_camp(claims):
    """Codebook: internment is a camp without trial; being taken to a detention center is a detention."""
    found = claims("Aset Kairov was taken to a detention center in the capital.")
    assert [(c.type, c.targets) for c in found] == [("detention", ("Aset Kairov",))]


def test_boilerplate_is_not_read(reader):
    """A legal notice about fines and imprisonment is no claim (codebook rule 4)."""
    body, notice = (
        "The weather was fine.",
        "You could face imprisonment: the editor was arrested for sharing our content.",
    )
    document = story(
        f"{body}\n\n{notice}",
        blocks=(
            Block(BlockKind.STORY, 0, len(body)),
            Block(BlockKind.NOTICE, len(body) + 2, len(body) + 2 + len(notice)),
        ),
    )
    assert reader.read(document).claims == ()


def test_reading_twice_gives_the_same(reader):
    """Reading is a function of the document: equal claims, equal ids."""
    document = story("Police arrested Aset Kairov on Monday.\n\nHe was fined $500 and released.")
    first, second = reader.read(document), reader.read(document)
    assert first == second
    assert len({c.id for c in first.claims}) == len(first.claims)


@pytest.mark.parametrize(
    "text", ["", " \n\n ", "\u202e\x00 arrested", "arrested " * 3000, "“" * 500, "POLICE ARRESTED ASET KAIROV!"]
)
def test_odd_text_does_not_stop_the_reader(claims, text):
    """Empty, bidi and NUL, endless, unbalanced, shouted: no crash."""
    claims(text)


def test_another_language_is_left_alone(claims):
    """The bundled reader reads English; a story in another language yields nothing rather than noise."""
    assert claims("La police a arrêté Aset Kairov lundi.", language="fr") == []


@pytest.mark.parametrize(
    "text",
    [
        "Elections were held across the region on Sunday.",
        "Prayers were held in the square. Meetings were held there too.",
        "There were apprehensions that pupils had lost their books near the police station.",
        "The violence that took place near the police station was condemned.",
        "Two rifles and a shipment of timber were apprehended at the port.",
    ],
)
def test_what_is_held_or_taken_and_is_no_one_is_no_detention(claims, text):
    """Verbs of custody have other objects too: elections are held, a meeting takes place, trouble is apprehended."""
    assert not [c for c in claims(text) if c.type == "detention"]
