"""What makes the world hard, as explicit parameters.

Each default is a judgement, made from reading the news of some twenty countries and the lists that monitors keep, not a
measurement; docs/linking.md says so too. None was chosen by looking at what the linker gets right.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

FIRST, LAST = date(2014, 1, 1), date(2021, 12, 31)
"""The period in which everything happens. More stories mean more people and towns, not more years."""


@dataclass(frozen=True, slots=True)
class Knobs:
    """Shares are of 1, each drawn independently."""

    homonyms: float = 0.03
    """People who bear the whole name of another person in the record. Monitors' lists of some thousand prisoners hold
    a few per cent of such pairs; in Chinese and Uyghur lists more."""
    twins: float = 0.015
    """People alike to another but for the patronymic, second family name, father's name or initial."""
    families: float = 0.2
    """Circles of two or more who are kin: one family name, other given names; relatives are arrested and speak up."""
    juniors: float = 0.05
    """Of fathers and sons in English and Spanish names: one name, "Jr." for the son."""
    middle_told: float = 0.12
    """Stories that give the patronymic or what stands for it; outlets of the "passport" scheme do so half of the
    time."""
    own_spelling: float = 0.6
    """People whose name an outlet writes by its own scheme; of the others it writes it as the first report did."""
    typos: float = 0.008
    """Names misspelled in a story."""
    short_only: float = 0.02
    """People of whom a story gives the family name alone."""
    age_told: float = 0.3
    age_wrong: float = 0.03
    """Of the ages told: off by one or two years."""
    role_told: float = 0.35
    """Stories that say what a person is ("blogger"); a person has one or two such words."""

    unreported: float = 0.12
    """Events of which no outlet tells when they happen; half of these come up later as background."""
    unreported_release: float = 0.3
    """The same for releases, which make less news."""
    late: float = 0.07
    """Reports that come 8 to 200 days after the event."""
    date_told: float = 0.72
    """Of an event that is the news: its day is told. Else absent ("has been sentenced")."""
    date_vague: float = 0.06
    """Of these: only the month."""
    old_day: float = 0.4
    old_vague: float = 0.3
    """Of an event told as background: its day; its month or year; else no date (a release or death: at least the year,
    since without it the sentence reads as news)."""
    date_wrong: float = 0.04
    """Of dates told by own reporting: wrong, by one to nine days."""
    term_wrong: float = 0.03
    """Of terms told by own reporting: wrong."""
    corrected: float = 0.4
    """Of wrong reports: put right later by the same outlet."""
    place_told: float = 0.9
    rally_told: float = 0.93
    """Of rallies as news, both of day and of place: without them there is hardly a story."""
    again: float = 0.4
    """News told a second time further down, without day or place as a rule."""
    background: float = 0.55
    """Of the last six earlier events of the people in the news: told in passing."""
    attributed: float = 0.25
    """News that the outlet has from someone: family, lawyer, an organization, an official."""
    place_short: float = 0.4
    """Of places told: the town alone, without region or country."""
    charge_told: float = 0.6
    subset: float = 0.2
    """Reports of several people's event that name only some of them."""

    verbatim: float = 0.2
    near: float = 0.2
    relays: float = 0.35
    """Expected per own report: exact copies, edited copies, retellings by another outlet."""
    uncredited: float = 0.08
    """Of retellings: the source is not named. They pass for own reporting, and carry its errors on."""
    credit_line: float = 0.5
    """Of retellings that name it: in a credit ("Originally published on …"); else in the sentence ("…, X reported")."""
    undated: float = 0.02
    """Pages without a publication date: known from the day of capture only."""

    denials: float = 0.08
    demands: float = 0.2
    plans: float = 0.4
    """Trials announced before they are held."""
    dangers: float = 0.2
    """Charges told with the term that may follow ("faces up to eight years")."""
    false_releases: float = 0.01
    """Prison terms during which an outlet reports a release that did not take place, which the family then denies."""
    roundups: float = 0.03
    """Stories that list prisoners of several cases, one line each."""


@dataclass(frozen=True, slots=True)
class Size:
    """How much is written. A country of 40 towns and one more for every 250 stories."""

    stories: int
    seed: int

    @property
    def towns(self) -> int:
        """Number of towns."""
        return 40 + self.stories // 250
