"""Finds the posts of a category page or running blog: sibling elements that each hold a story.

No article extractor can be trusted with such a page: they keep one post and drop the rest without an error.
"""

from __future__ import annotations

import re
from collections import defaultdict
from itertools import islice

import lxml.etree

from khronika.capture.blocks import is_credit
from khronika.capture.dateline import find_dateline
from khronika.capture.markup import HEADINGS, UNSEEN, Element, text_of
from khronika.capture.pagedates import is_timestamp, written_date

_KINDS = frozenset({"article", "section", "div", "li", "tr", "td"})
_NOT_POSTS = re.compile(
    r"comment|respon[ds]|repl(?:y|ies)|review|related|sidebar|widget|footer|promo|recommend|teaser-rail|menu|\bnav",
    re.I,
)
_POST_WORDS = 20
_SHARE, _SHARE_OF_STORY_PAGE = 0.5, 0.8
_MAIN_PART = 0.6


def find_posts(tree: Element, *, is_story_page: bool) -> list[Element]:
    """The posts in page order, or [] for a page with one story.

    `is_story_page`: the page's own metadata calls it a single article; then only an overwhelming share convinces.
    A group of siblings is taken for posts when they hold at least half of the page's running words, no single one
    holds most of it, and most look like posts: an <article>, or with a linked heading, a time, a dateline, a
    closing credit, or, in lists, several paragraphs.
    """
    words = _prose(tree)
    total = words.get(tree, 0)
    best: list[Element] = []
    best_words = 0.0
    for group in _groups(tree, words):
        held = sum(words[e] for e in group)
        if held > best_words * 1.02 and _convinces(group, words, held, total, is_story_page):
            best, best_words = group, held
    return best


def _convinces(group: list[Element], words: dict[Element, int], held: int, total: int, is_story_page: bool) -> bool:
    """Whether the siblings are the posts of the page."""
    largest = max(words[e] for e in group)
    lone_story = largest > _MAIN_PART * held and (is_story_page or len(group) > 2 or largest > 0.9 * held)
    share = _SHARE_OF_STORY_PAGE if is_story_page else _SHARE
    return held >= share * total and not lone_story and sum(map(_is_post, group)) >= 0.6 * len(group)


def _prose(tree: Element) -> dict[Element, int]:
    """For every seen element, how many words its text has outside of links."""
    counts: dict[Element, int] = defaultdict(int)
    walker = lxml.etree.iterwalk(tree, events=("start", "end"))
    links = 0
    for event, element in walker:
        tag = element.tag
        if event == "start":
            if tag in UNSEEN or not isinstance(tag, str):
                walker.skip_subtree()
                continue
            links += tag == "a"
            if not links:
                counts[element] += len((element.text or "").split())
            continue
        if not isinstance(tag, str):
            continue
        if tag == "a":
            links = max(0, links - 1)
        parent = element.getparent()
        if parent is not None and element is not tree:
            counts[parent] += counts[element] + (0 if links else len((element.tail or "").split()))
    return counts


def _groups(tree: Element, words: dict[Element, int]) -> list[list[Element]]:
    """Sibling elements of one tag (and, where there are classes, one class in common) with enough words each."""
    out = []
    for parent in tree.iter():
        if not isinstance(parent.tag, str) or len(parent) < 2 or words.get(parent, 0) < 2 * _POST_WORDS:
            continue
        kin: dict[tuple[str, str], list[Element]] = defaultdict(list)
        for child in parent:
            if child.tag in _KINDS and words.get(child, 0) >= _POST_WORDS and not _is_aside(child):
                for name in {"", *(child.get("class") or "").split()[:20]}:
                    kin[child.tag, name].append(child)
        out += [group for group in kin.values() if len(group) > 1]
    return out


def _is_aside(element: Element) -> bool:
    """Whether the element's or its parent's name says comments, sidebar, related."""
    parent = element.getparent()
    names = [element.get("class"), element.get("id")]
    names += [parent.get("class"), parent.get("id")] if parent is not None and parent.tag != "body" else []
    return any(_NOT_POSTS.search(name[:300]) for name in names if name)


def _is_post(element: Element) -> bool:
    """Whether one sibling looks like a post."""
    while len(element) == 1 and not (element.text or "").strip() and element[0].tag in _KINDS:
        element = element[0]  # a wrapper
    if element.tag == "article":
        return True
    if element.find(".//time") is not None or any(element.find(f".//{h}//a") is not None for h in HEADINGS):
        return True
    if any(find_dateline(o, opening=False) or is_timestamp(o) or _is_date(o) for o in _openings(element)):
        return True
    last = next((text for p in reversed(element.findall(".//p")) if (text := text_of(p))), "")
    if element.tag == "li" and (
        len(element.findall("./p")) > 1 or any(element.find(f"./{h}") is not None for h in HEADINGS)
    ):
        return True
    return is_credit(last)


def _openings(element: Element) -> list[str]:
    """How the element's first three texts begin: heading, date line, first paragraph."""
    inner = (e for e in element.iter("p", "span", "div", "h2", "h3", "h4", "small", "em") if (e.text or "").strip())
    texts = [text_of(e)[:200] for e in islice(inner, 3)]
    return [*filter(None, [(element.text or "").strip()[:200]]), *texts]


def _is_date(text: str) -> bool:
    """Whether the text is little more than a date."""
    return len(text) < 60 and written_date(text) is not None
