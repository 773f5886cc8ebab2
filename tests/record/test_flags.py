"""What cannot be as told: kept, flagged with its reason, visible in the case and among the contradictions."""

from __future__ import annotations

from dataclasses import replace

import pytest

from khronika.facts.claims import Claim, Penalty, Status
from khronika.record.custody import intervals
from khronika.record.derived import dump
from khronika.record.flags import flags_of, flags_on
from khronika.record.onfile import ClaimOnFile, EventOnFile
from khronika.record.record import Record, open_record
from tests.telling import ARREST, Teller, term

JORUN = {"targets": ("Jorun Velkaste",)}


def event(type: str, date: str | None = None, known: str | None = "2031-06-30", **more: object) -> EventOnFile:
    """An event told by one claim."""
    words = f"{type} {date}"
    claim = Claim(
        document="d1", source="s", start=0, end=len(words), quote=words, type=type, reader="t", date=date,
        **(JORUN | more),  # type: ignore[arg-type]
    )  # fmt: skip
    return EventOnFile(f"e-{type}-{date}", type, (ClaimOnFile(claim, known, "d1"),))


def kinds(one: EventOnFile) -> list[str]:
    return [flag.kind for flag in flags_of(one)]


def test_told_as_past_of_a_later_day():
    """A report of June cannot know of July; a plan, a month that has begun and an undated report can."""
    assert kinds(event("release", "2031-07-05")) == ["after report"]
    assert kinds(event("release", "2031-07-05", status=Status.PLANNED)) == []
    assert kinds(event("release", "2031-06")) == kinds(event("release", "2031-06-30")) == []
    assert kinds(event("release", "2031-07-05", known=None)) == []
    assert kinds(event("release", "2031-07", known="2031")) == []


def test_dates_that_are_none():
    """An interval that ends before it begins, and words that are no date, are kept with their reason."""
    (flag,) = flags_of(event("detention", "2031-06-05/2031-05-28"))
    assert (flag.kind, flag.reason) == (
        "ends before it begins", "told of 2031-06-05/2031-05-28, which ends before it begins",
    )  # fmt: skip
    assert kinds(event("detention", "soon")) == kinds(event("detention", "2031-02-30")) == ["no date"]


@pytest.mark.parametrize("none", ["P0D", "P0Y0M0D", "PT0H", "P0W"])
@pytest.mark.parametrize("some", ["P1D", "PT1H", "P10D", "P0Y1D", "P", "D", ""])
def test_a_term_of_no_length(none, some):
    """Zero days of jail are no term; ten are one, and what is no term at all is none of no length."""
    assert kinds(event("sentence", penalties=(Penalty(ARREST, none),))) == ["no time"]
    assert kinds(event("detention", duration=none)) == ["no time"]
    assert kinds(event("sentence", penalties=(Penalty(ARREST, some),))) == []


def on_file(*events: EventOnFile) -> list[str]:
    return [flag.kind for flag in flags_on("p1", events, intervals(events))]


def test_a_release_before_any_custody():
    """The first that is told of someone is a release: where was that person before? Told again later it is in order."""
    freed = event("release", "2031-06-01")
    assert on_file(freed) == on_file(freed, event("detention", "2031-06-10")) == ["release first"]
    assert on_file(event("detention", "2031-05-10"), freed) == []
    assert on_file(event("acquittal", "2031-06-01"), event("charge", "2031-05-01")) == []


def test_what_happens_to_the_dead():
    """Freed after the death, dead twice: flagged. A posthumous acquittal, and a death of the same month: in order."""
    death = event("death", "2031-06-05")
    assert on_file(event("detention", "2031-05-01"), death, event("release", "2031-06-09")) == ["after death"]
    assert on_file(death, event("death", "2031-06-20")) == ["after death"]
    assert on_file(death, event("acquittal", "2031-06-20")) == []
    assert on_file(death, event("death", "2031-06")) == []


def test_flags_change_no_custody_and_do_not_depend_on_order():
    """A flag is a remark: the intervals are those of the same file, whatever the order of claims."""
    events = [event("release", "2031-06-01"), event("death", "2031-06-05"), event("release", "2031-06-09")]
    assert intervals(events) == intervals(events[::-1])
    assert flags_on("p1", events, intervals(events)) == flags_on("p1", events[::-1], intervals(events))
    twice = replace(events[0], claims=events[0].claims * 2)
    assert len(flags_of(replace(twice, claims=twice.claims[::-1]))) == len(flags_of(events[0]))


WRONG = (
    ("Jorun Velkaste was freed on 5 July.", "release", JORUN | {"date": "2031-07-05"}, "after report"),
    ("Jorun Velkaste was held from 5 June to 28 May.", "detention", JORUN | {"date": "2031-06-05/2031-05-28"},
     "ends before it begins"),
    ("Jorun Velkaste got zero days.", "sentence", JORUN | term(ARREST, "P0D") | {"date": "2031-06-02"}, "no time"),
    ("Jorun Velkaste was freed on 1 June.", "release", JORUN | {"date": "2031-06-01"}, "release first"),
)  # fmt: skip


@pytest.mark.parametrize(("words", "type", "fields", "kind"), WRONG)
def test_bad_input_is_linked_kept_flagged_and_shown(empty: Record, words, type, fields, kind):
    """Through linking, custody and every question: nothing crashes, the claim stays, its reason is seen in the case and
    among the contradictions."""
    teller = Teller(empty)
    teller.story("2031-06-20", (words, type, fields))
    record = teller.done()
    case = record.case("Jorun Velkaste")
    assert kind in [flag.kind for flag in case.flags]
    (one,) = (c for c in record.contradictions() if c.field == kind)
    assert one.kind == "impossible"
    assert one.reason
    assert [s.quote for side in one.sides for s in side.sentences] == [words]
    assert record.contradictions(person="velkaste", kind="impossible")
    assert kind in [flag["kind"] for flag in case.to_json()["flags"]]
    for day in ("2031-05-30", "2031-06-03", "2031-07-06"):
        case.status(day)
        for known in (None, "2031-06-20"):
            record.held(day, known)
            record.unknown(day, known)
    assert record.verify().ok


def test_all_bad_input_together(empty: Record):
    """Several of them in one file flag each by itself."""
    teller = Teller(empty)
    for number, (words, type, fields, _) in enumerate(WRONG):
        teller.story(f"2031-06-2{number}", (words, type, fields))
    record = teller.done()
    assert {c.field for c in record.contradictions(kind="impossible")} >= {"after report", "no time"}
    assert record.case("velkaste").custody


@pytest.mark.parametrize("order", [(0, 1, 2, 3), (3, 2, 1, 0), (2, 0, 3, 1)])
def test_one_story_at_a_time_flags_the_same(empty: Record, tmp_path, order):
    """Linked after each story, in any order, or all at once: the same flags and words of names, to the byte."""
    with open_record(tmp_path / "other", create=True) as other:
        at_once, by_one = Teller(other), Teller(empty)
        for number in order:
            words, type, fields, _ = WRONG[number]
            by_one.story(f"2031-06-2{number}", (words, type, fields))
            by_one.done()
        for number, (words, type, fields, _) in enumerate(WRONG):
            at_once.story(f"2031-06-2{number}", (words, type, fields))
        assert [*dump(at_once.done().alias)] == [*dump(empty.alias)]
        assert other.contradictions() == empty.contradictions()
    assert empty.verify().ok
