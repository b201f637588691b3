"""What a file is, by its name and by how it begins; what is no text is refused in a sentence."""

from collections.abc import Callable
from typing import Any

import pytest

from samizdat.importers.documents import formats
from samizdat.problems import SamizdatError

Make = Callable[[Any], bytes]


@pytest.mark.parametrize(
    ("name", "data", "expected"),
    [
        ("a.md", b"# A", "Markdown"),
        ("a.docx", lambda made: made.docx(""), "DOCX"),
        ("a.txt", lambda made: made.docx(""), "DOCX"),
        ("a.zip", lambda made: made.epub({"a.xhtml": "<p>x</p>"}), "EPUB"),
        ("a.txt", b"{\\rtf1 x}", "RTF"),
        ("a.docx", b"<html><body>x</body></html>", "HTML"),
        ("a", b"<!DOCTYPE html><html></html>", "HTML"),
        ("a.xml", b'<?xml version="1.0"?><FictionBook></FictionBook>', "FB2"),
        ("a.muse", b"#title x", "Muse"),
        ("a.txt", b"% Weirs\n\nSee [the mill](mill.html).\n\n![A mill](mill.png)\n\n[mud]: http://mud.example\n", "Markdown"),
    ],
)
def test_a_file_is_what_it_begins_as(name: str, data: bytes | Make, expected: str, made: Any) -> None:
    found = formats.recognise(name, data if isinstance(data, bytes) else data(made))
    assert found is not None
    assert found.name == expected


@pytest.mark.parametrize(
    ("name", "data"),
    [
        ("a.txt", b"Once upon a time"),
        ("a.txt", b"See [the mill](p. 7).\n\n# 1\n# 2\n# 3\n"),
        ("notes", b"x"),
        ("a.log", b"x"),
        ("a.txt", b""),
    ],
)
def test_everything_else_is_raw_text(name: str, data: bytes) -> None:
    assert formats.recognise(name, data) is None


@pytest.mark.parametrize(
    ("name", "data", "said"),
    [
        ("a.pdf", b"%PDF-1.7", "PDF"),
        ("a.txt", b"%PDF-1.7", "PDF"),
        ("a.md", b"\x89PNG\r\n\x1a\n", "picture"),
        ("a.docx", b"", "empty"),
        ("a.docx", b"nonsense", "damaged"),
        ("a.epub", lambda made: made.docx("")[:100], "damaged"),
        ("a.docx", lambda made: made.archive({"readme": "x"}), "not DOCX"),
        ("a.doc", b"\xd0\xcf\x11\xe0\xa1\xb1", "old Office"),
        ("a.xlsx", lambda made: made.archive({"xl/a.xml": "<a/>"}), "spreadsheet"),
        ("a.exe", b"MZ\0\0", "program"),
    ],
)
def test_what_is_no_text_is_refused(name: str, data: bytes | Make, said: str, made: Any) -> None:
    with pytest.raises(SamizdatError, match=said) as error:
        formats.recognise(name, data if isinstance(data, bytes) else data(made))
    assert error.value.problems[0].place.file == name
