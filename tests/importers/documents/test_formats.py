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


@pytest.mark.parametrize(
    ("data", "said", "do"),
    [
        (b"\xd0\xcf\x11\xe0" + bytes(60) + "EncryptedPackage".encode("utf-16-le"), "password", "without one"),
        (b"\xd0\xcf\x11\xe0" + bytes(60) + "WordDocument".encode("utf-16-le"), "Word document of the old kind", "DOCX"),
        (b"\xffWPC\x10\0\0\0", "WordPerfect", "DOCX"),
        (b"The_Weir".ljust(60, b"\0") + b"BOOKMOBI" + bytes(90), "Kindle", "EPUB"),
        (b"AT&TFORM\0\0\1\0DJVM", "DjVu", "Extract"),
        (b'<?xml version="1.0"?><office:document office:version="1.2">', "FODT", "DOCX or ODT"),
        (lambda made: made.archive({"Index/Document.iwa": "x"}), "Pages", "export"),
        (lambda made: made.archive({"weir.rtfd/TXT.rtf": "x"}), "RTFD", ".rtf"),
    ],
)
def test_a_file_of_another_program_is_called_by_its_name(data: bytes | Make, said: str, do: str, made: Any) -> None:
    with pytest.raises(SamizdatError) as error:
        formats.recognise("weir", data if isinstance(data, bytes) else data(made))
    (problem,) = error.value.problems
    assert said in problem.message
    assert do in problem.hint
