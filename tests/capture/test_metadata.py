# ruff: noqa: E501 - pages and paragraphs are kept on one line, as they are on a page
"""What a page says about itself, in order of belief."""

import pytest

from khronika.capture.markup import parse
from khronika.capture.metadata import page_facts, post_facts


def facts(head="", body="<p>x</p>", attributes=""):
    return page_facts(parse(f"<html {attributes}><head>{head}</head><body>{body}</body></html>"))


def test_open_graph_and_meta():
    got = facts(
        "<meta property=og:title content='Editor Fined'><meta property=og:site_name content='Free Tarsk'>"
        "<meta name=author content='Ana Kovac'><meta property=article:published_time content='2031-06-25T01:00Z'>"
        "<meta property=og:type content=article>",
        attributes="lang=en-GB",
    )
    assert (got.title, got.outlet, got.byline, got.published, got.language, got.is_story) == (
        "Editor Fined", "Free Tarsk", "Ana Kovac", "2031-06-25", "en-GB", True,
    )  # fmt: skip


@pytest.mark.parametrize(
    ("head", "body", "title"),
    [
        (
            "<title>Editor Fined | Free Tarsk</title><meta property=og:site_name content='Free Tarsk'>",
            "",
            "Editor Fined",
        ),
        ("<title>Editor Fined - For An Article</title>", "", "Editor Fined - For An Article"),
        ("<title>Free Tarsk</title>", "<h1>Editor Fined</h1>", "Editor Fined"),
        ("", "", None),
    ],
)
def test_title_without_the_outlets_name(head, body, title):
    assert facts(head, body).title == title


def test_live_blog_is_no_single_story():
    ld = '<script type="application/ld+json">{"@type":"LiveBlogPosting","headline":"Courts"}</script>'
    assert not facts(ld).is_story and facts(ld.replace("LiveBlogPosting", "NewsArticle")).is_story


def test_an_address_is_no_author():
    assert facts("<meta name=author content='https://post.example/ana'>").byline is None


def test_a_post_has_its_own_facts():
    post = parse(
        "<div><h2>Editor <b>Fined</b></h2><span class=byline>By Ana Kovac</span><time datetime='2031-06-25'>x</time></div>"
    )
    got = post_facts(post)
    assert (got.title, got.byline, got.published, got.published_from) == (
        "Editor Fined",
        "Ana Kovac",
        "2031-06-25",
        "page",
    )
    assert post_facts(parse("<p>x</p>")).published_from is None
