# ruff: noqa: E501 - pages and paragraphs are kept on one line, as they are on a page
"""Hostile and broken mark-up: bounded time, no lost text."""

import time

import pytest

from khronika.capture.markup import parse, text_of, visible
from khronika.facts.documents import BlockKind

STORY = "<p>Police in Tarsk detained three teachers on Monday, their lawyer said.</p>"


def texts(html):
    return [p.text for p in visible(parse(html))]


@pytest.mark.parametrize(
    "page",
    [
        "<html><body>" + "<div>" * 50_000 + STORY,
        "<html><body>" + "<font color=red>" * 50_000 + STORY,
        "<ul><li>" * 30_000 + STORY,
        "<p title='" + "x" * 12_000_000 + "'>Menu</p>" + STORY,
        '<img src="data:image/png;base64,' + "A" * 12_000_000 + '">' + STORY,
        "<body>" + "<div " * 100_000 + ">" + STORY,
    ],
    ids=["deep div", "font never closed", "deep list", "huge attribute", "picture inside", "tags never closed"],
)
def test_hostile_pages_keep_their_text(page):
    began = time.process_time()
    assert "Police in Tarsk detained three teachers on Monday, their lawyer said." in texts(page)
    assert time.process_time() - began < 10


def test_paragraphs_in_div_soup_and_between_line_breaks():
    assert texts("<div>First.<div>Second <b>bold</b>.</div>Third.<br><br>Fourth.</div>") == [
        "First.",
        "Second bold.",
        "Third.",
        "Fourth.",
    ]


def test_what_no_reader_sees_is_left_out():
    page = "<head><title>T</title><style>x{}</style></head><body><nav>Menu</nav><script>var a</script><!-- c --><p>Text</p><footer>Foot</footer></body>"
    assert texts(page) == ["Text"]


def test_headings_and_captions_are_marked():
    found = visible(parse("<h2>Silence</h2><figure><img><figcaption>At court</figcaption></figure><p>Text</p>"))
    assert [p.kind for p in found] == [BlockKind.HEADING, BlockKind.CAPTION, None]


@pytest.mark.parametrize("page", ["", "   ", "<!-- only -->", "<?xml version='1.0'?>"])
def test_no_element_at_all(page):
    tree = parse(page)
    assert tree is None or not text_of(tree)


def test_xml_declaration_in_text_is_no_error():
    assert texts('<?xml version="1.0" encoding="utf-8"?><html><body><p>Naïve</p></body></html>') == ["Naïve"]
