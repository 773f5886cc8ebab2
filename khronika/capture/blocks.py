"""What each paragraph of a story's page is: title, caption, story, notice … (facts.documents.BlockKind)."""

from __future__ import annotations

import re

from khronika.capture.cues import Cues, cues, fold
from khronika.capture.dateline import find_dateline
from khronika.capture.pagedates import is_timestamp, written_date
from khronika.capture.passages import Passage
from khronika.facts.documents import BlockKind

Kinds = list[BlockKind | None]
_RULE = re.compile(r"[\W\d_]*")
_PLAYER_TIME = re.compile(r"[\d:\s/]+")
_NAMES_SOMEONE = re.compile(r"\b(?:by|from)[:\s]\s*[A-Z]")
_TITLE_WORDS = 32
_CAPTION_WORDS = 80
_HEADING_WORDS = 12


def label(passages: list[Passage]) -> list[BlockKind]:
    """The kind of each paragraph of one story, in order. Nothing is dropped: what is not story is only named."""
    table = cues()
    kinds: Kinds = [p.kind for p in passages]
    for step in (_players, _repeats, _boxes, _furniture, _legal, _title, _bylines, _teaser, _headings):
        step(passages, kinds, table)
    return [kind or BlockKind.STORY for kind in kinds]


def _players(passages: list[Passage], kinds: Kinds, table: Cues) -> None:
    """A media player's lines are notices; the short line just above the player is the clip's title: a caption."""
    for i, passage in enumerate(passages):
        if passage.words > 12 or passage.key not in table.player:
            continue
        above = passages[i - 1] if i else None
        if (
            above
            and kinds[i - 1] is None
            and above.words <= 30
            and not above.is_sentence
            and above.key not in table.player
        ):
            kinds[i - 1] = BlockKind.CAPTION if above.words >= 3 else BlockKind.NOTICE
        kinds[i] = BlockKind.NOTICE


def _repeats(passages: list[Passage], kinds: Kinds, table: Cues) -> None:
    """A line twice in a row is a caption (saved pages hold the picture's text and its caption); the second, like any
    later repeat of five words or more, says nothing new: a notice, or its claims would count twice."""
    first: dict[str, int] = {}
    for i, passage in enumerate(passages):
        seen = first.setdefault(passage.key, i)
        if seen == i or (passage.words < 5 and seen != i - 1):
            continue
        if seen == i - 1 and kinds[seen] is None and passage.words <= _CAPTION_WORDS:
            kinds[seen] = BlockKind.CAPTION
        if kinds[i] in (None, BlockKind.CAPTION, BlockKind.HEADING):
            kinds[i] = BlockKind.NOTICE


def _boxes(passages: list[Passage], kinds: Kinds, table: Cues) -> None:
    """Boxes: from their first line to the end of the page ("About this blog"), or to the next sentence ("Related").

    A line that opens a box to the end counts only below running text, one of the `late` ones only below half of the
    page's words: above the story it is a link.
    """
    total, before, below_text = sum(p.words for p in passages), 0, False
    for i, passage in enumerate(passages):
        key = passage.key if passage.words <= 8 else ""
        late = key in table.boxes_late and before * 2 >= total
        if below_text and (late or key in table.boxes_to_end):
            kinds[i:] = [BlockKind.NOTICE] * (len(passages) - i)
            return
        below_text = below_text or passage.is_sentence
        if key in table.boxes_until_sentence:
            kinds[i] = BlockKind.NOTICE
            for j in range(i + 1, min(i + 12, len(passages))):
                if passages[j].is_sentence or find_dateline(passages[j].text, opening=False):
                    break
                if kinds[j] is None and before:
                    kinds[j] = BlockKind.NOTICE
        before += passage.words


def _furniture(passages: list[Passage], kinds: Kinds, table: Cues) -> None:
    """Notices, credits and captions that their words give away; lines of signs or time codes only."""
    for i, passage in enumerate(passages):
        if kinds[i] not in (None, BlockKind.HEADING):
            continue
        text = passage.text
        if is_timestamp(text):
            kinds[i] = BlockKind.BYLINE
        elif _RULE.fullmatch(text) or _PLAYER_TIME.fullmatch(text):
            kinds[i] = BlockKind.NOTICE
        elif is_credit(text):
            kinds[i] = BlockKind.CREDIT
        elif table.notice.fits(text):
            kinds[i] = BlockKind.NOTICE
        elif table.caption.fits(text):
            kinds[i] = BlockKind.CAPTION


def is_credit(text: str) -> bool:
    """Whether the paragraph credits people or outlets: "With reporting by …", "(ABC)" alone; "Reported by police as
    missing" is none: after "by" stands a name."""
    stripped = text.strip("()[] .")
    if stripped in cues().agencies:
        return True
    if not cues().credit.fits(text):
        return False
    opening = fold(text[:40]).split(":")[0]
    return " by" not in opening or _NAMES_SOMEONE.search(text) is not None


def _legal(passages: list[Passage], kinds: Kinds, table: Cues) -> None:
    """An outlet's warning about itself, and the short paragraph before that leads into it."""
    for i, passage in enumerate(passages):
        if kinds[i] is not None or not table.legal.fits(passage.text):
            continue
        kinds[i] = BlockKind.NOTICE
        lead = passages[i - 1] if i else None
        if lead and kinds[i - 1] is None and lead.words <= 25 and any(w in fold(lead.text) for w in table.legal_lead):
            kinds[i - 1] = BlockKind.NOTICE


def _title(passages: list[Passage], kinds: Kinds, table: Cues) -> None:
    """The first line above the story that does not end as a sentence; a question or exclamation may.

    Where that line is a masthead (up to four words, or all capitals) and more such lines follow ("FREE TARSK",
    "Independent since 2009", the headline), the longest is the title and those above it are headings.
    """
    if BlockKind.TITLE in kinds:
        return
    lines = _title_lines(passages, kinds, table)
    if not lines:
        return
    first = passages[lines[0]]
    masthead = first.words <= 4 or first.text.isupper()
    chosen = max(lines, key=lambda i: passages[i].words) if masthead else lines[0]
    kinds[chosen] = BlockKind.TITLE
    for i in lines:
        if i < chosen:
            kinds[i] = BlockKind.HEADING


def _title_lines(passages: list[Passage], kinds: Kinds, table: Cues) -> list[int]:
    """The lines above the story's first running text that could be its title; none where no text follows."""
    lines: list[int] = []
    for i, passage in enumerate(passages):
        if kinds[i] is not None:
            continue
        if _is_byline(passage.text, table):
            if lines and passages[lines[-1]].words > 4:
                return lines
            continue
        stops = passage.stops and (passage.text[-1] not in "?!" or passage.words > 20)
        if stops or passage.words > _TITLE_WORDS or find_dateline(passage.text, opening=False):
            return lines
        if passage.words >= 2:
            lines.append(i)
        if len(lines) > 5:
            break
    return (
        lines[:1]
        if any(kinds[i] is None and p.words > 5 for i, p in enumerate(passages) if i > (lines or [0])[0])
        else []
    )


def _bylines(passages: list[Passage], kinds: Kinds, table: Cues) -> None:
    """Who wrote it and when it went out: around the title, above the story's second paragraph, or as the last line."""
    body = [i for i, p in enumerate(passages) if kinds[i] is None and p.is_sentence]
    last = max((i for i, k in enumerate(kinds) if k is None), default=-1)
    for i, passage in enumerate(passages):
        above = not body or i < body[0] or i == last
        if kinds[i] is None and above and _is_byline(passage.text, table):
            kinds[i] = BlockKind.BYLINE
        found = find_dateline(passage.text) if kinds[i] is None else None
        if found and found.end >= len(passage.text):
            kinds[i] = BlockKind.BYLINE


def _is_byline(text: str, table: Cues) -> bool:
    """Whether the line names author or date: "By …", "Updated: …", "ABC | 3 July 2021", a bare date."""
    if len(text) > 200 or len(text.split()) > 16:
        return False
    if is_timestamp(text) or (table.byline.fits(text) and not text.rstrip().endswith((".", "!", "?"))):
        return True
    return (
        written_date(text) is not None
        and ("|" in text or len(text.split()) <= 8 or (not text.endswith(".") and text.count(":") > 0))
        and not text.endswith(".")
    )


def _teaser(passages: list[Passage], kinds: Kinds, table: Cues) -> None:
    """The paragraph between title and dateline paragraph sums the story up."""
    if BlockKind.TITLE not in kinds:
        return
    open_ones = [i for i, k in enumerate(kinds) if k is None]
    if len(open_ones) < 2 or open_ones[0] < kinds.index(BlockKind.TITLE):
        return
    first, second = open_ones[:2]
    dated = find_dateline(passages[second].text)
    if dated and not find_dateline(passages[first].text) and passages[first].words <= 60:
        kinds[first] = BlockKind.TEASER


def _headings(passages: list[Passage], kinds: Kinds, table: Cues) -> None:
    """A short line without a stop, inside the story."""
    for i, passage in enumerate(passages):
        if kinds[i] is None and i and _is_heading(passage.text) and any(k is None for k in kinds[i + 1 :]):
            kinds[i] = BlockKind.HEADING


def _is_heading(text: str) -> bool:
    """Whether the line could head a section: at most twelve words, a capital or digit first, no stop or comma last."""
    return (
        len(text.split()) <= _HEADING_WORDS
        and (text[0].isupper() or text[0].isdigit() or text[0] in "‘'“\"")
        and text[-1] not in ".!…:,;\"”’'"
    )
