"""An event's fields and conflicts from its claims."""

import random
from itertools import count

import pytest

from khronika.facts.claims import Claim, Count, Penalty, Status
from khronika.facts.reconcile import reconcile

_AT = count()


def told(document="a", type="sentence", **fields):
    """A claim of a document."""
    at = next(_AT) * 10
    return Claim(document=document, source=document, start=at, end=at + 5, quote="Q.", type=type, reader="r", **fields)


def conflicts(*claims, origins=None):
    """Field → the rival values, best first."""
    return {c.field: [value for value, _ in c.values] for c in reconcile(claims, origins).conflicts}


def test_the_narrower_value_wins_without_a_conflict():
    """A month says less than its day, a country less than its town, "at least 5" less than 7: no rivals."""
    claims = [
        told(date="2030-05", place=("Peru",), count=Count(min=5), subtype="unspecified", charge="theft"),
        told(
            "b", date="2030-05-04", place=("Tacna", "Peru"), count=Count(7, 7), subtype="police", charge="armed theft"
        ),
    ]
    event = reconcile(claims)
    assert event.conflicts == ()
    assert (event.date, event.place, event.count) == ("2030-05-04", ("Tacna", "Peru"), Count(7, 7))
    assert (event.subtype, event.charge, event.origins) == ("police", "armed theft", 2)


def test_rival_values_stand_side_by_side():
    """Each with its claims; the one with more origins first."""
    claims = [told("a", date="2030-05-04"), told("b", date="2030-05-06"), told("c", date="2030-05-06")]
    event = reconcile(claims)
    assert event.date == "2030-05-06"
    ((field, values),) = [(c.field, c.values) for c in event.conflicts]
    assert field == "date"
    assert dict(values) == {"2030-05-06": tuple(sorted(c.id for c in claims[1:])), "2030-05-04": (claims[0].id,)}


def test_a_wide_value_hides_no_quarrel():
    """ "In May" agrees with both days; the days still disagree."""
    claims = [told("a", date="2030-05-04"), told("b", date="2030-05-06"), told("c", date="2030-05")]
    assert conflicts(*claims)["date"] == ["2030-05-04", "2030-05-06"]


def test_copies_do_not_outvote():
    """Three copies of one report are one origin against two."""
    copies = [told(f"copy{i}", count=Count(9, 9)) for i in range(3)]
    others = [told("x", count=Count(4, 4)), told("y", count=Count(4, 4))]
    origins = {c.id: "wire" for c in copies}
    assert reconcile([*copies, *others], origins).count == Count(4, 4)
    assert reconcile([*copies, *others]).count == Count(9, 9)
    assert reconcile([*copies, *others], origins).origins == 3


def test_an_unhedged_value_comes_first():
    """Of two with one origin each, the one said without "reportedly"."""
    claims = [told("a", date="2030-05-04", hedged=True), told("b", date="2030-05-06")]
    assert conflicts(*claims)["date"] == ["2030-05-06", "2030-05-04"]


@pytest.mark.parametrize(
    ("statuses", "status", "rival"),
    [
        (["planned", "happened"], "happened", False),
        (["possible", "planned"], "planned", False),
        (["denied"], "denied", False),
        (["denied", "happened"], "happened", True),
        (["demanded"], "demanded", False),
    ],
)
def test_status(statuses, status, rival):
    """What happened outranks what was planned; a denial stands beside it."""
    event = reconcile([told(f"d{i}", status=Status(s)) for i, s in enumerate(statuses)])
    assert event.status == status
    assert ("status" in {c.field for c in event.conflicts}) is rival


def test_a_plan_does_not_rival_what_came():
    """The hearing set for the 3rd that was held on the 5th has one date."""
    claims = [told("a", date="2030-05-03", status=Status.PLANNED), told("b", date="2030-05-05")]
    event = reconcile(claims)
    assert (event.date, event.conflicts) == ("2030-05-05", ())


def test_penalties_of_several_kinds_add_up_and_terms_conflict():
    """A term and a fine are one sentence; two terms of one kind are rivals; a missing term is none."""
    prison, fine = Penalty("imprisonment", "P3Y"), Penalty("fine", amount=500.0, currency="PEN")
    unsaid = Penalty("imprisonment")
    event = reconcile([told("a", penalties=(unsaid,)), told("b", penalties=(prison, fine))])
    assert (event.penalties, event.conflicts) == ((fine, prison), ())
    longer = Penalty("imprisonment", "P4Y")
    rivals = conflicts(told("a", penalties=(prison,)), told("b", penalties=(longer,)), told("c", penalties=(longer,)))
    assert rivals == {"penalties": [longer, prison]}


def test_approximate_counts_meet_close_ones():
    """ "Around 30" and 28 agree, 14 does not."""
    around = told("a", count=Count(30, 30, True))
    assert conflicts(around, told("b", count=Count(28, 28))) == {}
    assert "count" in conflicts(around, told("b", count=Count(14, 14)))


def test_order_of_claims_does_not_matter_and_none_is_an_error():
    """A pure function of the set of claims."""
    claims = [
        told(f"d{i % 4}", date=f"2030-05-0{i % 5 + 1}", count=Count(i, i), place=(f"P{i % 3}",)) for i in range(9)
    ]
    first = reconcile(claims)
    for seed in range(6):
        random.Random(seed).shuffle(claims)
        assert reconcile(claims) == first
    with pytest.raises(ValueError, match="at least one claim"):
        reconcile([])


def test_an_outlets_correction_takes_the_place_of_its_error():
    """The 5th, then the 7th by the same outlet: the 7th, and no conflict, though a copy still prints the 5th. Another
    outlet's 5th is a rival. A month said later corrects no day, and one story that gives both puts none right."""
    first, then, copy = told("a", date="2030-05-05"), told("b", date="2030-05-07"), told("c", date="2030-05-05")
    other = told("d", date="2030-05-05")
    origins = {first.id: "echo", then.id: "echo", copy.id: "echo", other.id: "mirror"}
    days = {first.id: "2030-05-06", then.id: "2030-05-20", other.id: "2030-05-06"}
    event = reconcile([copy, then, first], origins, days)
    assert (event.date, event.conflicts, event.origins) == ("2030-05-07", (), 1)
    (conflict,) = reconcile([copy, then, first, other], origins, days).conflicts
    assert dict(conflict.values) == {"2030-05-05": (other.id,), "2030-05-07": (then.id,)}
    month = told("e", date="2030-05")
    vague = reconcile([first, month], {first.id: "echo", month.id: "echo"}, {first.id: "2030-05-06", month.id: "2031"})
    assert vague.date == "2030-05-05"
    same = {first.id: "2030-05-06", then.id: "2030-05-06"}
    assert [c.field for c in reconcile([first, then], origins, same).conflicts] == ["date"]


def test_a_corrected_term_takes_the_place_of_the_wrong_one():
    """Ten days, put right to fifteen; a fine told besides is not touched."""
    ten, fifteen = (Penalty("administrative_arrest", f"P{n}D") for n in (10, 15))
    fine = told("a", penalties=(Penalty("fine", None, 300.0, "KZT"),))
    wrong, right = told("b", penalties=(ten,)), told("c", penalties=(fifteen,))
    claims = [fine, wrong, right]
    days = {fine.id: "2030-05-05", wrong.id: "2030-05-06", right.id: "2030-05-09"}
    event = reconcile(claims, dict.fromkeys(days, "echo"), days)
    assert set(event.penalties) == {fifteen, *fine.penalties} and event.conflicts == ()
