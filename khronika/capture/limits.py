"""What no page of stories has: refused before costly work, so that one hostile file cannot stop a batch."""

from __future__ import annotations

from collections.abc import Sequence

from khronika.capture.passages import Passage
from khronika.errors import CaptureError
from khronika.settings import Settings

_PARAGRAPHS_A_STORY = 100


def refuse_outsized(passages: Sequence[Passage], source: str, settings: Settings) -> None:
    """Raises CaptureError for a paragraph over `settings.max_line_kb` or more paragraphs than `settings.max_parts`
    stories of 100 each would have."""
    most = settings.max_parts * _PARAGRAPHS_A_STORY
    if len(passages) > most:
        reason = f"{len(passages)} paragraphs; the limit is {most} (100 for each of KHRONIKA_MAX_PARTS stories)"
        raise CaptureError(source, reason)
    longest = max((len(p.text) for p in passages), default=0)
    if longest > settings.max_line_kb * 1000:
        reason = f"a paragraph of {longest // 1000} kB; the limit is {settings.max_line_kb} kB (KHRONIKA_MAX_LINE_KB)"
        raise CaptureError(source, reason)


def too_many(source: str, found: int, settings: Settings) -> CaptureError:
    """The error for a page with more stories than the setting allows."""
    return CaptureError(source, f"{found} stories in one page; the limit is {settings.max_parts} (KHRONIKA_MAX_PARTS)")
