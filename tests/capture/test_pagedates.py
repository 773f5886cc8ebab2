"""Dates as pages print them."""

import pytest

from khronika.capture.pagedates import address_date, is_edtf_date, is_timestamp, written_date


@pytest.mark.parametrize(
    ("text", "day"),
    [
        ("MNA | Updated: Jul 03, 2031 12:52 MST", "2031-07-03"),
        ("Published 3rd September 2031", "2031-09-03"),
        ("Sept. 9, 2031", "2031-09-09"),
        ("2031-07-03T23:59:00+05:00", "2031-07-03"),
        ("03.07.2031", "2031-07-03"),
        ("25/07/2031", "2031-07-25"),
        ("07/25/2031", "2031-07-25"),
        ("March 4, 2031 | Updated March 6, 2031", "2031-03-04"),
    ],
)
def test_written_dates(text, day):
    assert written_date(text) == day


@pytest.mark.parametrize(
    "text", ["03/07/2031", "31 June 2031", "© 2031", "March 4", "July 2031", "12:52", "", "Marching 4, 2031"]
)
def test_what_is_no_date(text):
    """A date that could be read two ways, that the calendar lacks, or that lacks a day is not guessed."""
    assert written_date(text) is None


def test_addresses():
    assert address_date("https://post.example/2031/06/25/title.html") == "2031-06-25"
    assert address_date("https://post.example/2031/6/5/") == "2031-06-05"
    assert address_date("https://post.example/2031/title/25") is None
    assert address_date("https://post.example/2031/13/40/x") is None


@pytest.mark.parametrize(
    ("text", "real"),
    [
        ("2031-06-25", True),
        ("2031-06", True),
        ("2031", True),
        ("2031-13", False),
        ("2031-02-29", False),
        ("31", False),
        ("2031-6-5", False),
        ("2031-06-25T10:00", False),
    ],
)
def test_edtf_dates(text, real):
    assert is_edtf_date(text) is real


@pytest.mark.parametrize(
    ("text", "alone"),
    [
        ("14:05", True),
        ("14:05 24.6.2031", True),
        ("9.30 a.m.", True),
        ("5 minutes ago", True),
        ("Updated 14:05", False),
        ("At 14:05 police came.", False),
        ("2031", False),
    ],
)
def test_timestamps_alone_on_a_line(text, alone):
    assert is_timestamp(text) is alone
