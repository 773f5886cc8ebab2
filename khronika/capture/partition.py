"""One text page → its stories: category pages with bullets, running blogs, several reports saved into one file."""

from __future__ import annotations

import re
from functools import partial
from itertools import pairwise
from statistics import median

from khronika.capture.cues import cues, fold
from khronika.capture.dateline import find_dateline
from khronika.capture.pagedates import is_timestamp
from khronika.capture.passages import Passage

_RULE = re.compile(r"[\s*=_~#+.–—-]{3,}")
_LEAD_WORDS = 12


def partition(passages: list[Passage], *, running: bool = False) -> list[list[Passage]]:
    """The stories of the page, each with its paragraphs; what stands around them goes with the first and the last.

    `running`: the page is known to be a running blog, though these paragraphs do not show it.
    """
    running = running or is_running(passages)
    for cut in (_at_bullets, _at_endings, partial(_at_beginnings, running=running)):
        if len(starts := cut(passages)) > 1:
            return _sliced(passages, starts)
    return [passages] if passages else []


def _sliced(passages: list[Passage], starts: list[int]) -> list[list[Passage]]:
    """The paragraphs cut before each start but the first."""
    edges = [0, *starts[1:], len(passages)]
    return [passages[a:b] for a, b in pairwise(edges) if a < b]


def _at_bullets(passages: list[Passage]) -> list[int]:
    """Where each post of a category page begins: the outermost bullets, if they hold posts and fill most of the page.

    A list inside a story, a menu, and the staff box below a story are bullets too: they are short, or a small part.
    """
    bullets = [i for i, p in enumerate(passages) if p.bullet]
    if len(bullets) < 2:
        return []
    outermost = min(passages[i].indent for i in bullets)
    tops = [i for i in bullets if passages[i].indent == outermost]
    edges = [*tops, len(passages)]
    items = {a: passages[a:b] for a, b in pairwise(edges)}
    posts = [start for start, item in items.items() if any(p.is_sentence for p in item)]
    sizes = [len(items[start]) for start in posts]
    long = sum(_is_long(items[start]) for start in posts)
    if len(posts) < 2 or long * 2 < len(posts) or (median(sizes) < 2 and max(sizes) > 3):
        return []
    inside = [p for item in items.values() for p in item]
    outside = sum(p.words for p in inside if p.is_sentence and not p.bullet and p.indent <= outermost)
    filled = sum(p.words for start in posts for p in items[start]) - outside
    return posts if filled > 0.5 * sum(p.words for p in passages) else []


def _is_long(item: list[Passage]) -> bool:
    """Whether a bullet with what follows holds running text of some length."""
    return sum(p.words for p in item if p.is_sentence) >= 25


def _at_endings(passages: list[Passage]) -> list[int]:
    """Where each post begins on a page whose posts each end with the same credit ("This post was originally published
    on X.") or with a rule of signs, when what follows opens like a story."""
    starts, body = [0], False
    for i, passage in enumerate(passages):
        ended = i > 0 and body and (_is_origin(passages[i - 1]) or _RULE.fullmatch(passages[i - 1].text))
        if ended and any(p.is_sentence for p in passages[i:]) and (_is_origin(passages[i - 1]) or _opens(passages, i)):
            starts.append(i)
            body = False
        body = body or passage.is_sentence
    origins = sum(_is_origin(p) for p in passages)
    rules = sum(_RULE.fullmatch(p.text) is not None for p in passages)
    return starts if origins > 1 or rules else []


def _is_origin(passage: Passage) -> bool:
    """Whether the paragraph says where the post was published first."""
    return passage.words <= 25 and "originally published" in fold(passage.text)


def _opens(passages: list[Passage], i: int) -> bool:
    """Whether a story of its own opens here: a title or time stamp, then a dateline or running text; or a dateline."""
    first = passages[i]
    if find_dateline(first.text, opening=False):
        return True
    rest = passages[i + 1 : i + 4]
    return not first.is_sentence and any(find_dateline(p.text, opening=False) for p in rest)


def is_running(passages: list[Passage]) -> bool:
    """Whether the page is a running blog: a `[live]` cue, or two time stamps alone on their lines."""
    lines = {p.key for p in passages if p.words <= 8}
    return bool(lines & cues().live) or sum(is_timestamp(p.text) for p in passages) > 1


def _at_beginnings(passages: list[Passage], *, running: bool) -> list[int]:
    """Where each entry of a running blog, or each of several reports in one file, begins.

    On a running blog an entry begins with a time stamp, with a
    repeated caption, or with a dateline. On any other page only a second dateline begins another report: features
    repeat captions too.
    """
    starts, body = [0], False
    for i, passage in enumerate(passages):
        if body and (_is_entry(passages, i) if running else _is_dateline(passage)):
            starts.append(_backed_up(passages, i, starts[-1]))
            body = False
        body = body or (passage.is_sentence and passage.words >= _LEAD_WORDS and not _repeated(passages, i))
    return starts


def _is_dateline(passage: Passage) -> bool:
    """Whether the paragraph opens with an unmistakable dateline and goes on."""
    found = find_dateline(passage.text, opening=False)
    return found is not None and found.place is not None and passage.words >= _LEAD_WORDS


def _is_entry(passages: list[Passage], i: int) -> bool:
    """Whether an entry of a running blog begins here."""
    here = passages[i]
    if is_timestamp(here.text) or _is_dateline(here):
        return any(p.is_sentence for p in passages[i : i + 4])
    doubled = i + 2 < len(passages) and here.key == passages[i + 1].key and here.words >= 3
    return doubled and passages[i + 2].is_sentence and passages[i + 2].words >= _LEAD_WORDS


def _repeated(passages: list[Passage], i: int) -> bool:
    """Whether the paragraph stands twice in a row: a caption."""
    near = passages[max(0, i - 1) : i] + passages[i + 1 : i + 2]
    return any(p.key == passages[i].key for p in near)


def _backed_up(passages: list[Passage], i: int, floor: int) -> int:
    """The start moved up over the new story's own title, caption and time stamp."""
    start = i
    while start - 1 > floor and i - start < 4:
        above = passages[start - 1]
        furniture = cues().notice.fits(above.text) or cues().credit.fits(above.text)
        if furniture or (above.is_sentence and not _repeated(passages, start - 1)):
            break
        start -= 1
    return start
