"""The documents cannot drift from the program: commands, settings, locks and links are compared with the real thing."""

from __future__ import annotations

import re
import tomllib
from pathlib import Path

import pytest
from click.testing import CliRunner

from khronika.cli.main import VERBS, khronika
from khronika.settings import TABLE

ROOT = Path(__file__).parent.parent
PAGES = [ROOT / "README.md", ROOT / "CHANGELOG.md", ROOT / "CONTRIBUTING.md", *sorted((ROOT / "docs").rglob("*.md"))]
PAGES += [ROOT / "examples" / "README.md"]
INLINE = re.compile(r"`khronika ([a-z]+)([^`\n|]*)")
FENCED = re.compile(r"^(?:\$ )?(?:\S*/)?khronika ([a-z]+)(.*)$", re.M)


def commands(page: Path) -> list[tuple[str, str]]:
    """Verb and the rest of every command in a page, in running text and in blocks."""
    text = page.read_text("utf-8")
    blocks = re.findall(r"^```.*?^```", text, re.M | re.S)
    return INLINE.findall(text) + [found for block in blocks for found in FENCED.findall(block)]


@pytest.mark.parametrize("page", PAGES, ids=lambda page: page.name)
def test_every_command_in_the_documents_is_real(page):
    """A reader may copy any command: its verb exists and takes each option that is named with it."""
    for verb, rest in commands(page):
        assert verb in VERBS, f"{page.name}: khronika {verb}"
        command = khronika.get_command(None, verb)
        several = [command, *getattr(command, "commands", {}).values()]
        known = {name for one in several for option in one.params for name in option.opts}
        for option in re.findall(r"--[a-z-]+", rest):
            assert option in known, f"{page.name}: khronika {verb} {option}"


def test_every_verb_is_in_the_readme():
    """A verb that nobody can find does not exist."""
    named = {verb for verb, _ in commands(ROOT / "README.md")}
    assert named == set(VERBS)


def test_help_lists_every_verb():
    """The list of verbs is printed without importing one of them."""
    listed = CliRunner().invoke(khronika, ["--help"]).output
    assert all(f"{verb} " in listed for verb in VERBS)


def test_settings_page_is_the_settings_table():
    """Name, default, unit and help of every setting, in the table's order."""
    rows = re.findall(
        r"^\| `(KHRONIKA_\w+)` \| (.*?) \| (.*?) \| (.*?) \|$", (ROOT / "docs/settings.md").read_text("utf-8"), re.M
    )
    wanted = [
        (f"KHRONIKA_{s.name.upper()}", f"`{s.default}`" if s.default != "" else "none", s.unit, s.help) for s in TABLE
    ]
    assert rows == wanted


@pytest.mark.parametrize("page", PAGES, ids=lambda page: page.name)
def test_links_between_pages_lead_somewhere(page):
    """A relative link in a document points to a file of the repository."""
    for target in re.findall(r"\]\(([^)#:]+)\)", page.read_text("utf-8")):
        assert (page.parent / target).exists(), f"{page.name}: {target}"


@pytest.mark.parametrize("name", ["requirements.lock", "requirements-dev.lock", "requirements-build.lock"])
def test_lock_files_pin_by_hash_and_name_no_address(name):
    """Each package has one version and at least one hash; where it comes from is up to whoever installs."""
    text = (ROOT / name).read_text("utf-8")
    assert "://" not in text
    assert not re.search(r"^\s*-(?!-hash=sha256:[0-9a-f]{64})", text, re.M)
    entries = re.split(r"^(?=[a-z0-9])", text, flags=re.M)[1:]
    assert entries
    for entry in entries:
        assert re.match(r"[a-z0-9._-]+==[^\s]+ ", entry)
        assert "--hash=sha256:" in entry


def test_run_time_packages_are_locked_and_explained():
    """Each package that pyproject asks for is in the lock and has its row, in docs/dependencies.md."""
    project = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))["project"]
    locked = dict(re.findall(r"^([a-z0-9._-]+)==([^\s]+)", (ROOT / "requirements.lock").read_text("utf-8"), re.M))
    page = (ROOT / "docs/dependencies.md").read_text("utf-8")
    for wish in project["dependencies"]:
        name = re.match(r"[a-z0-9-]+", wish)[0]
        assert name in locked
        assert re.search(rf"^\| {name} \| \d", page, re.M), name


def test_documented_rooms_are_the_rooms():
    """The architecture page's table has a row for each room of the package, and no other."""
    rows = set(re.findall(r"^\| `(\w+)(?:/|\.py)` \|", (ROOT / "docs/architecture.md").read_text("utf-8"), re.M))
    package = ROOT / "khronika"
    rooms = {p.parent.name for p in package.glob("*/__init__.py")}
    assert rows == rooms | {p.stem for p in package.glob("*.py")} - {"__init__"}
