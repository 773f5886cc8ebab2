"""Date expressions: found where they stand, counted from the right day, and nothing else taken for one."""

from datetime import date

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from khronika.text import edtf
from khronika.text.dates import find_times, resolve

PUBLISHED = date(2021, 4, 14)  # a Wednesday
STORY = "2021-03-05"

CASES = [
    ("Held on 2019/05/23 and on 23-05-2018.", ["2019-05-23", "2018-05-23"]),
    ("On the twenty-first of May 2019 and the third of June 2018.", ["2019-05-21", "2018-06-03"]),
    ("He was the first of several, the second in May 2018.", ["2018-05"]),
    # the year is in the text
    ("Police took him on May 23, 2020, at dawn.", ["2020-05-23"]),
    ("The hearing of 23 May 2020 was closed.", ["2020-05-23"]),
    ("He fled on the 23rd of May, 2020.", ["2020-05-23"]),
    ("The order of 2020-05-23 was kept secret.", ["2020-05-23"]),
    ("Signed 23/05/2020 and 23.05.2020.", ["2020-05-23", "2020-05-23"]),
    ("She left in April, 2018.", ["2018-04"]),
    ("Protests in late September of 2019 spread.", ["2019-09"]),
    ("Early 2020 saw more arrests.", ["2020"]),
    ("In the 1990s the camp stood empty.", ["199X"]),
    ("The ban of 2017-19 was lifted.", ["2017/2019"]),
    ("Between 2017 and 2019 nobody was freed.", ["2017/2019"]),
    ("From March to June 2020 courts were shut.", ["2020-03/2020-06"]),
    ("He was held from December 28 to January 3, 2020.", ["2019-12-28/2020-01-03"]),
    ("In the summer of 2020 crowds gathered.", ["2020-22"]),
    # counted from publication
    ("Officers came on March 2.", ["2021-03-02"]),
    ("Officers came on June 24.", ["2020-06-24"]),
    ("Late on March 2 the power went out.", ["2021-03-02"]),
    ("They met on Sept. 11.", ["2020-09-11"]),
    ("In February 12 people were freed.", ["2021-02"]),
    ("On February 12 people were freed.", ["2021-02-12"]),
    ("He was freed in February.", ["2021-02"]),
    ("He was freed in December.", ["2020-12"]),
    ("Last December the roof fell in.", ["2020-12"]),
    ("In November last year she was fined.", ["2020-11"]),
    ("Last year in March she was fined.", ["2020-03"]),
    ("The talks fell through in February this year.", ["2021-02"]),
    ("On Thursday the court sat.", ["2021-04-08"]),
    ("On Wednesday the court sat.", ["2021-04-14"]),
    ("Last Wednesday the court sat.", ["2021-04-07"]),
    ("On Friday last week the court sat.", ["2021-04-09"]),
    ("The court sat on Thursday (8 April).", ["2021-04-08"]),
    ("The court sat on Thursday, April 8, behind closed doors.", ["2021-04-08"]),
    ("In the early hours of Friday shots were heard.", ["2021-04-09"]),
    ("Yesterday the strike began.", ["2021-04-13"]),
    ("Last week the strike began.", ["2021-04-05/2021-04-11"]),
    ("Earlier this week the strike began.", ["2021-04-12/2021-04-14"]),
    ("Last month the strike began.", ["2021-03"]),
    ("The strike began last fall.", ["2020-23"]),
    ("Over the weekend shops closed.", ["2021-04-10/2021-04-11"]),
    ("They were seized last weekend.", ["2021-04-10/2021-04-11"]),
    ("He was freed today (Tuesday).", ["2021-04-13"]),
    ("Six months ago he vanished.", ["2020-10"]),
    ("Two years ago he vanished.", ["2019"]),
    ("Ten days ago he vanished.", ["2021-04-04"]),
    ("Three hours ago he vanished.", ["2021-04-14"]),
    ("Two weeks ago he vanished.", ["2021-03-29/2021-04-04"]),
    ("In the past two weeks five were taken.", ["2021-03-31/2021-04-14"]),
    ("Between March 3 and 5 they met.", ["2021-03-03/2021-03-05"]),
    ("They met on 3-5 March.", ["2021-03-03/2021-03-05"]),
    ("They marched from Monday to Wednesday.", ["2021-04-12/2021-04-14"]),
    # counted from the story's last date
    ("Two days earlier he had called home.", ["2021-03-03"]),
    ("The previous day he had called home.", ["2021-03-04"]),
    ("The day before, he had called home.", ["2021-03-04"]),
    ("He was freed the same day.", ["2021-03-05"]),
    ("He was freed the following week.", ["2021-03-08/2021-03-14"]),
    ("Later that month he was freed.", ["2021-03"]),
    ("Three weeks later he was freed.", ["2021-03-22/2021-03-28"]),
    # open ends
    ("He has been held since 2017.", ["2017/.."]),
    ("He has been held since at least early 2017.", ["2017/.."]),
    ("The curfew holds until April 20, 2021.", ["../2021-04-20"]),
    ("Nobody was freed before March 5.", ["../2021-03-04"]),
    ("Nobody was seen after March 5.", ["2021-03-06/.."]),
]


@pytest.mark.parametrize(("sentence", "values"), CASES, ids=[c[0] for c in CASES])
def test_resolved(sentence: str, values: list[str]) -> None:
    """Each way of dating that news uses gives its EDTF value."""
    found = find_times(sentence)
    assert [resolve(e, PUBLISHED, STORY) for e in found] == values
    assert all(sentence[e.start : e.end] == e.text for e in found)


@pytest.mark.parametrize(
    "sentence",
    [
        "The activist may march with April Whitfield and June Harlow.",
        "She picketed the ministry for 135 days and was 45 years old.",
        "After 17 days in detention the 53-year-old got a 10-year term.",
        "In recent years many have left.",
        "The Sunday Times and Russia Today reported it.",
        "They pray every Friday.",
        "About 2000 people and 1,950 officers came under Article 2020.",
        "Room 2019, 10:30, paragraph 12/15, 03/04/2021.",
        "May I ask what the march was for?",
        "He spent a day and a night there, 24 hours in all.",
        "The file of 2021-02-30 and 31/02/2021 is a forgery.",
        "",
    ],
)
def test_no_date(sentence: str) -> None:
    """Modal verbs, names, ages, terms, habits, papers, labels, amounts and impossible days are no dates."""
    assert [e.text for e in find_times(sentence) if resolve(e, PUBLISHED, STORY)] == []


def test_future() -> None:
    """Of what is to come, a day without year is the next one."""
    for sentence, value in (
        ("He will be tried on July 20.", "2021-07-20"),
        ("He will be tried on Friday.", "2021-04-16"),
        ("He will be tried on Wednesday.", "2021-04-14"),
        ("He will be tried in March.", "2022-03"),
        ("He will be tried next week.", "2021-04-19/2021-04-25"),
    ):
        (expression,) = find_times(sentence)
        assert resolve(expression, PUBLISHED, None, future=True) == value


def test_anchor_missing() -> None:
    """Without the day of publication, or a date of the story, nothing is guessed."""
    (weekday,) = find_times("On Thursday he was freed.")
    (later,) = find_times("Two days later he was freed.")
    (full,) = find_times("On May 23, 2020 he was freed.")
    assert (weekday.anchor, later.anchor, full.anchor) == ("published", "story", "absolute")
    assert resolve(weekday, None, STORY) is None
    assert resolve(later, PUBLISHED, None) is None
    assert resolve(full, None, None) == "2020-05-23"


def test_story_date_may_be_a_month() -> None:
    """Counted from a month, "the following month" is exact, "two days later" is all that it may mean."""
    (month,) = find_times("The following month he was freed.")
    (days,) = find_times("Two days later he was freed.")
    assert resolve(month, None, "2021-03") == "2021-04"
    assert resolve(days, None, "2021-03") == "2021-03-03/2021-04-02"
    assert resolve(days, None, "2021-03-05/..") == "2021-03-07"


def test_leap_day() -> None:
    """ "February 29" without a year is the last one that existed."""
    (leap,) = find_times("It burned down on February 29.")
    assert resolve(leap, PUBLISHED, None) == "2020-02-29"


@given(st.dates(min_value=date(1950, 1, 1), max_value=date(2049, 12, 31)), st.dates(date(1990, 1, 1), date(2040, 1, 1)))
def test_written_days_come_back(day: date, published: date) -> None:
    """A day written in full is read as itself, whenever the story was published; without its year, before that."""
    for form in (f"{day:%B} {day.day}, {day.year}", f"{day.day} {day:%B} {day.year}", day.isoformat()):
        (found,) = find_times(f"It was decided on {form}.")
        assert resolve(found, published, None) == day.isoformat()
    (found,) = find_times(f"It was decided on {day:%B} {day.day}.")
    value = resolve(found, published, None)
    assert value is not None
    assert value[5:] == day.isoformat()[5:]
    assert date.fromisoformat(value) <= published.replace(day=1) or edtf.days_apart(value, published.isoformat()) <= 31


WORDS = st.lists(
    st.sampled_from(
        [
            "on",
            "in",
            "May",
            "March",
            "3",
            "5,",
            "2021",
            "2019-20",
            "Friday",
            "last",
            "week",
            "two",
            "days",
            "ago",
            "later",
            "the",
            "day",
            "before",
            "since",
            "until",
            "between",
            "and",
            "to",
            "-",
            "June",
            "23rd",
            "of",
            "year",
            "this",
            "1.5",
            "(24",
            "June)",
            "half",
            "a",
            "month",
            "earlier",
            "31",
            "February",
            "0",
            "99999999999",
            "\u00a0",
            "é",
            "\n",
        ]
    ),
    max_size=14,
).map(" ".join)


@settings(max_examples=150, deadline=None)
@given(st.one_of(WORDS, st.text(max_size=60)))
def test_spans(text: str) -> None:
    """Whatever the text: spans lie in it, in order, do not overlap, and every value that resolves is EDTF."""
    end = 0
    for expression in find_times(text):
        assert end <= expression.start < expression.end <= len(text)
        end = expression.end
        assert text[expression.start : expression.end] == expression.text
        for future in (False, True):
            value = resolve(expression, PUBLISHED, STORY, future=future)
            assert value is None or edtf.validate(value)


def test_span_ends_before_the_full_stop() -> None:
    """A full stop belongs to an abbreviated name, not to a full one that ends a sentence; rival years are no range."""
    assert [e.text for e in find_times("He left on Friday.")] == ["Friday"]
    assert [e.text for e in find_times("He left in June.")] == ["June"]
    assert [e.text for e in find_times("He left on Sept. 11.")] == ["Sept. 11"]
    assert [e.value for e in find_times("It fell between 2020 and 2018.")] == ["2020", "2018"]
