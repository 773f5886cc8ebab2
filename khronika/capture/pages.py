"""A web page → its stories: posts found first, then the story text of each (trafilatura)."""

from __future__ import annotations

from copy import deepcopy
from dataclasses import dataclass, replace

import lxml.html

from khronika.capture.limits import refuse_outsized, too_many
from khronika.capture.markup import Element, parse, text_of, visible
from khronika.capture.metadata import PageFacts, page_facts, post_facts
from khronika.capture.partition import is_running, partition
from khronika.capture.passages import Passage
from khronika.capture.segments import find_posts
from khronika.capture.wording import one_line
from khronika.errors import CaptureError
from khronika.facts.documents import BlockKind
from khronika.settings import Settings

_KEPT_OF_POST = 0.7
_KEPT_OF_PAGE = 0.25
_WARN_BELOW = 0.5
_LEAST_LETTERS = 20


@dataclass(frozen=True, slots=True)
class PageStory:
    """One story of a page: its paragraphs, what it says about itself, and a note for the reader."""

    passages: list[Passage]
    facts: PageFacts
    note: str | None = None


def read_page(html: str, source: str, settings: Settings) -> list[PageStory]:
    """The stories of a page, in page order.

    Raises CaptureError when there is no text to read, or more of it than `settings` allow (stories, paragraphs, the
    length of one), before any costly work.

    Each carries the page's outlet, language and address; date, title and byline of a post are the post's own.
    """
    tree = parse(html)
    if tree is None:
        raise CaptureError(source, "no readable mark-up")
    facts = page_facts(tree)
    found = tree.find("body")
    body = found if found is not None else tree
    seen = visible(body)
    refuse_outsized(seen, source, settings)
    posts = find_posts(body, is_story_page=facts.is_story)
    if len(posts) > settings.max_parts:
        raise too_many(source, len(posts), settings)
    stories = [_post_story(post, facts) for post in posts] or _told_apart(_page_story(tree, seen, facts), seen)
    stories = [story for story in stories if _letters(story) >= _LEAST_LETTERS]
    if not stories:
        reason = "the page holds no text"
        if any(True for _ in tree.iter("script")):
            reason += "; it is filled in by scripts: save it from the browser after it has loaded"
        raise CaptureError(source, reason)
    return _with_share(stories, seen)


def _post_story(post: Element, page: PageFacts) -> PageStory:
    """A post among several."""
    facts = replace(post_facts(post), outlet=page.outlet, language=page.language, url=page.url)
    seen = visible(post)
    kept = _extracted(deepcopy(post), fast=True)
    passages = kept if _words(kept) >= _KEPT_OF_POST * _words(seen) else seen
    return PageStory(_with_title(_with_captions(passages, post), facts.title), facts)


def _page_story(tree: Element, seen: list[Passage], facts: PageFacts) -> PageStory:
    """The page's only story. Dates that no mark-up gives are looked up by trafilatura in its careful mode."""
    kept = _extracted(deepcopy(tree))
    if not seen and not any(p.is_sentence for p in kept):
        kept = []  # nothing but menus: trafilatura falls back to them
    passages = kept if kept and _words(kept) >= min(60, _KEPT_OF_PAGE * _words(seen)) else seen
    if not facts.published or not facts.byline:
        facts = _looked_up(tree, facts)
    main = next(iter([*tree.iter("article"), *tree.iter("main")]), None)
    return PageStory(_with_title(_with_captions(passages, main) if main is not None else passages, facts.title), facts)


def _letters(story: PageStory) -> int:
    """How many letters the story has below its title (words would not do: not every script parts them by spaces)."""
    return sum(c.isalpha() for p in story.passages if p.kind is not BlockKind.TITLE for c in p.text)


def _told_apart(story: PageStory, seen: list[Passage]) -> list[PageStory]:
    """The story, or the several that its words show where the mark-up does not (datelines, closing credits, entries of
    a running blog); a page that calls itself one article is believed."""
    if story.facts.is_story:
        return [story]
    parts = partition(story.passages, running=is_running(seen))
    untitled = replace(story.facts, title=None, byline=None)
    return [PageStory(part, untitled if i else story.facts) for i, part in enumerate(parts)] or [story]


def _words(passages: list[Passage]) -> int:
    """How many words all paragraphs have."""
    return sum(p.words for p in passages)


def _extracted(element: Element, *, fast: bool = False) -> list[Passage]:
    """The story paragraphs of a page or a part of it by trafilatura; [] where it finds none. `fast`: without its second
    opinions, which a short post does not need."""
    from trafilatura import bare_extraction

    if element.tag != "html":
        root = lxml.html.Element("html")
        body = lxml.html.Element("body")
        element.tail = None
        body.append(element)
        root.append(body)
        element = root
    found = bare_extraction(
        element, include_comments=False, include_tables=True, with_metadata=False, as_dict=False, fast=fast
    )
    content = getattr(found, "body", None)
    return visible(content) if content is not None else []


def _with_captions(passages: list[Passage], root: Element) -> list[Passage]:
    """The paragraphs with the part's captions: marked where they are among them, put first where they were left out."""
    captions = [text for element in root.iter("figcaption") if (text := text_of(element))][:40]
    keys = {Passage(text).key for text in captions}
    marked = [replace(p, kind=BlockKind.CAPTION) if p.key in keys else p for p in passages]
    present = {p.key for p in passages}
    absent = dict.fromkeys(
        text for text in captions if Passage(text).key not in present and 3 <= len(text.split()) <= 80
    )
    return [*(Passage(text, BlockKind.CAPTION) for text in absent), *marked]


def _with_title(passages: list[Passage], title: str | None) -> list[Passage]:
    """The paragraphs with the title first, once."""
    if not title:
        return passages
    first = Passage(title, BlockKind.TITLE)
    rest = [p for i, p in enumerate(passages) if not (i < 6 and p.key == first.key)]
    return [first, *rest]


def _looked_up(tree: Element, facts: PageFacts) -> PageFacts:
    """Missing date and author by trafilatura. A 1 January that no mark-up gave is a copyright year, not a day."""
    from trafilatura.metadata import extract_metadata

    careful = {"extensive_search": False, "original_date": True}
    found = extract_metadata(deepcopy(tree), default_url=facts.url, date_config=careful, extensive=False)
    day = found.date if found is not None and found.date and not found.date.endswith("-01-01") else None
    author = found.author if found is not None else None
    return replace(
        facts,
        byline=facts.byline or (one_line(author)[:300] if author else None),
        published=facts.published or day,
        published_from=facts.published_from or ("page" if day else None),
    )


def _with_share(stories: list[PageStory], seen: list[Passage]) -> list[PageStory]:
    """The stories; with a note on the first when less than half of the words in the page's paragraphs were kept."""
    paragraphs = [p for p in seen if p.is_sentence]
    total = _words(paragraphs)
    kept = sum(_words([p for p in story.passages if p.is_sentence]) for story in stories)
    if total < 100 or kept >= _WARN_BELOW * total:
        return stories
    note = f"only {100 * kept // total} % of the words in the page's paragraphs were taken as story"
    return [replace(stories[0], note=note), *stories[1:]]
