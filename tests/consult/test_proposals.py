"""Whatever an answer holds: what comes out stands in the document and in the codebook."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from khronika.consult.passages import passages_of
from khronika.consult.proposals import MOST_CLAIMS, Checked
from khronika.facts.claims import Count, Figure, Penalty, Status
from khronika.facts.codebook import codebook
from khronika.facts.documents import BlockKind
from khronika.text import edtf
from tests.consult.conftest import JAILED, NOTICE, TAKEN, document_of
from tests.consult.stub import claim

STORY = document_of((BlockKind.STORY, TAKEN), (BlockKind.STORY, JAILED), (BlockKind.NOTICE, NOTICE))


def check(*items):
    checked = Checked(passages_of(STORY), "llm 1 / test")
    checked.take([*items])
    return [*checked.claims.values()], dict(checked.counts())


def test_a_good_answer_is_taken_whole():
    """Every field, each string the document's own."""
    fine = {"kind": "fine", "duration": None, "amount": 300, "currency": "EUR", "detail": "300 euros"}
    jail = {"kind": "administrative_arrest", "duration": "P15D", "amount": None, "currency": None, "detail": None}
    (taken, jailed), dropped = check(
        claim(TAKEN, subtype="police", targets=["Ilse Maranova"], place=["Veldora"], date="2031-03-04"),
        claim(JAILED, "sentence", targets=["Maranova"], penalties=[jail, fine], charge="a picket", hedged=True),
    )
    assert dropped == {}
    assert (taken.start, taken.quote, taken.subtype, taken.place, taken.date) == (
        0, TAKEN, "police", ("Veldora",), "2031-03-04",
    )  # fmt: skip
    assert jailed.penalties == (
        Penalty("administrative_arrest", "P15D"), Penalty("fine", None, 300.0, "EUR", "300 euros"),
    )  # fmt: skip
    assert (jailed.charge, jailed.hedged, jailed.reader, jailed.rule) == ("a picket", True, "llm 1 / test", "")


@pytest.mark.parametrize(
    ("item", "reason"),
    [
        ("a claim", "not an object"),
        ({}, "kind not in the codebook"),
        (claim(TAKEN, "abduction"), "kind not in the codebook"),
        (claim(TAKEN, ["detention"]), "kind not in the codebook"),
        (claim(TAKEN, status="certain"), "status not in the codebook"),
        (claim("Police in Veldora released the baker."), "quote not in the story"),
        (claim(TAKEN.lower()), "quote not in the story"),
        (claim(f"{TAKEN}\n\n{JAILED}"), "quote not in the story"),
        (claim(NOTICE), "quote not in the story"),
        (claim(7), "quote not in the story"),
        (claim("Police"), "quote too short"),
        (claim("   "), "quote too short"),
        (claim(TAKEN, targets=["Ilse Moranova"]), "target not in the story"),
        (claim(TAKEN, targets=["Ilse", "Maran"]), "target not in the story"),
        (claim(TAKEN, targets="Ilse Maranova"), "target not in the story"),
        (claim(TAKEN, targets=[["Ilse Maranova"]]), "target not in the story"),
        (claim(TAKEN, speaker="the ministry"), "speaker not in the story"),
        (claim(TAKEN, speaker=["Police"]), "speaker not in the story"),
    ],
)
def test_a_claim_that_does_not_hold_is_dropped_and_counted(item, reason):
    """Without its sentence, kind, status, targets or speaker it would be another claim."""
    assert check(item) == ([], {f"claim: {reason}": 1})


@pytest.mark.parametrize(
    ("field", "value", "name"),
    [
        ("subtype", "killed", "subtype"),
        ("date", "4 March", "date"),
        ("date", "2031-02-30", "date"),
        ("date", 2031, "date"),
        ("duration", "15 days", "duration"),
        ("duration", "P999999999Y", "duration"),
        ("duration", "P1YT", "duration"),
        ("actors", ["the army"], "actors"),
        ("actors", "Police", "actors"),
        ("place", ["Oslo"], "place"),
        ("group", "two bakers", "group"),
        ("charge", "treason", "charge"),
        ("list", ["x"], "list"),
        ("count", {"min": 5, "max": 2, "approx": False}, "count"),
        ("count", {"min": -1, "max": None}, "count"),
        ("count", {"min": True}, "count"),
        ("count", "many", "count"),
        ("figure", {"what": "Police", "min": 1, "max": 1}, "figure"),
        ("penalties", [{"kind": "fine"}], "penalties"),
    ],
)
def test_a_field_that_does_not_hold_is_left_out_and_counted(field, value, name):
    """The claim stays without it."""
    (found,), dropped = check(claim(TAKEN, **{field: value}))
    assert dropped == {f"field: {name}": 1}
    assert not getattr(found, field)


def test_bad_penalties_are_left_out_part_by_part():
    """Kind, term, sum, currency and detail each by itself."""
    (found,), dropped = check(
        claim(
            JAILED,
            "sentence",
            penalties=[
                {"kind": "prison"},
                "15 days",
                {"kind": "fine", "duration": "long", "amount": float("inf"), "currency": "ZZZ", "detail": "a million"},
                {"kind": "fine", "amount": True, "currency": 5, "duration": None},
            ],
        )
    )
    assert found.penalties == (Penalty("fine"), Penalty("fine"))
    assert dropped == {
        "field: penalties": 2, "field: penalty duration": 1, "field: penalty detail": 1, "field: amount": 2,
        "field: currency": 2,
    }  # fmt: skip


def test_numbers_of_people_and_figures():
    """Bounds as stated; what a figure counts is in the story's words."""
    bounds = {"min": 2, "max": None, "approx": True}
    found, dropped = check(claim(TAKEN, count=bounds), claim(JAILED, "figure", figure={"what": "days", **bounds}))
    assert found[0].count == Count(2, None, True)
    assert found[1].figure == Figure("days", 2, None, True)
    assert dropped == {}


def test_the_same_claim_twice_and_too_many_claims():
    """Each is counted; the work stays bounded."""
    found, dropped = check(*[claim(TAKEN)] * (MOST_CLAIMS + 5))
    assert len(found) == 1
    assert dropped == {"claim: said twice": MOST_CLAIMS - 1, "claim: too many": 5}


ANY = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(max_size=20)
    | st.sampled_from(["detention", "happened", "Police", TAKEN, JAILED, "2031-03-04", "P15D", "fine", "EUR"]),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.sampled_from([*claim(""), "kind", "min"]), inner),
    max_leaves=12,
)  # fmt: skip


@given(st.dictionaries(st.sampled_from([*claim("")]), ANY), ANY)
def test_no_answer_breaks_the_check_and_nothing_unsaid_comes_through(fields, item):
    """For any JSON: words stand where a proposal says, names in the story, values in the codebook."""
    found, _ = check(claim(TAKEN) | fields, fields, item, claim(JAILED, "sentence") | fields)
    for one in found:
        assert STORY.text[one.start : one.end] == one.quote
        assert codebook().faults(one) == []
        assert one.status in Status
        for words in (*one.targets, *one.actors, *one.place, one.speaker, one.group, one.charge, one.list):
            assert words is None or words in STORY.text
        assert one.date is None or edtf.validate(one.date)
