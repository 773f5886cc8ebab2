"""Who is held, unknown, overdue: by day, by what was known, by place, charge, court and list; rival accounts marked."""

from __future__ import annotations

from datetime import date

import pytest

from khronika.errors import UsageError
from khronika.facts.claims import Status
from khronika.record.record import Record
from tests.telling import ARREST, JAIL, Teller, term

JORUN, TAVI, MIRA = {"targets": ("Jorun Velkaste",)}, {"targets": ("Tavi Ostrem",)}, {"targets": ("Mira Halden",)}


@pytest.fixture
def told(empty: Record) -> Record:
    """Jorun in prison in Oravat from March 2031, Tavi 15 days in Minsk in June, Mira's arrest denied by a ministry."""
    teller = Teller(empty)
    teller.story(
        "2031-03-02",
        ("Police detained Jorun Velkaste in Oravat on 1 March.", "detention",
         JORUN | {"date": "2031-03-01", "place": ("Oravat",)}),
    )  # fmt: skip
    teller.story(
        "2031-04-11",
        ("The Oravat City Court gave Jorun Velkaste three years for inciting unrest.", "sentence",
         JORUN | term(JAIL, "P3Y") | {"date": "2031-04-10", "place": ("Oravat",), "charge": "inciting unrest",
                                      "actors": ("Oravat City Court",)}),
        outlet="Meridian",
    )  # fmt: skip
    teller.story(
        "2031-05-02",
        ("The Watch put Jorun Velkaste on its list of political prisoners.", "listing",
         JORUN | {"date": "2031-05-01", "list": "list of political prisoners"}),
        outlet="Meridian",
    )  # fmt: skip
    teller.story(
        "2031-06-22",
        ("Tavi Ostrem was given 15 days for hooliganism in Minsk on 21 June.", "sentence",
         TAVI | term(ARREST, "P15D") | {"date": "2031-06-21", "place": ("Minsk",), "charge": "petty hooliganism"}),
    )  # fmt: skip
    teller.story(
        "2031-06-12",
        ("Mira Halden was detained on 10 June.", "detention", MIRA | {"date": "2031-06-10"}),
    )  # fmt: skip
    teller.story(
        "2031-06-13",
        ("Nobody detained Mira Halden, the ministry said.", "detention",
         MIRA | {"date": "2031-06-10", "status": Status.DENIED, "speaker": "ministry"}),
        outlet="State Wire",
    )  # fmt: skip
    return teller.done()


def names(found: list) -> list[str]:
    return [one.name for one in found]


def test_held_lists_who_is_in_custody_that_day_by_name(told):
    """In custody on the day, whoever is arrested later or freed by then is not; by name."""
    assert names(told.held("2031-06-25")) == ["Jorun Velkaste", "Mira Halden", "Tavi Ostrem"]
    assert names(told.held("2031-05-01")) == ["Jorun Velkaste"]
    assert told.held("2031-02-01") == []


def test_every_answer_leads_back_to_words(told):
    """Each line carries the events, claims, sentences and documents that it rests on."""
    (jorun, *_) = told.held(date(2031, 6, 25))
    assert [s.quote for s in jorun.because] == [
        "The Oravat City Court gave Jorun Velkaste three years for inciting unrest.",
        "Police detained Jorun Velkaste in Oravat on 1 March.",
    ]
    for one in jorun.because:
        assert told.claim(one.claim).quote == one.quote
        assert one.quote in told.document(one.document).text
        assert one.claim in told.event(one.event).claims
    assert (jorun.since, jorun.until, jorun.expected) == ("2031-03-01", "2034-03-01", True)
    assert (jorun.place, jorun.courts, jorun.charges) == ("Oravat", ("Oravat City Court",), ("inciting unrest",))
    assert jorun.last_report == "2031-05-02"


def test_the_same_answer_as_the_status_of_each(told):
    """A list never says of anyone what that person's own status does not."""
    for day in ("2031-03-01", "2031-06-21", "2031-07-06", "2034-03-01"):
        listed = {one.name: one.state for one in told.held(day) if one.account == "main"}
        asked = {p.name: told.case(p.id).status(day) for p in told.people()}
        assert listed == {name: s.state for name, s in asked.items() if s.held}


@pytest.mark.parametrize(
    ("narrowed", "found"),
    [
        ({"place": "oravat"}, ["Jorun Velkaste"]),
        ({"place": "Kazakhstan"}, ["Jorun Velkaste"]),
        ({"place": "BY"}, ["Tavi Ostrem"]),
        ({"place": "Almaty"}, []),
        ({"charge": "unrest incit"}, ["Jorun Velkaste"]),
        ({"charge": "hooligan"}, ["Tavi Ostrem"]),
        ({"charge": "rest"}, []),
        ({"court": "oravat"}, ["Jorun Velkaste"]),
        ({"court": "minsk"}, []),
        ({"list": "political"}, ["Jorun Velkaste"]),
        ({"place": "Oravat", "charge": "hooliganism"}, []),
    ],
)
def test_held_by_place_charge_court_list(told, narrowed, found):
    """Each narrows by what is told of that custody; a country holds its towns; words may be begun only."""
    assert names(told.held("2031-06-25", **narrowed)) == found
    assert names(told.held("2031-06-25", "2031-12-31", **narrowed)) == found


def test_a_list_counts_from_its_day_until_taken_off(told):
    """Who is put on a list later, or was taken off before, is not on it that day."""
    assert names(told.held("2031-04-20", list="political")) == []
    told_more = Teller(told)
    told_more.story(
        "2031-08-01",
        ("The Watch took Jorun Velkaste off its list of political prisoners.", "delisting",
         JORUN | {"date": "2031-08-01", "list": "list of political prisoners"}),
    )  # fmt: skip
    record = told_more.done()
    assert names(record.held("2031-07-31", list="political")) == ["Jorun Velkaste"]
    assert names(record.held("2031-08-01", list="political")) == []


def test_as_known_on_a_day(told):
    """Before the sentence was told, the list knows the arrest alone; before the arrest was told, nobody."""
    (jorun,) = told.held("2031-04-20", known="2031-04-01")
    assert (jorun.state, jorun.until, jorun.charges) == ("detained", None, ())
    assert told.held("2031-03-01", known="2031-03-01") == []
    assert names(told.held("2031-03-01", known="2031-03-02")) == ["Jorun Velkaste"]


def test_a_term_that_ran_out_is_overdue_not_held(told):
    """15 days from 21 June end on 6 July: from then on unknown, overdue since, with the state before."""
    assert "Tavi Ostrem" in names(told.held("2031-07-05"))
    (tavi,) = told.overdue("2031-07-06")
    assert (tavi.name, tavi.since, tavi.before, tavi.overdue) == ("Tavi Ostrem", "2031-07-06", "detained", True)
    assert tavi.because[0].quote.startswith("Tavi Ostrem was given 15 days")
    assert names(told.unknown("2031-07-06")) == ["Tavi Ostrem"]
    assert names(told.unknown("2031-07-06", place="Minsk")) == ["Tavi Ostrem"]
    assert told.unknown("2031-07-06", place="Oravat") == []
    assert told.overdue("2031-07-05") == []
    assert (told.number_overdue("2031-07-06"), told.number_overdue("2031-07-05", "2031-07-05")) == (1, 0)
    assert told.overdue("2031-07-06", known="2031-06-01") == []


def test_lost_contact_is_unknown_but_not_overdue(empty):
    """A disappearance makes custody unknown; no term has run out."""
    teller = Teller(empty)
    teller.story("2031-01-05", ("Mira Halden vanished on 4 January.", "disappearance", MIRA | {"date": "2031-01-04"}))
    record = teller.done()
    assert [(u.state, u.since, u.overdue) for u in record.unknown("2031-02-01")] == [("missing", "2031-01-04", False)]
    assert record.overdue("2031-02-01") == record.held("2031-02-01") == []


def test_rival_accounts_are_marked_on_both_sides(empty):
    """Two outlets against one on the day of release: on the day between, held by most and free by one; each account
    has its own sentence. Where most say free, one whom a rival account alone holds is listed as such."""
    teller = Teller(empty)
    for outlet in ("The Courier", "Meridian", "Far Bank"):
        day = "2031-06-20" if outlet == "Far Bank" else "2031-06-21"
        teller.story(
            "2031-06-22",
            (f"Jorun Velkaste was detained on 1 June and freed on {day}, {outlet} learned.", "detention",
             JORUN | {"date": "2031-06-01"}),
            (f"Jorun Velkaste was detained on 1 June and freed on {day}, {outlet} learned.", "release",
             JORUN | {"date": day}),
            outlet=outlet,
        )  # fmt: skip
    record = teller.done()
    (one,) = record.held("2031-06-20")
    assert (one.account, one.origins, [(r.state, r.origins) for r in one.rivals]) == ("main", 3, [("free", 1)])
    assert "2031-06-20" in one.rivals[0].because[0].quote
    for outlet in ("Harbor News", "The Herald", "Southern Gate"):
        teller.story(
            "2031-06-23",
            (f"Jorun Velkaste has been free since 2031-06-20, {outlet} reported.", "release",
             JORUN | {"date": "2031-06-20"}),
            outlet=outlet,
        )  # fmt: skip
    (one,) = teller.done().held("2031-06-20")
    assert (one.account, one.state, [(r.state, r.held) for r in one.rivals]) == ("rival", "detained", [("free", False)])


def test_a_denied_arrest_is_held_by_the_report_beside_the_denial(told):
    """An arrest told by one and denied by one: the report stands, and the denial is shown beside it."""
    (mira,) = (one for one in told.held("2031-06-25") if one.name == "Mira Halden")
    assert mira.account == "main"
    assert [s.quote for s in mira.because] == ["Mira Halden was detained on 10 June."]
    assert [(s.quote, s.speaker) for s in mira.denied] == [
        ("Nobody detained Mira Halden, the ministry said.", "ministry")
    ]


@pytest.mark.parametrize(
    "wrong", [{"on": "June"}, {"on": "2031-06-31"}, {"known": "x"}, {"place": " "}, {"charge": ""}]
)
def test_wrong_use_is_said(told, wrong):
    """A day that is none, a blank name: an error, never another question's answer."""
    with pytest.raises(UsageError):
        told.held(**({"on": "2031-06-25"} | wrong))


@pytest.mark.parametrize("ask", ["held", "unknown", "overdue"])
def test_a_misspelt_narrowing_is_refused(ask, told):
    """It never answers the wider question."""
    with pytest.raises(TypeError, match="plase"):
        getattr(told, ask)("2031-06-25", plase="Oravat")


def test_nothing_in_the_record_answers_with_nobody(empty):
    """An empty record holds nobody and crashes on nothing."""
    assert empty.held("2031-06-25") == empty.unknown("2031-06-25") == empty.overdue("2031-06-25", "2031-06-25") == []
