"""Sums of money in an English sentence: amount, ISO 4217 currency, and the conversion that a report puts behind it."""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass
from functools import cache

from khronika.text.numerals import FIGURE, Numeral, find_numerals, value_of
from khronika.text.tables import any_of, rows, table

_T = table("currencies.toml")
_NOUNS: dict[str, list[str]] = _T["nouns"]
_DEFAULTS: dict[str, str] = _T["defaults"]
_SYMBOLS: dict[str, str] = _T["symbols"]
_COUNTRIES: dict[str, list[str]] = _T["countries"]
_CODES = {code for codes in _COUNTRIES.values() for code in codes}
_DOUBTFUL = frozenset(
    {"won", "real", "reals", "sol", "mark", "marks", "crown", "crowns", "kip", "colon", "pound", "rand", "buck"}
)
"""Nouns that are other words too ("the two won"): they count only from `_DOUBTFUL_FROM` on, or by a country's name."""
_DOUBTFUL_FROM = 100

_SIGN = re.compile(
    f"(?<![A-Za-z])(?:(?P<sign>{any_of(_SYMBOLS)})|(?P<code>{any_of(_CODES)}))\\s?(?P<n>(?:{FIGURE})(?:\\s?(?:k|m|mn|bn|tn)\\b|[\\s-]"
    "(?:thousand|lakh|million|crore|billion|trillion)\\b)?)",
    re.ASCII,
)
_BEHIND = re.compile(r"(?P<sign>[€£$₽₸₹₴₺₩₪])(?![0-9])")
_WORD = re.compile(r"\s{1,2}([^\W\d_][^\W\d_.'’-]*(?:[.'’-][^\W\d_]+)*\.?)|\s?(-)(?=[a-z])")
_ABOUT = r"(?:about|around|some|roughly|nearly|almost)"
_CONVERSION = re.compile(
    rf"\s?\((?P<inner>[^()]{{1,60}})\)|(?:,\sor(?:\s{_ABOUT})?|,?\sor\s{_ABOUT}|,\s{_ABOUT}|,?\s(?:equal|equivalent)\sto)\s"
)
"""What parts a sum from its conversion: "(about $270)", ", or $270,", " or about $270"; a bare "or" joins two sums."""


_CFA = {iso: code for iso, codes in _COUNTRIES.items() for code in codes if code in {"XOF", "XAF"}}


@dataclass(frozen=True, slots=True)
class MoneySpan:
    """A sum: code points [start, end) with its conversion, `amount` in units of `currency` (None: several
    countries use the noun and none is known), `detail` the conversion as written ("$340")."""

    start: int
    end: int
    amount: float
    currency: str | None
    detail: str | None = None


def find_money(text: str, country: str | None = None) -> list[MoneySpan]:
    """The sums of a sentence in order, none overlapping; "145,000 tenges ($340)" is one.

    `country`: ISO 3166-1 alpha-2 of the country the story is about; it settles "dollars", "pounds", "rupees", "francs".
    """
    sums = sorted([*_with_sign(text, country), *_with_noun(text, country)], key=lambda s: (s.start, -s.end))
    out: list[MoneySpan] = []
    for span in sums:
        if out and span.start < out[-1].end:
            continue
        if out and (joined := _conversion(text, out[-1], span)):
            out[-1] = joined
        else:
            out.append(span)
    return out


def _conversion(text: str, first: MoneySpan, second: MoneySpan) -> MoneySpan | None:
    """Both as one sum, where the second stands in brackets behind the first or after "or about"."""
    if first.detail or first.currency == second.currency:
        return None
    found = _CONVERSION.match(text, first.end)
    if found is None or not (found.start() < second.start <= found.end()):
        return None
    if inner := found["inner"]:
        return MoneySpan(first.start, found.end(), first.amount, first.currency, inner.strip())
    if found.end() != second.start:
        return None
    return MoneySpan(first.start, second.end, first.amount, first.currency, text[second.start : second.end])


def _with_sign(text: str, country: str | None) -> list[MoneySpan]:
    """ "$5,000", "€1.2m", "Rs 25,000", "USD 500"."""
    out = []
    for found in _SIGN.finditer(text):
        code = found["code"] or _SYMBOLS[found["sign"]]
        if found["sign"] in {"Rs", "Rs.", "Sh"}:
            code = _of_country({"Sh": "shilling"}.get(found["sign"], "rupee"), country) or code
        out.append(MoneySpan(found.start(), found.end(), value_of(found["n"]), code))
    return out


def _with_noun(text: str, country: str | None) -> list[MoneySpan]:
    """ "10,000 rubles", "500 Saudi riyals", "1 million won", "300 euro", "500 USD", "20€"."""
    out = []
    for numeral in find_numerals(text):
        if found := _BEHIND.match(text, numeral.end):
            out.append(MoneySpan(numeral.start, found.end(), numeral.value, _SYMBOLS[found["sign"]]))
        elif span := _noun_after(text, numeral, country):
            out.append(span)
    return out


def _noun_after(text: str, numeral: Numeral, country: str | None) -> MoneySpan | None:
    """The sum where one of the next four words is a currency's noun or code, with only a country's words between."""
    words: list[str] = []
    at = numeral.end
    for _ in range(4):
        found = _WORD.match(text, at)
        if found is None:
            return None
        at = found.end()
        if found[2]:
            continue
        word = found[1].rstrip(".") if found[1].count(".") == 1 else found[1]
        end = at - (len(found[1]) - len(word))
        if word in _CODES and not words:
            return MoneySpan(numeral.start, end, numeral.value, word)
        noun = _fold(word).removesuffix("’s").removesuffix("'s")
        if noun in _NOUNS and not word.isupper():
            owner = _country_of(words)
            if words and owner is None and words != ["cfa"]:
                return None
            if noun in _DOUBTFUL and not owner and numeral.value < _DOUBTFUL_FROM:
                return None
            code = _CFA.get(country or "", "XOF") if words == ["cfa"] else _currency(noun, owner, country)
            return MoneySpan(numeral.start, end, numeral.value, code)
        words.append(_fold(word))
    return None


def _currency(noun: str, owner: str | None, country: str | None) -> str | None:
    """Which of the noun's currencies is meant: the named country's, the only one, the story's, the usual one."""
    codes = _NOUNS[noun]
    named = _of_country(noun, owner)
    if named or len(codes) == 1:
        return named or codes[0]
    return _of_country(noun, country) or _DEFAULTS.get(noun)


def _of_country(noun: str, country: str | None) -> str | None:
    """The country's currency that bears this noun."""
    return next((code for code in _COUNTRIES.get(country or "", ()) if code in _NOUNS[noun]), None)


@cache
def _owners() -> dict[str, str]:
    """Country names and adjectives, folded, to ISO codes."""
    out: dict[str, str] = {}
    for iso, _, name, others, demonyms, _ in rows("places/countries.tsv"):
        for form in [name, *others.split("|"), *demonyms.split("|")]:
            out.setdefault(_fold(form), iso)
    return out


def _country_of(words: list[str]) -> str | None:
    """The country that the words between figure and noun name ("hong kong", "kazakh", "us"), or None."""
    return _owners().get(" ".join(words)) if words else None


def _fold(word: str) -> str:
    """Lower case without diacritics and dots."""
    plain = "".join(c for c in unicodedata.normalize("NFD", word.lower()) if not unicodedata.combining(c))
    return plain.replace(".", "")
