"""Files and folders → captures: the bytes of each page, once, before anything reads them."""

from __future__ import annotations

import hashlib
import stat
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from khronika.errors import CaptureError
from khronika.facts.documents import Capture
from khronika.settings import Settings

TEXT = frozenset({".txt", ".text", ".md", ".markdown"})
HTML = frozenset({".html", ".htm", ".xhtml", ".shtml"})
_ABOUT_THE_FOLDER = frozenset({"readme", "license", "licence", "copying"})
_MARKUP = (b"<!doctype html", b"<html", b"<head", b"<body")


@dataclass(frozen=True, slots=True)
class FoundFile:
    """A file to read. `source`: its path below the folder that was given, or its name where the file was given."""

    path: Path
    source: str


def find_files(paths: Sequence[Path], manifest: Path | None = None) -> Iterator[FoundFile | CaptureError]:
    """The pages in the files and folders, folders in the order of names, each file once.

    Hidden files, `manifest.csv`, the file given as `manifest`, a folder's README or licence, and the folders of
    pictures that browsers save beside a page ("Page_files") are passed over. Everything else that cannot be read is
    told as a CaptureError: unknown kinds, folders that lead back into themselves, devices, a path that does not exist.
    """
    skipped = _identity(manifest) if manifest else None
    seen: set[tuple[int, int]] = {skipped} if skipped else set()
    for path in paths:
        try:
            is_folder = stat.S_ISDIR(path.stat().st_mode)
        except OSError as error:
            yield CaptureError(str(path), _why(error))
            continue
        if is_folder:
            yield from _walk(path, "", _above(path), seen)
        else:
            yield from _file(path, _printable(path.name), seen)


def _walk(
    folder: Path, prefix: str, above: tuple[tuple[int, int], ...], seen: set[tuple[int, int]]
) -> Iterator[FoundFile | CaptureError]:
    """The files of a folder and its folders; `above` are the folders it lies in."""
    me = _identity(folder)
    if me in above:
        yield CaptureError(
            prefix.rstrip("/"),
            f"leads back to the folder “{folder.resolve().name or '/'}” that it lies in; not followed",
        )
        return
    if me is None or me in seen:
        return
    seen.add(me)
    try:
        names = sorted(entry.name for entry in folder.iterdir())
    except OSError as error:
        yield CaptureError(prefix.rstrip("/") or str(folder), _why(error))
        return
    for name in names:
        entry, source = folder / name, prefix + _printable(name)
        if name.startswith(".") or name.casefold() == "manifest.csv" or Path(name).stem.casefold() in _ABOUT_THE_FOLDER:
            continue
        if not entry.is_dir():
            yield from _file(entry, source, seen)
        elif not (name.endswith(("_files", ".files")) and _saved_beside(entry)):
            yield from _walk(entry, source + "/", (*above, me), seen)


def _above(folder: Path) -> tuple[tuple[int, int], ...]:
    """The folders that the folder given lies in: a link to one of them would lead back into it."""
    return tuple(me for parent in folder.resolve().parents if (me := _identity(parent)))


def _file(path: Path, source: str, seen: set[tuple[int, int]]) -> Iterator[FoundFile | CaptureError]:
    """The file, or why it is not read. A pipe or device is never opened: that could wait for ever."""
    try:
        status = path.stat()
    except OSError as error:
        yield CaptureError(source, _why(error))
        return
    if (status.st_dev, status.st_ino) in seen:
        return
    seen.add((status.st_dev, status.st_ino))
    suffix = path.suffix.casefold()
    if not stat.S_ISREG(status.st_mode):
        yield CaptureError(source, "not a plain file")
    elif suffix not in TEXT | HTML:
        kinds = ", ".join(sorted({".txt", ".md", ".html", ".htm", ".xhtml"}))
        yield CaptureError(
            source, f"{f'a “{suffix}” file' if suffix else 'a file without an ending'}; read are {kinds}"
        )
    else:
        yield FoundFile(path, source)


def _identity(path: Path) -> tuple[int, int] | None:
    """Device and inode, which tell whether two paths are one; None where the path is gone."""
    try:
        status = path.stat()
    except OSError:
        return None
    return status.st_dev, status.st_ino


def _saved_beside(folder: Path) -> bool:
    """Whether the folder holds the parts of a page that a browser saved beside it."""
    stem = folder.name.removesuffix("_files").removesuffix(".files")
    return any(folder.with_name(stem + suffix).is_file() for suffix in HTML)


def _printable(name: str) -> str:
    """The file name with bytes that are not UTF-8 replaced, so that it can be stored and shown."""
    return name.encode("utf-8", "surrogateescape").decode("utf-8", "replace")


def _why(error: OSError) -> str:
    """The system's reason in words."""
    if isinstance(error, FileNotFoundError):
        return "no such file or folder"
    return f"cannot be read: {error.strerror or error}"


def capture_file(found: FoundFile, settings: Settings, now: str | None = None) -> Capture:
    """The file's bytes with their hash. `now`: RFC 3339, when it was captured, None where unknown.

    Raises CaptureError: empty, over `settings.max_file_mb` (at most that much is ever held in memory), unreadable.
    """
    limit = settings.max_file_mb * 1_000_000
    try:
        size = found.path.stat().st_size
        if size > limit:
            raise _too_large(found.source, size, settings)
        with found.path.open("rb") as file:
            content = file.read(limit + 1)
    except OSError as error:
        raise CaptureError(found.source, _why(error)) from error
    if len(content) > limit:
        raise _too_large(found.source, len(content), settings)
    if not content.strip():
        raise CaptureError(found.source, "empty file" if not content else "nothing but white space")
    return Capture(
        source=found.source,
        sha256=hashlib.sha256(content).hexdigest(),
        content=content,
        media_type=_media_type(found.path, content),
        captured=now,
    )


def _too_large(source: str, size: int, settings: Settings) -> CaptureError:
    """The error for a file over the limit."""
    reason = f"{size / 1e6:.1f} MB; the limit is {settings.max_file_mb} MB (KHRONIKA_MAX_FILE_MB)"
    return CaptureError(source, reason)


def _media_type(path: Path, content: bytes) -> str:
    """ "text/html" for a page, by its ending or its first tag, else "text/plain"."""
    head = content[:1024].replace(b"\0", b"").lstrip(b"\xef\xbb\xbf\xff\xfe \t\r\n").lower()
    if path.suffix.casefold() in HTML or head.startswith(_MARKUP):
        return "text/html"
    return "text/plain"
