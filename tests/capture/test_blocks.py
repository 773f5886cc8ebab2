# ruff: noqa: E501 - pages and paragraphs are kept on one line, as they are on a page
"""What each paragraph is called. Only story, title, heading, caption and teaser are read later."""

import pytest

from khronika.capture.blocks import is_credit, label
from khronika.capture.passages import Passage
from khronika.facts.documents import BlockKind

T, H, S, C, E, B, R, N = (
    BlockKind.TITLE, BlockKind.HEADING, BlockKind.STORY, BlockKind.CAPTION, BlockKind.TEASER, BlockKind.BYLINE,
    BlockKind.CREDIT, BlockKind.NOTICE,
)  # fmt: skip
LEAD = "Police in Tarsk detained three teachers on Monday after a picket in front of the court, their lawyer said."
MORE = (
    "The Interior Ministry said in a statement that nobody had been detained in the city on that day or the day before."
)


def kinds(*texts):
    return label([Passage(t) for t in texts])


def test_a_saved_article():
    caption = "Teachers at the court in Tarsk last month."
    assert kinds(
        "Accessibility links", "Three Teachers Held After Picket In Tarsk", "June 24, 2031 14:05 GMT", "By Ana Kovac", caption, caption,
        f"TARSK, Morvania -- {LEAD}", MORE, "Silence In The Capital", MORE.replace("nobody", "no teacher"),
        "With reporting by Free Tarsk", "16x9 Image", "Our Morvanian Service", "Our Morvanian Service reports from the country in two languages.",
    ) == [N, T, B, B, C, N, S, S, H, S, R, N, N, N]  # fmt: skip


def test_teaser_stands_between_title_and_dateline():
    assert kinds(
        "Three Teachers Held",
        "Their lawyer says that no charge was given to any of the three.",
        f"TARSK — {LEAD}",
        MORE,
    ) == [T, E, S, S]


def test_a_later_repeat_is_not_read_twice():
    assert kinds("Three Teachers Held In Tarsk", LEAD, MORE, LEAD) == [T, S, S, N]


def test_player_lines_and_the_title_of_the_clip():
    assert kinds(
        LEAD, "Editor Fined In Belgor", "please wait", "No media source currently available", "0:00 0:01:48 0:00", MORE
    ) == [S, C, N, N, N, S]


def test_boxes():
    """ "About this blog" takes the rest of the page with it; "Related" only its links; above the story neither does."""
    about = "The blog watches courts and prisons and the press in all of the region, and has done so for years."
    assert kinds(LEAD, MORE, "Load more", "About This Blog", about, "Journalists In Trouble", about + " More") == [
        S,
        S,
        N,
        N,
        N,
        N,
        N,
    ]
    assert kinds(LEAD, "Related", "Editor Fined", "Governor's House Sold", MORE) == [S, N, N, N, S]
    assert kinds("Most Read", "Three Teachers Held", LEAD, MORE)[2:] == [S, S]


def test_legal_notice_about_the_outlet_and_its_lead():
    """The outlet's own listing is no news of the day; the same words about somebody else in a story are."""
    listed = "The courts of Morvania outlawed Free Tarsk as an extremist group last year."
    legal = "Readers in Morvania: you may face fines for passing on what we publish."
    assert kinds(LEAD, MORE, listed, legal, "To find out more, click here.") == [S, S, N, N, N]
    assert kinds(LEAD, listed, MORE) == [S, S, S]


@pytest.mark.parametrize(
    "text",
    [
        "Subscribe to our newsletter and never miss a story.",
        "Share this",
        "Read more »",
        "We use cookies to improve your visit.",
        "© 2031 Morvan News Agency. All rights reserved.",
        "Tags: courts, teachers",
        "Court fines editor in Belgor Read More »",
        "* * *",
    ],
)
def test_furniture(text):
    assert kinds(LEAD, text, MORE) == [S, N, S]


@pytest.mark.parametrize(
    ("text", "credit"),
    [
        ("With reporting by Free Tarsk and MNA", True),
        ("This post was originally published on Free Tarsk.", True),
        ("Written by Ana Kovac", True),
        ("(Reuters)", True),
        ("Reported by police as missing, he was found in jail a week later.", False),
        ("Written by prisoners in their cells, the letter asks for doctors.", False),
        ("Police detained three teachers.", False),
    ],
)
def test_credits_name_somebody(text, credit):
    assert is_credit(text) is credit


def test_photo_credits_make_a_caption():
    assert kinds("Title Of It Here", LEAD, "The editor outside court. (Ivo Marek/Morvan Press via AP)", MORE) == [
        T,
        S,
        C,
        S,
    ]


def test_sentences_that_begin_like_bylines_are_story():
    text = "By Friday, police had detained twenty people in the capital."
    assert kinds(text, LEAD) == [S, S]


def test_first_sentence_is_no_title_and_a_question_is():
    assert kinds(LEAD, MORE) == [S, S]
    assert kinds("Tarsk: three teachers held after picket", LEAD) == [T, S]
    assert kinds("Who Holds The Three Teachers?", LEAD) == [T, S]


def test_mark_up_stands():
    assert label([Passage("x y z", BlockKind.CAPTION), Passage(LEAD)]) == [C, S]


def test_masthead_and_slogan_above_the_title():
    """The outlet's name and slogan on top of a printed page are no title; a title with a line below it stays one."""
    title = "Three Teachers Held After Picket In Tarsk Over Unpaid Wages"
    assert kinds("FREE TARSK", "Independent since the year 2009", title, "July 3, 2031", LEAD, MORE) == [
        H,
        H,
        T,
        B,
        S,
        S,
    ]
    assert kinds(title, "Lawyer says that none of them has been charged with any crime so far", LEAD)[0] == T
    assert kinds("Teachers Held", LEAD) == [T, S]
