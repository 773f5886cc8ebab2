"""Where an event stands on the line of a person's life, also without a date."""

from __future__ import annotations

from datetime import date

from khronika.facts.claims import Claim
from khronika.record.onfile import Account, ClaimOnFile, EventOnFile, account
from khronika.record.steps import place, span


def told(type: str, day: str | None, known: str = "2021-06-30", document: str = "d1", **more: object) -> Account:
    claim = Claim(document=document, source="s", start=0, end=0, quote="", type=type, reader="t", date=day, **more)  # type: ignore[arg-type]
    found = account(EventOnFile(f"{type} {day}", type, (ClaimOnFile(claim, known, document),)))
    assert found
    return found


def test_what_happened_is_not_later_than_its_report() -> None:
    """ "This month", reported on the 10th: until the 10th. A date after the report is left as it is given."""
    assert span(told("release", "2021-06", "2021-06-10")) == (date(2021, 6, 1), date(2021, 6, 10))
    assert span(told("release", "2021-07", "2021-06-10")) == (date(2021, 7, 1), date(2021, 7, 31))
    assert span(told("detention", "2018/..", "2021-06-10")) == (date(2018, 1, 1), date(2021, 6, 10))


def test_beginnings_count_from_the_first_day_ends_from_the_last() -> None:
    """Arrested "in March", freed "in May"."""
    steps = place([told("release", "2021-05"), told("detention", "2021-03")])
    assert [(s.account.type, s.day.isoformat(), s.how) for s in steps] == [
        ("detention", "2021-03-01", "dated"),
        ("release", "2021-05-31", "dated"),
    ]


def test_a_stated_time_in_custody_is_reckoned_back() -> None:
    """ "Has been held for 17 days", reported on 30 June; "freed after 17 days" with an undated arrest."""
    [step] = place([told("detention", None, duration="P17D")])
    assert (step.day, step.how) == (date(2021, 6, 13), "reckoned")
    steps = place([told("detention", None, duration="P17D"), told("release", "2021-06-20")])
    assert [s.day for s in steps] == [date(2021, 6, 3), date(2021, 6, 20)]


def test_never_reckoned_back_beyond_an_earlier_arrest() -> None:
    """The court's term would reach back before the reported arrest: the arrest holds."""
    from khronika.facts.claims import Penalty

    events = [
        told("detention", "2020-12-05"),
        told("sentence", None, penalties=(Penalty("imprisonment", "P5Y"),)),
        told("release", "2021-06-20"),
    ]
    assert [s.day.isoformat() for s in place(events)] == ["2020-12-05", "2020-12-05", "2021-06-20"]


def test_an_event_that_nobody_dates_and_nobody_knew_when_is_left_out() -> None:
    """Without date, publication and capture there is no day at all."""
    claim = Claim(document="d", source="s", start=0, end=0, quote="", type="detention", reader="t")
    found = account(EventOnFile("e", "detention", (ClaimOnFile(claim, None, "d"),)))
    assert found
    assert place([found]) == []
