"""Cuts a text into words the way the UD English treebanks do, with exact code-point offsets.

The trees and tags of the bundled model were learned from EWT and GUM, so its words must be cut as there: contractions
and the possessive 's apart ("did" "n't", "Kazakhstan" "'s"), hyphens apart ("40" "-" "year" "-" "old") except after a
prefix ("pro-government", "re-elected"), abbreviations with their period ("U.S.", "a.m.", "Mr."), URLs whole.
The prefixes and abbreviations are those that the treebanks' training part keeps whole, and news abbreviations like
them.
"""

from __future__ import annotations

import re

__all__ = ["Span", "tokenize"]

Span = tuple[int, int]
"""(start, end) of a word, code points in the text given, end exclusive."""

_PREFIXES = (
    "non|e|re|mid|anti|pre|pro|co|cross|post|multi|over|semi|sub|ex|counter|mini|neo|socio|psycho|inter|intra|micro"
    "|un|ultra|extra|trans|super|quasi|pseudo|para|hyper|infra|arch"
)
_ABBREVIATIONS = (
    "Mr|Mrs|Ms|Mlle|Mme|Dr|Prof|St|Ste|Mt|Ft|Gen|Col|Lt|Capt|Cpl|Sgt|Maj|Cmdr|Adm|Gov|Sen|Reps?|Rev|Hon|Pres|Amb|Jr|Sr"
    "|Inc|Ltd|Co|Corp|Bros|Dept|Univ|Assn|Vol|vol|No|Nos|Art|art|pp?|ca?|cf|al|vs?|v|etc|approx|est|Est|esp|ext|Attn"
    "|Jan|Feb|Mar|Apr|Jun|Jul|Aug|Sept?|Oct|Nov|Dec|Mon|Tues?|Wed|Thurs?|Thu|Fri|Sat|Sun"
    "|Ave|Blvd|Rd|Que|Va|La|Calif|Conn|Mass|Ariz|Fla|Wash|Ph|Sec|Para|Esp|Spec|Conf|mins?|yrs?|lbs?|oz"
)
_UNITS = (
    "am|pm|a\\.m\\.|p\\.m\\.|mm?|cm|km|kg|g|k|b|bn|mn|mln|ft|lbs?|t|mph|kmh|kw|mw|gw|hz|mhz|ghz|gb|mb|tb|kb|sq|hh|rd"
)
_W = r"[\w\u0300-\u036f\u00ad\u200c\u200d]"
_L = r"[^\W\d_]"

_TOKEN = re.compile(
    "|".join(
        (
            r"(?:https?|ftp)://[^\s<>\"“”]*[\w/=&#~-]",
            r"www\.[^\s<>\"“”]*[\w/=&#~-]",
            r"\b[\w.+-]{1,64}@[\w-]{1,63}(?:\.[\w-]{1,63})+",
            r"[#@]\w*[A-Za-z]\w*",
            r"\d{1,4}-\d{1,4}-\d{2,4}(?!\w)|\d{3}-\d{4}(?!\w)",  # telephone numbers, ISO dates
            r"\d+/\d+(?:/\d+)?(?!\w)",
            r"\d+(?:[.,:]\d+)*(?=(?i:" + _UNITS + r")(?!\w))(?!\d*(?:rd)(?!\w))",
            r"\d+(?:[.,:]\d+)+(?:st|nd|rd|th|s)?(?!\w)",
            r"\d+0['’]s(?!\w)",
            r"(?<!\w)['’]\d\ds?(?!\w)",
            r"(?<!\w)['’](?i:em|til|cause|tis|twas)(?!\w)",
            r"(?<=[^\s'’])['’](?i:s|re|ve|ll|d|m)(?!\w)",
            r"(?:" + _L + r"\.){2,}(?!\w)",
            r"(?:" + _L + r"\.)+" + _L + r"(?!\w)",
            r"Ph\.D\.|M\.Sc\.|Lt\.(?=-?Col)",
            r"(?<!\w)(?:" + _ABBREVIATIONS + r")\.(?=[\s,;:)\]-]*[\w$£€(“\"'‘])",
            r"(?<![\w'’])[A-ZА-ЯÀ-ÖØ-Þ]\.(?=\s?[A-ZА-ЯÀ-ÖØ-Þ])",
            r"(?:US|HK|NZ|U|C|A|R)\$(?=\s?\d)",
            r"[A-Z]{1,4}&[A-Z]{1,4}(?!\w)",
            r"(?<!\w)(?i:" + _PREFIXES + r")-" + _W + r"+(?:['’]" + _W + r"+)*",
            r"\b[a-zA-Z0-9_]{1,63}(?:\.[a-z][a-z0-9]{1,30})+(?!\w)",
            _W + r"+(?:['’ʼ]" + _W + r"+)*",
            r"\.{2,}|…+|[?!]{2,}|-{2,}|={2,}|\*{2,}|~{2,}|#{2,}|_+|''|``|’’|‘’",
            r"[:;]-?[()DP](?!\w)",
            r"\S",
        )
    )
)
_NOT = re.compile(r"(?i)(.+)(n['’]t)")
_OWN = re.compile(r"(?i)(.+)(['’]s)")
_CLITIC = re.compile(r"(?i)(.*\b(?:i|you|he|she|it|we|they|who|what|that|this|there|here|how|where|when|why|could|would"
                     r"|should|might|must|not|y'all))(['’](?:re|ve|ll|d|m))")  # fmt: skip
_WHOLE = {"cannot": 3, "gonna": 3, "gotta": 3, "wanna": 3}
"""Words the treebanks write as two, and where they cut them."""


def tokenize(text: str) -> list[Span]:
    """Words of a text in order; every character that is not white space lies in exactly one of them.

    Args:
        text: any text, of any length; the time is linear in it.

    Returns:
        (start, end) pairs in code points.
    """
    spans: list[Span] = []
    for match in _TOKEN.finditer(text):
        start, end = match.span()
        cut = _cut(match[0]) if end - start < 64 else 0
        if cut:
            spans.append((start, start + cut))
            start += cut
        spans.append((start, end))
    return spans


def _cut(word: str) -> int:
    """Where a word splits in two ("did|n't", "Kazakhstan|'s", "can|not"), or 0."""
    if "'" in word or "’" in word:
        if word[0].isdigit():
            return 0 if word[-1] not in "sS" or word[-3] == "0" else _first(_OWN.fullmatch(word))
        return _first(_NOT.fullmatch(word) or _OWN.fullmatch(word) or _CLITIC.fullmatch(word))
    return _WHOLE.get(word.lower(), 0)


def _first(match: re.Match[str] | None) -> int:
    return len(match[1]) if match else 0
