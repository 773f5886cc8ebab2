"""Files and folders: order, loops, kinds, and every way in which a file cannot be taken."""

import hashlib
import os
from pathlib import Path

import pytest

from khronika.capture.files import FoundFile, capture_file, find_files
from khronika.errors import CaptureError
from khronika.settings import Settings


def sources(paths, **kw):
    found = list(find_files(paths, **kw))
    return [f.source for f in found if isinstance(f, FoundFile)], [f for f in found if isinstance(f, CaptureError)]


def test_folders_are_walked_in_order_and_furniture_is_passed_over(tmp_path):
    """Sorted names; hidden files, the manifest and the picture folder of a saved page are not stories."""
    for name in (
        "b.txt",
        "a.html",
        "manifest.csv",
        ".hidden.txt",
        "sub/c.md",
        "a_files/frame.html",
        "x_files/d.txt",
        "README.md",
        "sub/LICENSE",
    ):
        (tmp_path / name).parent.mkdir(exist_ok=True)
        (tmp_path / name).write_text("text")
    assert sources([tmp_path]) == (["a.html", "b.txt", "sub/c.md", "x_files/d.txt"], [])


def test_each_file_once(tmp_path):
    """A file named twice, or named and found in its folder, is read once."""
    (tmp_path / "a.txt").write_text("text")
    assert sources([tmp_path / "a.txt", tmp_path, tmp_path])[0] == ["a.txt"]


def test_a_manifest_of_another_name_is_passed_over(tmp_path):
    (tmp_path / "list.csv").write_text("source\n")
    assert sources([tmp_path], manifest=tmp_path / "list.csv") == ([], [])
    assert "“.csv”" in str(sources([tmp_path])[1][0])


def test_directory_loop_is_told_and_not_followed(tmp_path):
    (tmp_path / "in").mkdir()
    (tmp_path / "in" / "a.txt").write_text("text")
    (tmp_path / "in" / "again").symlink_to(tmp_path, target_is_directory=True)
    names, errors = sources([tmp_path])
    assert names == ["in/a.txt"] and "leads back" in str(errors[0]) and errors[0].source == "in/again"


def test_a_link_to_a_folder_above_the_one_given_leads_back(tmp_path):
    """Followed, it would read the whole folder above, and through it this one again."""
    (tmp_path / "in").mkdir()
    (tmp_path / "in" / "a.txt").write_text("text")
    (tmp_path / "other.txt").write_text("text")
    (tmp_path / "in" / "up").symlink_to("..", target_is_directory=True)
    names, errors = sources([tmp_path / "in"])
    assert names == ["a.txt"] and [e.source for e in errors] == ["up"] and "leads back" in str(errors[0])


def test_unknown_kinds_missing_paths_dead_links_and_pipes_are_told(tmp_path):
    """Each is an error of its own and nothing waits: a pipe is never opened."""
    (tmp_path / "a.docx").write_text("x")
    (tmp_path / "noending").write_text("x")
    (tmp_path / "dead.txt").symlink_to(tmp_path / "gone.txt")
    os.mkfifo(tmp_path / "pipe.txt")
    _, errors = sources([tmp_path, tmp_path / "absent.txt"])
    told = {e.source: e.reason for e in errors}
    assert "“.docx”" in told["a.docx"] and "without an ending" in told["noending"]
    assert told["dead.txt"].startswith("no such") and told["pipe.txt"] == "not a plain file"
    assert told[str(tmp_path / "absent.txt")].startswith("no such")


def test_a_name_that_is_not_utf8_can_be_shown(tmp_path):
    path = os.fsencode(tmp_path) + b"/caf\xe9.txt"
    try:
        with open(path, "wb") as file:  # noqa: PTH123 - a name in bytes
            file.write(b"text")
    except OSError:
        pytest.skip("this file system takes UTF-8 names only")
    assert sources([tmp_path])[0] == ["caf\ufffd.txt"]


def test_bytes_are_kept_as_they_are(tmp_path):
    content = "\ufeffPolice held three.\r\n".encode()
    (tmp_path / "a.txt").write_bytes(content)
    capture = capture_file(FoundFile(tmp_path / "a.txt", "a.txt"), Settings(), "2031-06-25T10:00:00Z")
    assert capture.content == content and capture.sha256 == hashlib.sha256(content).hexdigest()
    assert (capture.media_type, capture.captured) == ("text/plain", "2031-06-25T10:00:00Z")


@pytest.mark.parametrize(
    ("name", "content", "kind"),
    [
        ("a.htm", b"<p>x", "text/html"),
        ("a.txt", b"\xef\xbb\xbf\n<!DOCTYPE HTML><p>x", "text/html"),
        ("a.txt", "<html><p>x".encode("utf-16"), "text/html"),
        ("a.txt", b"x < y", "text/plain"),
    ],
)
def test_media_type_by_ending_or_first_tag(tmp_path, name, content, kind):
    (tmp_path / name).write_bytes(content)
    assert capture_file(FoundFile(tmp_path / name, name), Settings(), None).media_type == kind


@pytest.mark.parametrize(
    ("content", "told"), [(b"", "empty file"), (b" \n\t", "white space"), (b"x" * 1_000_001, "limit is 1 MB")]
)
def test_files_that_are_refused(tmp_path, content, told):
    (tmp_path / "a.txt").write_bytes(content)
    with pytest.raises(CaptureError, match=told):
        capture_file(FoundFile(tmp_path / "a.txt", "a.txt"), Settings(max_file_mb=1), None)


def test_a_file_over_the_limit_is_never_opened(tmp_path, monkeypatch):
    """50 MB in one line costs nothing: the size is asked first."""
    with (tmp_path / "a.txt").open("wb") as file:
        file.truncate(50_000_000)
    monkeypatch.setattr(Path, "open", lambda *_: pytest.fail("was opened"))
    with pytest.raises(CaptureError, match=r"50\.0 MB; the limit is 20 MB"):
        capture_file(FoundFile(tmp_path / "a.txt", "a.txt"), Settings(), None)


def test_an_unreadable_file_is_told(tmp_path, monkeypatch):
    (tmp_path / "a.txt").write_text("text")

    def refuse(*_args):
        raise PermissionError(13, "Permission denied")

    monkeypatch.setattr(Path, "open", refuse)
    with pytest.raises(CaptureError, match=r"a\.txt: cannot be read: Permission denied"):
        capture_file(FoundFile(tmp_path / "a.txt", "a.txt"), Settings(), None)
