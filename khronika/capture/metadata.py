"""What a page says about itself: title, byline, outlet, publication date, language, address."""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from khronika.capture.markup import Element, text_of
from khronika.capture.pagedates import address_date, written_date
from khronika.capture.wording import one_line

_LONGEST = 300
_MOST_JSON = 2_000_000
_DATE_METAS = (
    "article:published_time",
    "og:article:published_time",
    "datepublished",
    "parsely-pub-date",
    "publishdate",
    "pubdate",
    "publish-date",
    "dc.date.issued",
    "dc.date",
    "dcterms.created",
    "date",
    "sailthru.date",
    "cxenseparse:recs:publishtime",
)
_BYLINE_CLASSES = ("byline", "author", "post-author", "article-author", "entry-author", "c-byline")


@dataclass(frozen=True, slots=True, kw_only=True)
class PageFacts:
    """What the page says; None where it says nothing. `published` an EDTF day, `published_from` "page" or "url";
    `is_story`: the page calls itself a single article."""

    title: str | None = None
    byline: str | None = None
    outlet: str | None = None
    published: str | None = None
    published_from: str | None = None
    language: str | None = None
    url: str | None = None
    is_story: bool = False


def page_facts(tree: Element) -> PageFacts:
    """The page's facts from JSON-LD, meta elements, headings and address, in this order of belief."""
    story = next(_stories(tree), {})
    metas = _metas(tree)
    outlet = metas.get("og:site_name") or _named(story.get("publisher")) or metas.get("application-name")
    url = _canonical(tree) or metas.get("og:url")
    published = written_date(str(story.get("datePublished", ""))[:40]) or next(
        (day for name in _DATE_METAS if (day := written_date(metas.get(name, "")[:60]))), None
    )
    published = published or _marked_date(tree)
    from_address = address_date(url) if url and not published else None
    kinds = str(story.get("@type", ""))
    return PageFacts(
        title=_short(story.get("headline")) or metas.get("og:title") or _heading(tree, outlet),
        byline=_authors(story.get("author")) or _written_by(metas.get("author")) or marked_byline(tree),
        outlet=outlet,
        published=published or from_address,
        published_from="page" if published else "url" if from_address else None,
        language=(tree.get("lang") or metas.get("og:locale") or "").replace("_", "-")[:12] or None,
        url=url,
        is_story="Live" not in kinds and (bool(story) or metas.get("og:type") == "article"),
    )


def post_facts(post: Element) -> PageFacts:
    """What one post of a page of several says about itself: its heading, its time, its byline."""
    heading = next((h for h in post.iter("h1", "h2", "h3", "h4") if text_of(h)), None)
    published = _marked_date(post)
    return PageFacts(
        title=text_of(heading)[:_LONGEST] if heading is not None else None,
        byline=marked_byline(post),
        published=published,
        published_from="page" if published else None,
    )


def _metas(tree: Element) -> dict[str, str]:
    """name or property (lower case) → content, first of each."""
    out: dict[str, str] = {}
    for meta in tree.iter("meta"):
        name = meta.get("property") or meta.get("name") or meta.get("itemprop")
        content = one_line((meta.get("content") or "")[: 4 * _LONGEST])[:_LONGEST]
        if name and content:
            out.setdefault(name.casefold(), content)
    return out


def _stories(tree: Element) -> Iterator[dict[str, Any]]:
    """The JSON-LD objects of the page that describe an article."""
    for script in tree.iter("script"):
        text = script.text or ""
        if "ld+json" not in (script.get("type") or "") or len(text) > _MOST_JSON:
            continue
        try:
            waiting = [json.loads(text, strict=False)]
        except (ValueError, RecursionError):
            continue
        while waiting:
            value = waiting.pop(0)
            if isinstance(value, list):
                waiting += value[:100]
            elif isinstance(value, dict):
                kind = str(value.get("@type", ""))[:200]
                if "Article" in kind or "BlogPosting" in kind:
                    yield value
                waiting += [value[key] for key in ("@graph", "mainEntity", "mainEntityOfPage") if key in value]


def _short(value: object) -> str | None:
    """The value as one line if it is text."""
    return one_line(value[: 4 * _LONGEST])[:_LONGEST] or None if isinstance(value, str) else None


def _named(value: object) -> str | None:
    """The name of a JSON-LD person or organization."""
    if isinstance(value, list) and value:
        value = value[0]
    return _short(value.get("name")) if isinstance(value, dict) else _short(value)


def _authors(value: object) -> str | None:
    """The names of all authors."""
    people = value[:10] if isinstance(value, list) else [value]
    names = [name for person in people if (name := _named(person)) and "://" not in name]
    return ", ".join(names) or None


def _written_by(value: str | None) -> str | None:
    """A meta author, unless it is an address."""
    return value if value and "://" not in value and "@" not in value else None


def _canonical(tree: Element) -> str | None:
    """The page's own address."""
    for link in tree.iter("link"):
        if (link.get("rel") or "").casefold() == "canonical" and (link.get("href") or "").startswith("http"):
            return str(link.get("href"))[:2000]
    return None


def _heading(tree: Element, outlet: str | None) -> str | None:
    """The only <h1>, else the <title> without the outlet's name behind a bar or dash."""
    headings = [text for h in tree.iter("h1") if (text := text_of(h))]
    if len(headings) == 1:
        return headings[0][:_LONGEST]
    title = next((text_of(t) for t in tree.iter("title")), "")[:_LONGEST]
    for mark in (" | ", " - ", " — ", " – "):
        head, found, tail = title.rpartition(mark)
        if found and outlet and tail.casefold() == outlet.casefold():
            title = head
    return title or None


def _marked_date(root: Element) -> str | None:
    """The first date in a <time> or an element marked as the publication date."""
    for element in root.iter("time"):
        if day := written_date((element.get("datetime") or "")[:60]) or written_date(text_of(element)[:100]):
            return day
    for element in root.iter("span", "div", "p", "abbr", "li", "meta"):
        name = " ".join(filter(None, (element.get("itemprop"), element.get("class"))))[:300].casefold()
        if "datepublished" in name or "date" in name.replace("-", " ").replace("_", " ").split():
            shown = element.get("content") or element.get("title") or text_of(element)
            if len(shown) <= 100 and (day := written_date(shown)):
                return day
    return None


def marked_byline(root: Element) -> str | None:
    """The first element marked as byline, without its "By"."""
    for element in root.iter("span", "div", "p", "a", "address"):
        names = {*(element.get("class") or "").casefold().split()[:20], element.get("rel"), element.get("itemprop")}
        if names & {*_BYLINE_CLASSES, "author"}:
            text = text_of(element)
            if 2 < len(text) <= 80 and any(c.isalpha() for c in text):
                return text[3:] if text[:3].casefold() == "by " else text
    return None
