"""The manifest: what a documenter's spreadsheet may look like, and what each bad row is told."""

from pathlib import Path

import pytest

from khronika.capture.manifest import BadRow, load_manifest, missing_rows, row_for
from khronika.errors import ManifestError


def write(folder: Path, text: str, encoding: str = "utf-8") -> Path:
    path = folder / "manifest.csv"
    path.write_bytes(text.encode(encoding))
    return path


def test_rows_are_read_by_source(tmp_path):
    rows, errors = load_manifest(
        write(
            tmp_path,
            'source,outlet,published,captured,language,url,note\na.txt,Tarsk Post,2031-06-25,,en,,"one, two"\n',
        )
    )
    assert not errors
    row = rows["a.txt"]
    assert (row.outlet, row.published, row.captured, row.note, row.line) == (
        "Tarsk Post",
        "2031-06-25",
        None,
        "one, two",
        2,
    )


@pytest.mark.parametrize(
    ("text", "encoding"),
    [
        ("source;outlet\na.txt;Tarsk Post\n", "utf-8"),
        ("source,outlet\na.txt,Tarsk Post\n", "utf-8-sig"),
        ("source\toutlet\na.txt\tTarsk Post\n", "utf-16"),
        ("sep=;\r\nSource ;OUTLET\r\na.txt;Tarsk Post\r\n", "utf-8"),
        ('"source","outlet"\r\n"a.txt","Tarsk Post"\r\n\r\n,,\r\n', "utf-8"),
    ],
)
def test_tables_as_spreadsheets_save_them(tmp_path, text, encoding):
    """Semicolons, tabs, byte order marks, "sep=;", other case in the header, empty rows."""
    rows, errors = load_manifest(write(tmp_path, text, encoding))
    assert not errors and rows["a.txt"].outlet == "Tarsk Post"


def test_bad_rows_are_named_and_the_rest_stays(tmp_path):
    """A bad date, a duplicate source and a missing source each give one error with file and line; other rows stay."""
    rows, errors = load_manifest(
        write(
            tmp_path,
            "source,published,captured\n"
            "a.txt,25.06.2031,\n"
            "b.txt,2031-06,2031-06-26T09:30:00Z\n"
            ",2031,\n"
            "b.txt,2031-06-01,\n"
            "c.txt,2031-02-30,\n"
            "d.txt,2031,yesterday\n"
            'e.txt,"2031\n",\n',
        )
    )
    assert set(rows) == {"b.txt", "e.txt"} and rows["b.txt"].published == "2031-06"
    assert [str(e).split(":")[0] for e in errors] == [f"manifest.csv line {n}" for n in (2, 4, 5, 6, 7)]
    assert "25.06.2031" in str(errors[0]) and "no source" in str(errors[1]) and "line 3" in str(errors[2])
    assert isinstance(errors[0], BadRow) and errors[0].row_source == "a.txt" and errors[2].row_source is None


@pytest.mark.parametrize(
    ("content", "told"),
    [
        (b"file,outlet\na.txt,X\n", "no column"),
        (b"", "no column"),
        (b"source,source\na,b\n", "two columns"),
        ("source,outlet\na.txt,Журнал\n".encode("cp1251"), "line 2"),
        (b"source\n" + b"\0" * 50, "not a table"),
        (b"source\n" + b"x" * 200_000, "line 2"),
    ],
)
def test_an_unusable_manifest_is_refused(tmp_path, content, told):
    path = tmp_path / "manifest.csv"
    path.write_bytes(content)
    with pytest.raises(ManifestError, match=told):
        load_manifest(path)


def test_an_absent_manifest_is_refused(tmp_path):
    with pytest.raises(ManifestError, match="no such file"):
        load_manifest(tmp_path / "none.csv")


@pytest.mark.parametrize(
    ("written", "kept"),
    [
        ("2031-06-25", "2031-06-25"),
        ("2031-06-25 09:30", "2031-06-25"),
        ("2031-06-25 09:30+05:00", "2031-06-25T09:30:00+05:00"),
        ("2031-06-25T09:30:15Z", "2031-06-25T09:30:15Z"),
        ("2031-06", None),
        ("2031-06-31", None),
        ("2031-06-25T09:30+99:99", None),
    ],
)
def test_captured_is_kept_as_rfc_3339(tmp_path, written, kept):
    """The interchange promises RFC 3339: a day, or an instant with its zone; what a spreadsheet adds is put right."""
    rows, errors = load_manifest(write(tmp_path, f"source,captured\na.txt,{written}\n"))
    assert [row.captured for row in rows.values()] == ([kept] if kept else [])
    assert len(errors) == (kept is None)


def test_rows_match_by_path_or_name_and_missing_files_are_told(tmp_path):
    """A row may name a file by its path in the folder, with either slash, or by its name alone."""
    rows, _ = load_manifest(write(tmp_path, "source\nmay\\a.txt\nb.txt\nc.txt\n"))
    assert row_for(rows, "may/a.txt").line == 2
    assert row_for(rows, "deep/down/b.txt").line == 3
    assert row_for(rows, "z.txt") is None
    missing = missing_rows(rows, ["may/a.txt", "deep/b.txt"], Path("may.csv"))
    assert len(missing) == 1 and "c.txt" in str(missing[0]) and "may.csv line 4" in str(missing[0])


def test_what_is_not_to_leave(tmp_path):
    """Yes and no as spreadsheets write them, the column in any spelling; anything else is a bad row, and of two rows on
    one file a mark on either holds."""
    text = "source,Keep-Local\na,yes\nb,No\nc,\nd,X\ne,TRUE\nf,0\ng,maybe\nh,no\nh,yes\n"
    rows, errors = load_manifest(write(tmp_path, text))
    assert {name: row.keep_local for name, row in rows.items()} == {
        "a": True, "b": False, "c": False, "d": True, "e": True, "f": False, "h": True,
    }  # fmt: skip
    assert [e.row_source for e in errors if isinstance(e, BadRow)] == ["g", None]
    assert "maybe" in errors[0].reason
