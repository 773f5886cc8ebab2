"""Who is named in a story: every written form under the fullest one, with what the story says of them.

For stories as they are written: "Kenzhe Omarov, a 44-year-old blogger" first, then "Omarov", "the blogger", "he".
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass, field

from khronika.read.parse import Name, Parse
from khronika.read.words import people_words
from khronika.text.fold import fold
from khronika.text.genders import TITLES, gender_of
from khronika.text.names import is_short_form, may_be_one, same_spelling

HE = frozenset({"he", "him", "his", "himself"})
SHE = frozenset({"she", "her", "hers", "herself"})
ACRONYM = re.compile(r"\s*\(\s*[“\"'‘]?([A-Z][A-Za-z./&-]{1,11})[”\"'’]?\s*\)")
AGE = re.compile(r"^\s*,\s*(\d{1,2})\s*,|^\s*\((\d{1,2})\)")
LETTERS = 7
"""Letters of the longest name made of initials."""
SAME_NAME = 0.93
"""Two full names of one story this alike are one person misspelled; below it they stay two (two brothers)."""


@dataclass(slots=True, eq=False)
class Character:
    """Someone or something named in the story. `name`: the fullest form; `roles`: nouns that the story gives them."""

    name: str
    label: str
    forms: list[str] = field(default_factory=list)
    gender: str = ""
    roles: set[str] = field(default_factory=set)
    hints: list[str] = field(default_factory=list)
    mentions: int = 0
    first: int = 0

    def add(self, form: str) -> None:
        """Count one more mention under `form`; a fuller form becomes the name."""
        self.mentions += 1
        if form not in self.forms:
            self.forms.append(form)
        if len(form.split()) > len(self.name.split()) and (self.label == "PERSON" or _initials(self.name, form)):
            self.name = form


class Cast:
    """All named characters of one parse.

    `at(i)` gives the character whose name covers token `i`; `people` are in order of first mention.
    """

    def __init__(self, parse: Parse) -> None:
        self.parse = parse
        self.people: list[Character] = []
        self.groups: list[Character] = []
        self.places: list[Character] = []
        self._at: dict[int, Character] = {}
        self._starts: dict[int, tuple[Name, Character]] = {}
        self.ties: dict[tuple[int, str], Character] = {}
        spans = [(n, text) for n in parse.names if (text := clean_name(self._text(n))) and not self._adjective(n)]
        for name, text in sorted(spans, key=lambda s: -len(s[1].split()) if s[0].label == "PERSON" else 0):
            self._place(name, text)
        for who in (self.people, self.groups, self.places):
            who.sort(key=lambda c: c.first)
        self._describe()

    def _adjective(self, name: Name) -> bool:
        """ "a Ruritanian editor": a people's adjective, which is nobody's name."""
        if name.label != "PERSON" or name.last - name.first > 1 or name.last >= len(self.parse.tokens):
            return False
        token, after = self.parse.tokens[name.first], self.parse.tokens[name.last]
        described = after.text.islower() and people_words().is_human(after.lemma)
        return token.pos == "ADJ" or (described and token.text.endswith(("ian", "ese", "ish")))

    def _text(self, name: Name) -> str:
        tokens = self.parse.tokens
        return self.parse.text[tokens[name.first].start : tokens[name.last - 1].end]

    def _place(self, name: Name, text: str) -> None:
        """File one mention under the character it belongs to, or a new one."""
        pool = {"PERSON": self.people, "ORG": self.groups}.get(name.label, self.places)
        character = self._known(pool, text, name)
        if character is None:
            character = Character(text, name.label, first=name.first)
            pool.append(character)
        character.first = min(character.first, name.first)
        character.add(text)
        for i in range(name.first, name.last):
            self._at[i] = character
        self._starts[name.first] = (name, character)
        if name.label != "PERSON":
            self._alias(name, character)

    def _known(self, pool: list[Character], text: str, name: Name) -> Character | None:
        """The character of `pool` that `text` is a form of; where several bear a surname, the one most spoken of."""
        folded = fold(text)
        for c in pool:
            if folded == fold(c.name) or any(folded == fold(f) for f in c.forms):
                return c
        if name.label == "LOC":
            return None
        if name.label != "PERSON":
            return next((c for c in pool if _initials(text, c.name) or _initials(c.name, text)), None)
        words = text.split()
        if len(words) == 1:
            fits = [
                c for c in pool if len(c.name.split()) > 1 and (is_short_form(text, c.name) or _given(text, c.name))
            ]
            title = self.parse.tokens[name.first - 1].text.rstrip(".").lower() if name.first else ""
            fits = [c for c in fits if c.gender in {"", TITLES.get(title, c.gender)}] or fits
            return min(fits, key=lambda c: (-self._full(c), c.first)) if fits else None
        for c in pool:
            if len(c.name.split()) == 1 or not may_be_one(text, c.name):
                continue
            if is_short_form(text, c.name) or same_spelling(text, c.name) >= SAME_NAME:
                return c
        return None

    def _full(self, character: Character) -> int:
        """How often the story gives the full name: a bare surname is the main bearer's, kin are named in full once."""
        return min(character.mentions, 3)

    def _alias(self, name: Name, character: Character) -> None:
        """ "Democratic Front of Ruritania (DFR)": the letters in brackets are the same body."""
        end = self.parse.tokens[name.last - 1].end
        found = ACRONYM.match(self.parse.text, end)
        if found and any(c.isupper() for c in found.group(1)[1:]) and found.group(1) not in character.forms:
            character.forms.append(found.group(1))
            for other in [c for c in self.groups if c is not character and c.name == found.group(1)]:
                self.groups.remove(other)
                character.mentions += other.mentions
                for i, who in self._at.items():
                    if who is other:
                        self._at[i] = character

    def _describe(self) -> None:
        """Give each person the nouns that stand beside the name ("activist X", "X, 44, a lawyer"), gender and age."""
        words = people_words()
        for name, character in self._starts.values():
            if character.label != "PERSON":
                continue
            title = self.parse.tokens[name.first - 1].text.rstrip(".").lower() if name.first else ""
            character.gender = character.gender or TITLES.get(title, "") or gender_of(character.name)
            for noun in self._beside(name):
                character.roles.add(noun)
                character.gender = character.gender or words.gender(noun)
                if noun not in character.hints and noun not in words.relations:
                    character.hints.append(noun)
            end = self.parse.tokens[name.last - 1].end
            if age := AGE.match(self.parse.text, end):
                years = age.group(1) or age.group(2)
                if years not in character.hints:
                    character.hints.append(years)

    def _beside(self, name: Name) -> Iterable[str]:
        """Human nouns directly before the name, or right after it between commas."""
        tokens, words = self.parse.tokens, people_words()
        i = name.first - 1
        while i >= max(0, name.first - 6) and (
            tokens[i].pos in {"NOUN", "ADJ", "PROPN", "NUM"} or tokens[i].text in {"-", ","}
        ):
            if tokens[i].text == "," and not (i and words.is_human(tokens[i - 1].lemma)):
                break
            if words.is_human(tokens[i].lemma) and tokens[i].pos != "ADJ":
                yield tokens[i].lemma
            i -= 1
        after = tokens[name.last : name.last + 12]
        if len(after) > 2 and after[0].text == ",":
            rest = after[1:]
            if rest[0].text.isdigit() and len(rest) > 2:
                rest = rest[2:]
            own = bool(rest) and rest[0].text.lower() not in {"his", "her", "their"}
            if own and (rest[0].pos in {"DET", "PRON", "PROPN", "ADJ", "NOUN"}):
                for token in rest:
                    if token.text in {",", ".", ";", "—", "--"} or token.pos in {"VERB", "AUX", "ADP", "SCONJ"}:
                        break
                    if token.pos == "NOUN" and words.is_human(token.lemma):
                        yield token.lemma

    def at(self, i: int) -> Character | None:
        """The character whose name covers token `i`."""
        return self._at.get(i)

    def person_at(self, i: int) -> Character | None:
        """The person whose name covers token `i`."""
        found = self._at.get(i)
        return found if found is not None and found.label == "PERSON" else None

    def tie(self, a: Character, kind: str, b: Character) -> None:
        """Keep that `a` is `kind` of `b`, so that "her husband" can be resolved."""
        self.ties.setdefault((id(b), kind), a)
        if kind in {"spouse", "sibling", "relative"}:
            self.ties.setdefault((id(a), kind), b)
        elif kind in {"parent", "child"}:
            self.ties.setdefault((id(a), "child" if kind == "parent" else "parent"), b)

    def tied(self, b: Character, kind: str) -> Character | None:
        """Who is `kind` of `b`, if the story says."""
        return self.ties.get((id(b), kind))


def _given(word: str, name: str) -> bool:
    """Whether `word` is the first word of the name: inside a story people are called by it too ("Aset's lawyer")."""
    return fold(word) == fold(name.split()[0])


def _initials(short: str, full: str) -> bool:
    """Whether `short` is made of the first letters of the name, or of its end: "UN" of "United Nations", "OHCHR" of
    "United Nations Office of the High Commissioner for Human Rights"."""
    letters = short.replace(".", "")
    if not 2 <= len(letters) <= LETTERS or not letters.isupper() or not letters.isalpha():
        return False
    words = [w for w in full.replace("-", " ").split() if w[:1].isupper()]
    initials = "".join(w[0] for w in words)
    return initials == letters or (len(letters) > 2 and initials.endswith(letters))


def clean_name(text: str) -> str:
    """A name without what news puts around it: possessive, quotes, brackets, "the"."""
    text = " ".join(text.split()).strip(" ,.;:“”\"'‘’()[]")
    text = re.sub(r"(?:'s|’s|s'|s’(?=$))$", lambda m: "" if m.group().startswith(("'", "’")) else m.group()[:1], text)
    return re.sub(r"^(?:the|The)\s+", "", text)
