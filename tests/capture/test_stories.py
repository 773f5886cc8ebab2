# ruff: noqa: E501 - pages and paragraphs are kept on one line, as they are on a page
"""A capture becomes documents: ids, blocks, dates, language, copies; and what cannot become one."""

import hashlib

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from khronika.capture.blocks import label
from khronika.capture.manifest import ManifestRow
from khronika.capture.passages import Passage
from khronika.capture.stories import lay_out, split
from khronika.errors import CaptureError
from khronika.facts.documents import BlockKind, Capture, document_id
from khronika.settings import Settings

ARTICLE = """\
Accessibility links

Three Teachers Held After Picket In Tarsk

MNA | Updated: Jul 03, 2031 12:52 MST

TARSK, Morvania (MNA) — Police detained three teachers on Monday after a picket in front of the court.

Their\u00a0lawyer, Petra Nova\u0301kova, said that no charge had been filed. (MNA)

With reporting by Free Tarsk
"""


def capture(text, kind="text/plain", captured=None):
    content = text if isinstance(text, bytes) else text.encode()
    return Capture(
        source="a.txt", sha256=hashlib.sha256(content).hexdigest(), content=content, media_type=kind, captured=captured
    )


def only(text, row=None, **kw):
    (document,) = split(capture(text, **kw), row, Settings())
    return document


def test_an_article_saved_as_text():
    doc = only(ARTICLE, captured="2031-07-04T08:00:00Z")
    assert doc.title == "Three Teachers Held After Picket In Tarsk"
    assert doc.dateline == "TARSK, Morvania" and doc.text[slice(*doc.dateline_span)] == "TARSK, Morvania (MNA) —"
    assert (doc.published, doc.published_from, doc.language) == ("2031-07-03", "page", "en")
    assert doc.upstream == ("MNA", "Free Tarsk") and doc.byline == "MNA"
    assert doc.id == document_id(doc.sha256, 1) and doc.captured == "2031-07-04T08:00:00Z"
    assert "Their lawyer, Petra Novákova," in doc.text


def test_same_bytes_same_documents():
    assert split(capture(ARTICLE), None, Settings()) == split(capture(ARTICLE), None, Settings())


def test_the_manifest_stands_and_a_difference_is_noted():
    row = ManifestRow(
        source="named.txt",
        outlet="MNA",
        published="2031-07-01",
        captured="2031-07-05",
        language="EN",
        note="sent by a reader",
    )
    doc = only(ARTICLE, row, captured="2031-07-04")
    assert (doc.source, doc.outlet, doc.published, doc.published_from) == ("named.txt", "MNA", "2031-07-01", "manifest")
    assert (doc.captured, doc.language) == ("2031-07-05", "en")
    assert doc.note == "sent by a reader; the page says 2031-07-03, the manifest 2031-07-01"
    assert "MNA" not in doc.upstream


def test_a_month_in_the_manifest_and_a_day_in_it_on_the_page_do_not_differ():
    doc = only(ARTICLE, ManifestRow(source="a.txt", published="2031-07"))
    assert doc.published == "2031-07" and doc.note is None


def test_nobody_gives_a_date_and_none_is_guessed():
    doc = only("Police detained three teachers in Tarsk on Monday, July 3, their lawyer said on the phone.")
    assert (doc.published, doc.published_from) == (None, None)


def test_address_of_the_manifest_gives_the_day_last():
    row = ManifestRow(source="a.txt", url="https://post.example/2031/07/02/held")
    assert only("Police detained three teachers in Tarsk.", row).published_from == "url"
    assert only(ARTICLE, row).published == "2031-07-03"


def test_dateline_with_a_year_gives_the_day():
    assert (
        only("TARSK, March 4, 2031 — Police detained three teachers on Monday, their lawyer said.").published
        == "2031-03-04"
    )


def test_names_do_not_make_a_text_foreign():
    """A story taken for another language is not read: that must be certain, since names are of any language."""
    names = "Police detain Bakhyt Toregozhina and Serik Zhumagulov near Republic Square in Almaty."
    assert only(names).language == "en"
    assert (
        only("Sąd skazał działacza na piętnaście dni aresztu za udział w pikiecie przed konsulatem.").language == "pl"
    )


def test_short_text_has_no_language():
    assert only("Three held.").language is None


def test_a_post_that_stands_twice_is_a_copy():
    """Part 3 repeats part 1 with other quotation marks and another credit: its claims have one origin."""
    post = "  • The editor’s lawyer said “no charge” was filed against him after the search of his home in Belgor.\n\n    He was let go on Monday.\n\n    This post was originally published on {}.\n\n"
    page = (
        post.format("Free Tarsk")
        + post.replace("editor", "teacher").format("Free Tarsk")
        + post.replace("’", "'").replace("“", '"').replace("”", '"').format("MNA")
    )
    first, second, third = split(capture(page), None, Settings())
    assert third.copy_of == first.id and first.copy_of is None and second.copy_of is None
    assert [d.part for d in (first, second, third)] == [1, 2, 3] and first.upstream == ("Free Tarsk",)


def test_html_and_text_of_one_story_agree():
    """The same report as a page and as text gives the same story blocks, title and dateline."""
    body = "".join(f"<p>{p}</p>" for p in ARTICLE.split("\n\n")[3:5])
    page = f"<html lang=en><head><title>x</title></head><body><article><h1>Three Teachers Held After Picket In Tarsk</h1>{body}</article></body></html>"
    html, text = only(page, kind="text/html"), only(ARTICLE)
    stories = [[d.text[b.start : b.end] for b in d.blocks if b.kind is BlockKind.STORY] for d in (html, text)]
    assert stories[0] == stories[1] and html.title == text.title and html.dateline == text.dateline


@pytest.mark.parametrize(
    ("content", "kind", "told"),
    [
        (b"%PDF-1.4 x", "text/plain", "a.txt: this is a PDF, not text"),
        (b"* * *\n\n---\n", "text/plain", "a.txt: no words in it"),
        (b"<html><body><img src=x></body></html>", "text/html", "a.txt: the page holds no text"),
        ("café\n".encode("latin-1"), "text/plain", "a.txt: line 1: not UTF-8"),
        (b"<p>" + b"word " * 200_000, "text/html", "a paragraph of 999 kB; the limit is 512 kB"),
    ],
)
def test_what_cannot_become_a_document(content, kind, told):
    with pytest.raises(CaptureError, match=told):
        split(capture(content, kind), None, Settings())


def test_too_many_stories():
    page = "".join(
        f"TARSK — Police detained teacher number {i} on Monday, his lawyer said in a short statement.\n\n"
        for i in range(5)
    )
    assert len(split(capture(page), None, Settings(max_parts=5))) == 5
    with pytest.raises(CaptureError, match="5 stories in one page; the limit is 4"):
        split(capture(page), None, Settings(max_parts=4))


def test_more_paragraphs_than_any_page_has():
    with pytest.raises(CaptureError, match="101 paragraphs; the limit is 100"):
        split(capture("Three held.\n\n" * 101), None, Settings(max_parts=1))
    with pytest.raises(CaptureError, match="101 paragraphs; the limit is 100"):
        split(capture("<p>Three held." * 101, "text/html"), None, Settings(max_parts=1))


def test_utf16_page_and_text():
    assert only(ARTICLE.encode("utf-16")).text == only(ARTICLE).text


LINES = st.sampled_from(
    ["", "Share", "Load more", "14:05", "* * *", "A Caption Line Here", "• A bullet that says something about a court.", "By Ana Kovac",
     "TARSK — Police detained three teachers on Monday, their lawyer said on the phone to us.", "About this blog", "Related",
     "The ministry said in a statement that nobody had been detained on that day in the city.", "please wait", "“", "(MNA)",
     "This post was originally published on Free Tarsk.", "    indented and continuing", "3 July 2031"]
)  # fmt: skip


def check(document):
    end = 0
    for block in document.blocks:
        assert end <= block.start < block.end <= len(document.text)
        assert document.text[block.start : block.end].strip()
        assert not document.text[end : block.start].strip()
        end = block.end
    assert end == len(document.text)
    if document.dateline_span:
        start, stop = document.dateline_span
        assert 0 <= start < stop <= len(document.text) and (document.dateline or "") in document.text[start:stop]


@settings(max_examples=150, deadline=None)
@given(st.lists(LINES, max_size=25))
def test_blocks_hold_all_text_in_order(lines):
    """Law: on any text page, blocks are in order, apart, inside the text, and hold every word of it; the parts of a page
    count from 1, their ids differ."""
    try:
        documents = split(capture("\n".join(lines)), ManifestRow(source="a.txt", language="en"), Settings())
    except CaptureError:
        assert not any(c.isalnum() for c in "".join(lines))
        return
    for document in documents:
        check(document)
    assert [d.part for d in documents] == [*range(1, len(documents) + 1)] and len({d.id for d in documents}) == len(
        documents
    )
    words = " ".join(d.text for d in documents).replace("•", " ").split()
    assert words == "\n".join(lines).replace("•", " ").split()


@settings(max_examples=60, deadline=None)
@given(st.text(max_size=400))
def test_any_text_gives_sound_documents_or_a_clear_error(text):
    try:
        documents = split(
            capture(text.encode("utf-8", "ignore")), ManifestRow(source="a.txt", language="en"), Settings()
        )
    except CaptureError as error:
        assert error.reason
        return
    for document in documents:
        check(document)


@settings(max_examples=60, deadline=None)
@given(st.lists(st.sampled_from(["<div>", "</div>", "<p>", "</p>", "<article>", "</article>", "<h2>", "<li>", "<br>", "<table><tr><td>", "&amp;", "<!--", "-->",
       "Police detained three teachers on Monday, their lawyer said. ", "<a href=x>", "</a>", "<figcaption>", '<p title="']), max_size=30))  # fmt: skip
def test_any_mark_up_gives_sound_documents_or_a_clear_error(pieces):
    try:
        documents = split(
            capture("<html>" + "".join(pieces), "text/html"), ManifestRow(source="a", language="en"), Settings()
        )
    except CaptureError as error:
        assert error.reason
        return
    for document in documents:
        check(document)


def test_every_paragraph_gets_one_block():
    passages = [Passage("One line of text."), Passage("Another line.")]
    laid = lay_out(passages, label(passages))
    assert laid.text == "One line of text.\n\nAnother line." and len(laid.blocks) == 2
