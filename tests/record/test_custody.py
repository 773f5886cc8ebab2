"""Custody states from events: the rules at the head of `custody.py`, and the laws that hold for any file."""

from __future__ import annotations

from datetime import date, timedelta
from itertools import count, pairwise

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from khronika.facts.claims import Claim, Penalty, Status
from khronika.facts.events import Interval
from khronika.record.custody import HELD, intervals, status
from khronika.record.onfile import ClaimOnFile, EventOnFile

_numbers = count()


def on_file(
    type: str, date: str | None = None, *, known: str = "2021-12-31", document: str | None = None, **more: object
) -> EventOnFile:
    """An event with one claim, in a document of its own unless one is given."""
    return EventOnFile(
        f"{type}-{date}-{next(_numbers)}", type, (claim(type, date, known=known, document=document, **more),)
    )


def claim(
    type: str, date: str | None = None, *, known: str = "2021-12-31", document: str | None = None, **more: object
) -> ClaimOnFile:
    document = document or f"d{next(_numbers)}"
    quote = str(more.pop("quote", "A sentence."))
    told = Claim(document=document, source="s", start=0, end=0, quote=quote, type=type, reader="t", date=date, **more)  # type: ignore[arg-type]
    return ClaimOnFile(told, known, document)


def sentence(day: str | None, kind: str, term: str | None = None, **more: object) -> EventOnFile:
    return on_file("sentence", day, penalties=(Penalty(kind, term),), **more)


def state(events: list[EventOnFile], day: str, known: str | None = None) -> str:
    return status(intervals(events, date.fromisoformat(known) if known else None), date.fromisoformat(day)).state


def test_nothing_reported_is_unknown() -> None:
    """A day before the first event, or a person without events, is unknown: never free by default."""
    assert state([], "2021-01-01") == "unknown"
    assert state([on_file("detention", "2021-06-22")], "2021-06-21") == "unknown"
    assert state([on_file("charge", "2021-06-22"), sentence("2021-06-23", "fine")], "2021-06-24") == "unknown"


def test_a_term_ends_by_arithmetic_as_overdue_never_as_free() -> None:
    """15 days from 22 June are expected to end on 7 July; after that, without a report, nobody knows."""
    found = intervals([sentence("2021-06-22", "administrative_arrest", "P15D")])
    assert [(i.start, i.end, i.state, i.held, i.expected) for i in found] == [
        ("2021-06-22", "2021-07-07", "detained", True, True),
        ("2021-07-07", None, "unknown", None, False),
    ]
    assert "overdue" in (found[1].note or "")


def test_a_term_counts_from_the_arrest() -> None:
    """The days in police custody before the sentence are part of the term."""
    events = [on_file("detention", "2021-06-20"), sentence("2021-06-22", "administrative_arrest", "P15D")]
    assert intervals(events)[-2].end == "2021-07-05"


@pytest.mark.parametrize(
    ("penalty", "change", "end"),
    [
        (Penalty("administrative_arrest", None, detail="reduced by half"), "reduced", "2021-06-29"),
        (Penalty("administrative_arrest", "P10D"), "reduced", "2021-07-02"),
        (Penalty("administrative_arrest", "P5D", detail="cut by five days"), "reduced", "2021-07-02"),
        (Penalty("administrative_arrest", "P20D"), "raised", "2021-07-12"),
        (Penalty("administrative_arrest", None), "reduced", "2021-07-07"),
    ],
)
def test_a_changed_term_moves_the_expected_end(penalty: Penalty, change: str, end: str) -> None:
    """By half, to a new term, by so much; where the new term is not said, the old end is the latest."""
    events = [
        sentence("2021-06-22", "administrative_arrest", "P15D"),
        on_file("sentence_change", "2021-06-24", subtype=change, penalties=(penalty,)),
    ]
    assert [i.end for i in intervals(events) if i.expected] == [end]


@pytest.mark.parametrize("told", [Status.DENIED, Status.DEMANDED, Status.PLANNED, Status.POSSIBLE])
def test_a_release_that_did_not_happen_changes_nothing(told: Status) -> None:
    """Only what is said to have happened counts."""
    events = [on_file("detention", "2021-06-22")]
    assert intervals([*events, on_file("release", "2021-06-23", status=told)]) == intervals(events)


def test_release_and_rearrest() -> None:
    """Free between a release and the next arrest; the interval names what closed it."""
    first, freed, again = (
        on_file("detention", "2021-06-22"),
        on_file("release", "2021-06-29"),
        on_file("detention", "2021-07-01"),
    )
    found = intervals([again, freed, first])
    assert [(i.state, i.start, i.end) for i in found] == [
        ("detained", "2021-06-22", "2021-06-29"),
        ("free", "2021-06-29", "2021-07-01"),
        ("detained", "2021-07-01", None),
    ]
    assert found[0].because == (first.id, freed.id)
    assert found[0].closed_by == freed.id


def test_an_undated_sentence_after_a_new_arrest_is_not_of_the_custody_before() -> None:
    """Freed in March, arrested anew in May, "sentenced to eight years" told in June without a day: in prison from then,
    and not sentenced eight years before March."""
    events = [
        on_file("detention", "2020-02-05", known="2020-02-06"),
        on_file("release", "2020-03-01", known="2020-03-02"),
        on_file("detention", "2020-05-04", known="2020-05-05"),
        sentence(None, "imprisonment", "P8Y", known="2020-06-20"),
    ]
    assert state(events, "2019-01-01") == "unknown"
    assert [state(events, d) for d in ("2020-04-01", "2020-05-10", "2020-07-01")] == ["free", "detained", "imprisoned"]


def test_an_event_counts_for_a_person_once_a_claim_names_that_person() -> None:
    """Eleven were detained in May; that she was among them was told in September: till then nothing is known of her."""
    crowd, later = claim("detention", "2021-05-04", known="2021-05-05"), claim("detention", known="2021-09-01")
    arrest = EventOnFile("e", "detention", (crowd, later), named=frozenset({later.claim.id}))
    assert state([arrest], "2021-06-01", known="2021-08-31") == "unknown"
    assert state([arrest], "2021-06-01", known="2021-09-01") == "detained"
    assert intervals([arrest])[0].known == "2021-09-01"
    nobody = EventOnFile("e", "detention", (crowd,), named=frozenset())
    assert intervals([nobody]) == ()


def test_as_known_on_a_day() -> None:
    """A release that is reported later is not known before; the expected end stands until then."""
    events = [
        sentence("2021-06-22", "administrative_arrest", "P15D", known="2021-06-22"),
        on_file("release", "2021-06-29", known="2021-07-03"),
    ]
    assert state(events, "2021-06-30") == "free"
    assert state(events, "2021-06-30", known="2021-06-25") == "detained"
    assert state(events, "2021-06-23", known="2021-06-21") == "unknown"


@pytest.mark.parametrize(
    ("penalty", "expected"),
    [
        ("imprisonment", "imprisoned"),
        ("administrative_arrest", "detained"),
        ("house_arrest", "house_arrest"),
        ("suspended", "restricted"),
        ("freedom_limitation", "restricted"),
        ("compulsory_treatment", "psychiatric"),
        ("fine", "detained"),
    ],
)
def test_what_a_penalty_brings(penalty: str, expected: str) -> None:
    """The state after the sentence of someone who was detained; a fine alone does not say that they were let go."""
    events = [on_file("detention", "2021-01-10"), sentence("2021-02-01", penalty, "P2Y")]
    assert state(events, "2021-03-01") == expected


def test_suspended_imprisonment_is_no_prison() -> None:
    """ "Sentenced to two years in prison, suspended": restricted, not imprisoned."""
    both = (Penalty("imprisonment", "P2Y"), Penalty("suspended", "P2Y"))
    assert state([on_file("sentence", "2021-02-01", penalties=both)], "2021-03-01") == "restricted"


def test_absent_people_are_not_imprisoned() -> None:
    """A sentence in absentia, or of one who has fled, opens no custody."""
    assert (
        state([sentence("2021-02-01", "imprisonment", "P9Y", quote="He was sentenced in absentia.")], "2021-03-01")
        == "unknown"
    )
    fled = on_file("movement", "2020-08-20", subtype="fled")
    assert state([fled, sentence("2021-02-01", "imprisonment", "P9Y")], "2021-03-01") == "free"


def test_granted_parole_is_not_yet_a_release() -> None:
    """The court's ruling leaves the person in prison until a release is reported; revoked parole changes nothing."""
    events = [
        sentence("2018-12-01", "imprisonment", "P7Y"),
        on_file("sentence_change", "2021-02-01", subtype="paroled"),
        on_file("sentence_change", "2021-02-15", subtype="parole_revoked"),
    ]
    assert {state(events[:n], "2021-03-01") for n in (1, 2, 3)} == {"imprisoned"}
    freed = on_file("release", "2021-02-10")
    assert state([*events[:2], freed], "2021-02-12") == "free"
    assert state([*events, freed], "2021-03-01") == "imprisoned"


def test_a_story_told_backwards() -> None:
    """ "He was sentenced to five years … and released in February 2021": before the release, by the term."""
    events = [
        sentence(None, "imprisonment", "P5Y", document="d", known="2021-04-15"),
        on_file("release", "2021-02", document="d", known="2021-04-15"),
    ]
    assert state(events, "2019-01-01") == "imprisoned"
    assert state(events, "2021-03-15") == "free"
    assert state(events, "2015-01-01") == "unknown"


def test_undated_custody_is_known_from_the_report() -> None:
    """ "The jailed activist": held as of the day of the report, not before."""
    events = [on_file("detention", None, known="2021-04-15")]
    assert (state(events, "2021-04-14"), state(events, "2021-04-15")) == ("unknown", "detained")


def test_undated_background_after_a_release_is_no_new_arrest() -> None:
    """A later story that recalls the old arrest without a date does not put the person back behind bars."""
    events = [
        on_file("detention", "2021-06-22", known="2021-06-22"),
        on_file("release", "2021-06-29", known="2021-06-30"),
        on_file("detention", None, known="2021-09-01"),
    ]
    assert state(events, "2021-09-02") == "free"


def test_release_from_one_custody_into_another() -> None:
    """ "Upon his release from prison in 2018 he was sent to a camp": the camp does not end with that release."""
    events = [
        sentence("2005-03-01", "imprisonment", "P13Y"),
        on_file("release", "2018"),
        on_file("internment", "2018/.."),
        on_file("movement", "2021-04-09", subtype="returned"),
    ]
    assert [state(events, day) for day in ("2010-01-01", "2019-01-01", "2021-04-10")] == [
        "imprisoned",
        "interned",
        "free",
    ]


def test_imprecise_dates_open_early_and_close_late() -> None:
    """Arrested "in March": from the 1st; freed "in May": until the 31st, but not after the report that tells it."""
    arrest = on_file("detention", "2021-03", known="2021-03-20")
    assert (state([arrest], "2021-03-01"), state([arrest], "2021-02-28")) == ("detained", "unknown")
    late, early = on_file("release", "2021-05", known="2021-12-01"), on_file("release", "2021-05", known="2021-05-10")
    assert (state([arrest, late], "2021-05-30"), state([arrest, early], "2021-05-10")) == ("detained", "free")


@pytest.mark.parametrize(
    ("sign", "expected"),
    [
        (("custody_protest", "hunger_strike"), "detained"),
        (("transfer", "solitary"), "imprisoned"),
        (("transfer", "house_arrest"), "house_arrest"),
        (("transfer", "psychiatric"), "psychiatric"),
        (("ill_treatment", "torture"), "detained"),
        (("ill_treatment", "beating"), "unknown"),
        (("disappearance", None), "missing"),
        (("internment", None), "interned"),
        (("death", None), "dead"),
        (("movement", "extradited"), "detained"),
        (("movement", "exit_refused"), "unknown"),
        (("acquittal", "dropped"), "unknown"),
    ],
)
def test_what_a_sign_tells_of_someone_unknown(sign: tuple[str, str | None], expected: str) -> None:
    """Kinds that imply custody, and those that do not."""
    assert state([on_file(sign[0], "2021-05-01", subtype=sign[1])], "2021-05-02") == expected


def test_signs_after_an_overdue_release_show_that_custody_lasts() -> None:
    """A hunger strike after the expected end: still in the custody that was thought over."""
    events = [sentence("2019-01-01", "imprisonment", "P1Y"), on_file("custody_protest", "2020-06-01")]
    assert [state(events, d) for d in ("2019-06-01", "2020-03-01", "2020-06-02")] == [
        "imprisoned",
        "unknown",
        "imprisoned",
    ]


def test_death_ends_all() -> None:
    """No later report changes the state of the dead."""
    assert state([on_file("death", "2021-01-01"), on_file("detention", "2021-02-01")], "2021-03-01") == "dead"


def test_acquittal_frees_who_was_held() -> None:
    """Acquitted or charges dropped while in custody: free; a case refused says nothing."""
    held = on_file("detention", "2021-01-01")
    assert state([held, on_file("acquittal", "2021-02-01", subtype="acquitted")], "2021-02-02") == "free"
    assert state([held, on_file("acquittal", "2021-02-01", subtype="refused")], "2021-02-02") == "detained"


def test_rival_dates_stand_beside_each_other() -> None:
    """Two origins say 29 June, one says 5 July: the first is the account, the second a rival, both shown."""
    told = (claim("release", "2021-06-29"), claim("release", "2021-06-29"), claim("release", "2021-07-05"))
    found = intervals([on_file("detention", "2021-06-22"), EventOnFile("r", "release", told)])
    assert [i.end for i in found if i.state == "detained" and not i.rival] == ["2021-06-29"]
    assert [i.end for i in found if i.state == "detained" and i.rival] == ["2021-07-05"]


def test_a_denial_beside_a_report_is_a_rival_account() -> None:
    """Officials deny a release that the family reports: the report counts, the denial is shown as rival."""
    told = (claim("release", "2021-06-29"), claim("release", None, status=Status.DENIED))
    found = intervals([on_file("detention", "2021-06-22"), EventOnFile("r", "release", told)])
    assert state([on_file("detention", "2021-06-22"), EventOnFile("r", "release", told)], "2021-07-01") == "free"
    assert [(i.state, i.end) for i in found if i.rival] == [("detained", None)]


def test_a_bad_date_does_not_stop_a_history() -> None:
    """A reader's slip in one claim counts as no date."""
    assert state([on_file("detention", "last week", known="2021-04-15")], "2021-04-16") == "detained"


_DAYS = st.dates(date(2018, 1, 1), date(2022, 12, 31))
_DATES = st.one_of(
    st.none(),
    _DAYS.map(date.isoformat),
    _DAYS.map(lambda d: d.isoformat()[:7]),
    _DAYS.map(lambda d: d.isoformat()[:4]),
    st.just("../2020"),
    st.just("2019/.."),
    st.just("2019-03/2020-02"),
)
_KINDS = st.sampled_from(
    [
        ("detention", None), ("internment", None), ("disappearance", None), ("charge", None), ("release", None),
        ("transfer", "house_arrest"), ("transfer", "solitary"), ("custody_protest", "hunger_strike"), ("death", None),
        ("sentence_change", "reduced"), ("sentence_change", "paroled"), ("sentence_change", "overturned"),
        ("movement", "fled"), ("movement", "returned"), ("acquittal", "acquitted"), ("sentence", None),
    ]
)  # fmt: skip
_PENALTIES = st.sampled_from(
    [(), (Penalty("imprisonment", "P3Y"),), (Penalty("administrative_arrest", "P15D"),), (Penalty("fine"),)]
)


@st.composite
def files(draw: st.DrawFn) -> list[EventOnFile]:
    """A person's file of up to eight events, each told once or twice."""
    out = []
    for i in range(draw(st.integers(0, 8))):
        kind, subtype = draw(_KINDS)
        told = []
        for _ in range(draw(st.integers(1, 2))):
            more = {
                "subtype": subtype,
                "status": draw(st.sampled_from([Status.HAPPENED] * 4 + [Status.DENIED, Status.DEMANDED])),
            }
            if kind == "sentence":
                more["penalties"] = draw(_PENALTIES)
            known = draw(_DAYS).isoformat()
            told.append(claim(kind, draw(_DATES), known=known, document=f"doc{draw(st.integers(0, 3))}", **more))
        out.append(EventOnFile(f"e{i}", kind, tuple(told)))
    return out


def main_account(found: tuple[Interval, ...]) -> list[Interval]:
    return [i for i in found if not i.rival]


@settings(max_examples=60, deadline=None)
@given(files())
def test_intervals_are_ordered_and_never_overlap(file: list[EventOnFile]) -> None:
    """Every day has exactly one state, and held follows from the state."""
    found = main_account(intervals(file))
    for one, after in pairwise(found):
        assert one.end == after.start
    for one in found:
        assert one.start
        assert one.end is None or one.start < one.end
        assert one.held is (None if one.state in {"unknown", "missing"} else one.state in HELD)
    for offset in range(0, 1800, 97):
        day = (date(2018, 1, 1) + timedelta(days=offset)).isoformat()
        assert len([i for i in found if (i.start or "") <= day and (i.end is None or day < i.end)]) <= 1


@settings(max_examples=50, deadline=None)
@given(files(), st.randoms(use_true_random=False))
def test_the_order_of_events_does_not_matter(file: list[EventOnFile], random: object) -> None:
    """A replay of the same events in any order gives the same intervals."""
    shuffled = [*file]
    random.shuffle(shuffled)  # type: ignore[attr-defined]
    assert intervals(shuffled) == intervals(file)


@settings(max_examples=50, deadline=None)
@given(files(), _DAYS)
def test_knowledge_up_to_a_day_is_the_file_of_that_day(file: list[EventOnFile], day: date) -> None:
    """As known on K is what the record would have said on K, had it held only what was known by then."""
    then = [
        EventOnFile(e.id, e.type, tuple(c for c in e.claims if (c.known_from or "") <= day.isoformat())) for e in file
    ]
    assert intervals(file, day) == intervals([e for e in then if e.claims])


@settings(max_examples=50, deadline=None)
@given(files(), _DATES, st.sampled_from([Status.DENIED, Status.DEMANDED, Status.PLANNED, Status.POSSIBLE]))
def test_an_unreal_release_never_changes_anything(file: list[EventOnFile], day: str | None, told: Status) -> None:
    """For any file: a release that is only demanded, denied, planned or possible."""
    assert intervals([*file, on_file("release", day, status=told)]) == intervals(file)


@pytest.mark.parametrize(("quote", "now"), [("Ruiz was arrested again.", "detained"), ("Ruiz was arrested.", "free")])
def test_a_new_arrest_without_a_day_is_of_the_day_of_its_report(quote: str, now: str) -> None:
    """ "Arrested again", told after a release, is custody from then on; told plainly, it is the custody that ended."""
    events = [
        on_file("detention", "2020-01-05", known="2020-01-06"),
        on_file("release", "2020-03-01", known="2020-03-02"),
        on_file("detention", known="2020-05-07", quote=quote, trigger=(9, 17)),
    ]
    assert state(events, "2020-04-01") == "free"
    assert state(events, "2020-05-10") == now


def test_back_from_the_clinic_is_prison() -> None:
    """Moved to a psychiatric clinic and from there to prison again: imprisoned, with the term as it was."""
    events = [
        sentence("2020-01-05", "imprisonment", "P3Y"),
        on_file("transfer", "2020-06-01", subtype="psychiatric"),
        on_file("transfer", "2020-08-01", subtype="prison"),
    ]
    assert state(events, "2020-07-01") == "psychiatric"
    assert state(events, "2020-09-01") == "imprisoned"
    assert intervals(events)[-2].end == "2023-01-05"
