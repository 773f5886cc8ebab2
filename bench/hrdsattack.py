"""`python -m bench.hrdsattack [--errors N]`: the reader against HRDsAttack, articles on attacks on rights defenders.

Reads the set's train and dev articles with khronika's capture and reader, puts the claims into the set's attributes
(`bench/violations.py`) and scores them as its authors do, and besides so that "not stated" can be right. A third of the
articles is set apart: its scores are shown, its articles and errors never. In the same run: the publication date as an
answer, and counting words (`plain`). Exit code 1 where the third set apart is below a bar.
"""

from __future__ import annotations

import argparse
import html
import json
import re
import sys
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from typing import Any

from bench.heldout import MONTHS, SHARED, Score, Tally, is_apart, share, table
from bench.violations import Attributes, attributes
from khronika.capture.manifest import ManifestRow
from khronika.capture.stories import split
from khronika.errors import CaptureError
from khronika.facts.claims import Reading
from khronika.facts.documents import Capture, Document
from khronika.read.gazetteer import Gazetteer
from khronika.read.reader import FrameReader, load_reader
from khronika.settings import Settings
from khronika.text.placenames import fold_place

SET = SHARED / "hrdsattack"
FILES = ("train.json", "dev.json")
NOT_STATED = frozenset(("", "none", "n/a", "n//a", "unknown"))
KEYWORDS = {
    "arbitrary detention": r"\b(?:arrest|detain|detention|jail|imprison|prison|custody|behind bars)",
    "kidnapping": r"\b(?:kidnap|abduct|hostage|ransom)",
    "enforced disappearance": r"\b(?:disappear|missing)",
    "killing": r"\b(?:kill|murder|shot dead|assassinat|execut|behead|death)",
    "torture": r"\b(?:tortur|beat|electric shock|rape)",
    "other": r"\b(?:threat|harass|intimidat|attack|assault|raid|fine[ds]?\b|injur|tear gas)",
}
"""The plain rival's words: any of them anywhere in the article is an answer."""


@dataclass(frozen=True, slots=True)
class Article:
    """One annotated article: where it is split by `is_apart(body)`."""

    title: str
    published: str
    body: str
    gold: Attributes


def load(folder: Path) -> list[Article]:
    """The annotated articles of the folder's files."""
    rows = [row for name in FILES for row in json.loads((folder / name).read_text("utf-8"))]
    return [article_of(row) for row in rows]


def article_of(row: dict[str, Any]) -> Article:
    """One row of the set's JSON."""
    page = row["sample"]
    gold = wanted(row["annotations"][0]["annotation"])
    return Article(
        page["Input.title"] or "", page["Input.publish_date"][:10], page["Input.article_interface"] or "", gold
    )


def wanted(given: dict[str, Any]) -> Attributes:
    """The annotator's answer, its spellings of months, numbers and "not stated" made one."""
    stated: Callable[[str], str | None] = lambda key: _stated(given.get(key))  # noqa: E731
    types = frozenset(given.get("violation_types") or ())
    return Attributes(
        victims=frozenset(v["victim_name"] for v in given["victims"] if v["victim_name"]),
        violations=types - {"unknown"} or types,
        perpetrator=bool(given.get("perpetrator_mention")),
        perpetrator_type=given.get("perpetrator_type"),
        country=stated("country"),
        region=stated("region"),
        city=stated("city"),
        year=_number(stated("year")),
        month=month_of(stated("month")),
        day=_number(stated("date")),
    )


def _stated(value: str | None) -> str | None:
    return value if value and value.strip().lower() not in NOT_STATED else None


def _number(value: str | None) -> int | None:
    """ "2019.0" → 2019; None for what is no number."""
    found = re.fullmatch(r"\s*(\d{1,4})(?:\.0)?\s*", value or "")
    return int(found[1]) if found else None


def month_of(value: str | None) -> int | None:
    """ "04", "4.0", "April" and a slip of the pen like "Ocober" → the month's number."""
    if (number := _number(value)) is not None:
        return number if 1 <= number <= 12 else None
    name = (value or "").strip().lower()
    near = [
        n for n, month in enumerate(map(str.lower, MONTHS), 1) if name and (month == name or _one_slip(name, month))
    ]
    return near[0] if len(near) == 1 else None


def _one_slip(a: str, b: str) -> bool:
    """Whether two words of five letters or more differ by one letter too many or too few."""
    short, long = sorted((a, b), key=len)
    return len(short) >= 5 and any(long[:i] + long[i + 1 :] == short for i in range(len(long)))


def documents(article: Article, settings: Settings) -> tuple[Document, ...]:
    """The article as khronika captures a page: title and paragraphs, with the day of publication."""
    page = f"<html lang=en><title>{html.escape(article.title)}</title><article><h1>{html.escape(article.title)}</h1>"
    content = f"{page}{article.body}</article></html>".encode("utf-8", "replace")
    capture = Capture(source="article.html", sha256="0" * 64, content=content, media_type="text/html")
    row = ManifestRow(source="article.html", published=article.published, language="en")
    try:
        return split(capture, row, settings)
    except CaptureError:
        return ()


def read(article: Article, reader: FrameReader, settings: Settings) -> list[tuple[Document, Reading]]:
    """The article's stories and what was read in them."""
    return [(d, reader.read(d)) for d in documents(article, settings)]


def plain(article: Article, stories: Sequence[tuple[Document, Reading]], atlas: Gazetteer) -> Attributes:
    """What counting does: keywords, everyone named, the places named most, the day of publication."""
    text = f"{article.title} {article.body}"
    named = Counter(re.findall(r"[A-Z][\w’'-]+(?: [A-Z][\w’'-]+)*", text))
    places = [(n, found) for n, _ in named.most_common() if (found := atlas.find(n))]
    codes = Counter({n: k for n, k in named.items() if atlas.country_of(n)})
    return Attributes(
        victims=frozenset(m.name for _, r in stories for m in r.mentions if m.label == "person"),
        violations=frozenset(v for v, words in KEYWORDS.items() if re.search(words, text, re.I)),
        perpetrator=True,
        perpetrator_type="state actor",
        country=codes.most_common(1)[0][0] if codes else None,
        city=next((n for n, p in places if p.geonames and not atlas.country_of(n)), None),
        year=int(article.published[:4]),
        month=int(article.published[5:7]),
        day=int(article.published[8:10]),
    )


Pair = tuple[Attributes, Attributes]
"""What was read, and what is wanted."""


def apart_names(names: Iterable[str]) -> frozenset[str]:
    """The names without those that are part of another, as the set's scorer drops them."""
    kept = {*names}
    return frozenset(n for n in kept if not any(n != other and n in other for other in kept))


def same_country(a: str | None, b: str | None, atlas: Gazetteer) -> bool:
    """Whether both name one country ("Burma", "Myanmar"); by their letters where the gazetteer knows neither."""
    if a is None or b is None:
        return False
    codes = atlas.country_of(a), atlas.country_of(b)
    return codes[0] == codes[1] if codes[0] and codes[1] else fold_place(a) == fold_place(b)


def same_place(a: str | None, b: str | None) -> bool:
    """Whether both are stated and one name, case and marks aside."""
    return a is not None and b is not None and fold_place(a) == fold_place(b)


def names_tally(pairs: Iterable[Pair]) -> Tally:
    """Victims' names, letter by letter."""
    tally = Tally()
    for got, gold in pairs:
        tally.add(apart_names(got.victims), gold.victims)
    return tally


def types_tally(pairs: Iterable[Pair]) -> Tally:
    """Violation types."""
    tally = Tally()
    for got, gold in pairs:
        tally.add(got.violations, gold.violations)
    return tally


def perpetrators_tally(pairs: Iterable[Pair]) -> Tally:
    """Whether a perpetrator is mentioned at all."""
    tally = Tally()
    for got, gold in pairs:
        yes = frozenset(("yes",))
        tally.add(yes if got.perpetrator else frozenset(), yes if gold.perpetrator else frozenset())
    return tally


def _right(pairs: Sequence[Pair], field: str, same: Callable[[Any, Any], bool]) -> tuple[float, float, float]:
    """Right among all articles (theirs: "not stated" never counts), with "not stated" right too, of those stated."""
    held = [(getattr(got, field), getattr(gold, field)) for got, gold in pairs]
    theirs = share(same(a, b) for a, b in held)
    aware = share(same(a, b) if b is not None else a is None for a, b in held)
    return theirs, aware, share(same(a, b) for a, b in held if b is not None)


def _equal(a: object, b: object) -> bool:
    return a is not None and a == b


def whole_date(pairs: Iterable[Pair]) -> float:
    """Year, month and day all right, of the articles that state all three."""
    dates = [((a.year, a.month, a.day), (b.year, b.month, b.day)) for a, b in pairs]
    return share(a == b for a, b in dates if None not in b)


def scores(pairs: Sequence[Pair], atlas: Gazetteer) -> dict[str, float]:
    """All figures of one column by name."""
    names, types, perpetrators = names_tally(pairs), types_tally(pairs), perpetrators_tally(pairs)
    out = {
        "victim names, precision": names.precision,
        "victim names, recall": names.recall,
        "victim names, F1": names.f1,
        "violation types, precision": types.precision,
        "violation types, recall": types.recall,
        "violation types, F1": types.f1,
    }
    places: tuple[tuple[str, Callable[[Any, Any], bool]], ...] = (
        ("country", partial(same_country, atlas=atlas)),
        ("region", same_place),
        ("city", same_place),
        ("year", _equal),
        ("month", _equal),
        ("day", _equal),
    )
    for field, same in places:
        out[field], out[f"{field}, or rightly none"], out[f"{field}, of those stated"] = _right(pairs, field, same)
    out["full date, of those stated"] = whole_date(pairs)
    out["perpetrator mentioned, F1"] = perpetrators.f1
    out["perpetrator's type"] = share(_equal(a.perpetrator_type, b.perpetrator_type) for a, b in pairs)
    return out


BARS = {
    "victim names, F1": 0.60,
    "violation types, F1": 0.74,
    "country": 0.75,
    "city, of those stated": 0.40,
    "full date, of those stated": 0.30,
}


def errors(article: Article, got: Attributes, atlas: Gazetteer) -> Iterator[str]:
    """What differs in one article of the visible part."""
    gold = article.gold
    if apart_names(got.victims) != gold.victims:
        yield f"  victims  missed {sorted(gold.victims - got.victims)}  made {sorted(got.victims - gold.victims)}"
    if got.violations != gold.violations:
        missed, made = gold.violations - got.violations, got.violations - gold.violations
        yield f"  types    missed {sorted(missed)}  made {sorted(made)}"
    if gold.country and not same_country(got.country, gold.country, atlas):
        yield f"  country  {got.country} for {gold.country}"
    for field in ("city", "region"):
        a, b = getattr(got, field), getattr(gold, field)
        if b and not same_place(a, b):
            yield f"  {field:<8} {a} for {b}"
    dates = (got.year, got.month, got.day), (gold.year, gold.month, gold.day)
    if any(b and a != b for a, b in zip(*dates, strict=True)):
        yield f"  date     {dates[0]} for {dates[1]}"


def report(shown: int = 0) -> tuple[list[str], bool]:
    """The table's lines, and whether a bar is broken; with `shown` the errors of so many visible articles."""
    if not SET.is_dir():
        return ["HRDsAttack: skipped, ../shared/data/hrdsattack is not there"], False
    settings, atlas = Settings(), Gazetteer.load()
    reader = load_reader(settings)
    visible: list[Pair] = []
    apart: list[Pair] = []
    counted: list[Pair] = []
    lines: list[str] = []
    for article in load(SET):
        stories = read(article, reader, settings)
        got = attributes(stories, atlas)
        hidden = is_apart(article.body)
        (apart if hidden else visible).append((got, article.gold))
        counted.append((plain(article, stories, atlas), article.gold))
        if not hidden and shown and (found := [*errors(article, got, atlas)]):
            shown -= 1
            lines += [article.title or "(no title)", *found]
    columns = [scores(part, atlas) for part in (visible, apart, counted)]
    rows = [Score(name, tuple(c[name] for c in columns), BARS.get(name)) for name in columns[0]]
    shares = f"visible: {len(visible)} articles, set apart: {len(apart)}, plain: counting words in all of them"
    shown_table, broken = table("HRDsAttack", ("visible", "apart", "plain"), rows, judged=1)
    return [*lines, *shown_table, shares], broken


def main() -> int:
    """Prints the report."""
    options = argparse.ArgumentParser(description=__doc__)
    options.add_argument("--errors", type=int, default=0, metavar="N", help="show what is wrong in N visible articles")
    chosen = options.parse_args()
    lines, broken = report(chosen.errors)
    print("\n".join(lines))
    return int(broken)


if __name__ == "__main__":
    sys.exit(main())
