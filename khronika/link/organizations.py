"""Organizations across documents: the same name, "the"-less and case-less, an abbreviation, a translation in brackets,
a stated alias.

A name made of common words only ("Interior Ministry", "district court") is another body in another country, so it is
one organization only among documents set in the same country or place.
"""

from __future__ import annotations

import hashlib
import json
import re
import tomllib
from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from functools import cache, lru_cache
from importlib.resources import files

from khronika.errors import LexiconError
from khronika.facts.claims import Claim, Mention, Relation
from khronika.facts.documents import Document
from khronika.facts.events import Link, Person
from khronika.text.fold import fold

_POSSESSIVE = re.compile(r"['’]s\b")
_BRACKETED = re.compile(r"\s*\(([^()]{2,80})\)\s*$")
SMALL = frozenset({"of", "the", "for", "and", "in", "on", "to", "de", "la", "a", "an"})
"""Words of a name that give its abbreviation no letter, or do: both are tried."""


@dataclass(frozen=True, slots=True)
class OrganizationWords:
    """`common`: words that name no single body; `same_word`: folded spelling → the one compared; `same_body`: folded
    name → that of the body it always stands for."""

    common: frozenset[str]
    same_word: dict[str, str]
    same_body: dict[str, str]


def load_words(text: str) -> OrganizationWords:
    """The tables from the TOML `text`. Raises LexiconError when a part is missing."""
    try:
        data = tomllib.loads(text)
        bodies = {fold(name): fold(body) for body, names in data["same_body"].items() for name in names}
        return OrganizationWords(frozenset(data["common"]), dict(data["same_word"]), bodies)
    except (tomllib.TOMLDecodeError, KeyError, TypeError, ValueError, AttributeError) as error:
        raise LexiconError("organizations.toml", str(error)) from error


@cache
def words() -> OrganizationWords:
    """The packaged tables, read once."""
    return load_words((files("khronika") / "resources" / "organizations.toml").read_text(encoding="utf-8"))


def organization_key(name: str) -> str:
    """The name for comparing: folded, without "the" and possessives, one spelling per word."""
    same = words().same_word
    plain = fold(_POSSESSIVE.sub("", _BRACKETED.sub("", name)))
    plain = words().same_body.get(plain, plain)
    kept = [same.get(w, w) for w in plain.split() if w != "the"]
    return " ".join(kept) or fold(name)


def is_common(name: str) -> bool:
    """Whether the name is made of words that many bodies share."""
    return all(word in words().common for word in organization_key(name).split())


def home_of(documents: Iterable[Document], claims: Iterable[Claim]) -> dict[str, str]:
    """Document id → the country or place that most of its claims are set in (folded), else its dateline's last part;
    the document's own id where nothing says."""
    counts: dict[str, Counter[str]] = defaultdict(Counter)
    for claim in claims:
        if claim.place:
            counts[claim.document][fold(claim.place[-1])] += 1
    homes = {}
    for document in documents:
        if counts[document.id]:
            homes[document.id] = min(counts[document.id].items(), key=lambda kv: (-kv[1], kv[0]))[0]
        elif document.dateline:
            homes[document.id] = fold(re.split(r"[,\[(]", document.dateline)[-1]) or document.id
    return homes


@dataclass(frozen=True, slots=True)
class Words:
    """How a document names an organization, as far as linking asks: documents that name it alike have equal ones.

    `home`: where the stories are set, "" where that says nothing of who is meant: a name of one's own is the same body
    anywhere. `aliases`: other names that the document says are the same; `hints` as of a mention.
    """

    name: str
    forms: tuple[str, ...]
    aliases: tuple[str, ...] = ()
    home: str = ""
    hints: tuple[str, ...] = ()

    @property
    def id(self) -> str:
        """An id from all of it."""
        return "w" + hashlib.sha256(self.to_text().encode()).hexdigest()[:16]

    def to_text(self) -> str:
        """As JSON: equal ones give equal bytes."""
        return json.dumps([self.name, self.forms, self.aliases, self.home, self.hints], ensure_ascii=False)

    @classmethod
    def from_text(cls, text: str) -> Words:
        """The inverse of `to_text`."""
        name, forms, aliases, home, hints = json.loads(text)
        return cls(name, tuple(forms), tuple(aliases), home, tuple(hints))


@dataclass(frozen=True, slots=True)
class Use:
    """How many mentions are worded so, and the smallest id of their documents."""

    number: int
    first: str

    def and_in(self, document: str) -> Use:
        """One mention more, in the document."""
        return Use(self.number + 1, min(self.first, document))


def words_of(
    mentions: Iterable[Mention], relations: Iterable[Relation], homes: Mapping[str, str]
) -> dict[Mention, Words]:
    """How each mention is worded; a function of its document alone.

    Parameters: `mentions` with label "organization", all of each document; `relations`: `alias_of` ties two names of
    one document; `homes` from `home_of`.
    """
    aliases = _aliases(relations)
    here: dict[str, list[Mention]] = defaultdict(list)
    for mention in mentions:
        here[mention.document].append(mention)
    found = {}
    for document, ones in here.items():
        home = homes.get(document, document)
        for mention in ones:
            also = aliases.get((document, fold(mention.name)), ())
            worded = Words(mention.name, mention.forms, also, home, mention.hints)
            others = None if document in homes else [m.name for m in ones]
            found[mention] = worded if _home_matters(worded, others) else replace(worded, home="")
    return found


def _home_matters(worded: Words, others: Iterable[str] | None) -> bool:
    """Whether who is meant depends on where the story is set. `others`: the names of the story where nothing says where
    it is set, so that none but these can be told of the same home."""
    if any(key.endswith(f" @{worded.home}") for key in _keys(worded)):
        return True
    letters = _all_letters(worded.name)
    if others is None or not letters:
        return bool(letters)
    short = _is_abbreviation(worded.name)
    return any(_is_abbreviation(name) != short and letters & _all_letters(name) for name in others)


def keys_of(worded: Words) -> frozenset[str]:
    """The keys of a wording: two share one, directly or through others, wherever linking them may depend on both."""
    known = {*_keys(worded)}
    bracketed = _BRACKETED.search(worded.name)
    shorts = [*worded.forms, *([bracketed.group(1)] if bracketed else [])]
    known |= {f"{organization_key(s)} =short" for s in shorts if _is_abbreviation(s)}
    letters = _all_letters(worded.name) if worded.home else ()
    return frozenset(known | {f"{of_it} ~{worded.home}" for of_it in letters})


def _all_letters(name: str) -> frozenset[str]:
    """An abbreviation's letters, or those that a full name may be abbreviated to."""
    return frozenset({_letters(name)}) if _is_abbreviation(name) else initials(name)


def link_wordings(wordings: Iterable[Words]) -> dict[Words, str]:
    """Each wording's organization, by id; independent of order.

    The id comes of the smallest key under which the organization is known, not of a story: so it stays whatever stories
    come, unless one says that two names are one body's.
    """
    ordered = sorted(wordings, key=Words.to_text)
    expansions = _expansions(ordered)
    fitting = _by_initials(ordered)
    scoped = []
    for worded in ordered:
        keys, place = _keys(worded), (_letters(worded.name), worded.home)
        if worded.home and _is_abbreviation(worded.name) and place in fitting and keys.isdisjoint(expansions):
            keys = frozenset({fitting[place]})
        scoped.append(keys | {expansions[k] for k in keys if k in expansions})
    above: dict[str, str] = {}
    for keys in scoped:
        first, *rest = sorted({_root(k, above) for k in keys})
        above.update(dict.fromkeys(rest, first))  # the smallest is the root
    return {w: _id(_root(min(keys), above)) for w, keys in zip(ordered, scoped, strict=True)}


def _id(key: str) -> str:
    """An organization's id, from its smallest key."""
    return "o" + hashlib.sha256(key.encode()).hexdigest()[:16]


def organization(id: str, used: Mapping[Words, Use]) -> tuple[Person, list[Link]]:
    """The organization of all these wordings, named by its longest name that most documents use, without its documents;
    and each of its names tied to the one in the first document."""
    uses: Counter[str] = Counter()
    for worded, use in used.items():
        uses[worded.name] += use.number
    name = min(uses, key=lambda n: (_is_abbreviation(n), -uses[n], -len(n), n))
    forms = {form for worded in used for form in (worded.name, *worded.forms)}
    hints = tuple(sorted({hint for worded in used for hint in worded.hints}))
    body = Person(
        id=id, name=name, forms=(name, *sorted(forms - {name})), documents=(), kind="organization", hints=hints
    )
    firsts: dict[str, str] = {}
    for worded, use in used.items():
        firsts[worded.name] = min(use.first, firsts.get(worded.name, use.first))
    document, first = min((document, name) for name, document in firsts.items())
    links = [
        Link(f"{document}/{first}", f"{d}/{n}", 0.95, "one organization's names", (first, n), "organization")
        for n, d in sorted(firsts.items()) if n != first
    ]  # fmt: skip
    return body, links


def _aliases(relations: Iterable[Relation]) -> dict[tuple[str, str], tuple[str, ...]]:
    """(document, folded name) → other names that the text says are the same."""
    found: dict[tuple[str, str], set[str]] = defaultdict(set)
    for relation in relations:
        if relation.kind == "alias_of":
            found[relation.document, fold(relation.a)].add(relation.b)
            found[relation.document, fold(relation.b)].add(relation.a)
    return {key: tuple(sorted(names)) for key, names in found.items()}


@lru_cache(maxsize=65_536)
def _keys(worded: Words) -> frozenset[str]:
    """The keys under which the wording is known: its full forms; common names carry the story's home."""
    names = [worded.name, *(f for f in worded.forms if not is_common(f)), *worded.aliases]
    names += filter(None, map(translation, names))
    keys = set()
    for name in names:
        key = organization_key(name)
        if is_common(name):
            key = f"{key} @{worded.home}"
        elif _is_abbreviation(name) and fold(name) not in words().same_body:
            key = f"{key} =short"
        keys.add(key)
    if not _is_abbreviation(worded.name):
        keys = {k for k in keys if not k.endswith(" =short")}
    return frozenset(keys)


def translation(name: str) -> str:
    """The name in another language that stands in brackets behind a name ("Qyzyl Tan (Red Dawn)"), or "": words that
    many bodies share, and a single word (a country, "opposition"), are no name."""
    found = _BRACKETED.search(name)
    inside = found.group(1) if found else ""
    return "" if len(inside.split()) < 2 or is_common(inside) or _is_abbreviation(inside) else inside


def initials(name: str) -> frozenset[str]:
    """The abbreviations that a full name of three words or more may have: its initials, with and without those of small
    words."""
    plain = fold(_BRACKETED.sub("", name)).split()
    if len(plain) < 3:
        return frozenset()
    return frozenset({"".join(w[0] for w in plain), "".join(w[0] for w in plain if w not in SMALL)})


def _by_initials(wordings: Iterable[Words]) -> dict[tuple[str, str], str]:
    """(Letters, home) → the key of the one full name with these initials that stories of that home have."""
    full: dict[tuple[str, str], set[str]] = defaultdict(set)
    for worded in wordings:
        if worded.home and not _is_abbreviation(worded.name) and not is_common(worded.name):
            for letters in initials(worded.name):
                full[letters, worded.home].add(organization_key(worded.name))
    return {key: next(iter(names)) for key, names in full.items() if len(names) == 1}


def _is_abbreviation(name: str) -> bool:
    """Whether the name is letters only, in capitals ("OSCE")."""
    letters = name.strip().replace(".", "")
    return 2 <= len(letters) <= 8 and letters.isupper() and " " not in letters


def _letters(name: str) -> str:
    """An abbreviation without its dots and strokes, folded."""
    return fold(name).replace(" ", "")


def _expansions(wordings: Iterable[Words]) -> dict[str, str]:
    """Abbreviation's key → the key of the one full name that it stands for wherever a document gives both."""
    full: dict[str, set[str]] = defaultdict(set)
    for worded in wordings:
        if _is_abbreviation(worded.name):
            continue
        bracketed = _BRACKETED.search(worded.name)
        shorts = [*worded.forms, *([bracketed.group(1)] if bracketed else [])]
        for short in shorts:
            if _is_abbreviation(short):
                full[f"{organization_key(short)} =short"].add(organization_key(worded.name))
    return {short: next(iter(names)) for short, names in full.items() if len(names) == 1}


def _root(key: str, above: dict[str, str]) -> str:
    """The representative of the key's cluster."""
    while key in above:
        key = above[key]
    return key
