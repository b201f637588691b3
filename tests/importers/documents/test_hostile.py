"""Files made to do harm are refused with a sentence or imported as what they say, and touch nothing but the target folder."""

import json
import os
import stat
import zipfile
import zlib
from collections.abc import Callable
from pathlib import Path
from typing import Any, TypeVar

import pytest

from samizdat.importers import bounded
from samizdat.importers.bounded import Budget
from samizdat.importing import Imported, import_file
from samizdat.problems import SamizdatError

Argument = TypeVar("Argument")
Result = TypeVar("Result")

CANARY = "canary-in-the-cellar"
"""Stands in a file beside the workspace that no import may read."""


@pytest.fixture
def secret(tmp_path: Path) -> Path:
    path = tmp_path / "outside" / "secret.txt"
    path.parent.mkdir()
    path.write_text(f"{CANARY}\n")
    return path


@pytest.fixture
def bring(tmp_path: Path, secret: Path, monkeypatch: pytest.MonkeyPatch) -> Callable[[str, bytes | str], str]:
    """Import bytes here, where a fault shows its trace; return all that was written or said."""

    def here(function: Callable[[Argument], Result], argument: Argument, _budget: Budget, _file: str = "") -> Result:
        return function(argument)

    def refuse(*_: object) -> None:
        pytest.fail("the network was asked for something")

    monkeypatch.setattr(bounded, "run", here)
    monkeypatch.setattr("socket.socket.connect", refuse)
    monkeypatch.setattr("socket.getaddrinfo", refuse)

    def do(name: str, data: bytes | str) -> str:
        source = tmp_path / "in" / name
        source.parent.mkdir(exist_ok=True)
        source.write_bytes(data.encode("utf-8", "surrogatepass") if isinstance(data, str) else data)
        before = {path for path in tmp_path.rglob("*") if path.is_file()}
        target = tmp_path / "texts" / "book"
        try:
            said = " ".join(import_file(source, tmp_path / "texts", target).titles)
        except SamizdatError as error:
            said = " ".join(f"{problem.code} {problem.message}" for problem in error.problems)
            advice = " ".join(problem.hint for problem in error.problems)
            if not (advice or name.endswith(".txt")):  # saying what to do is the point
                pytest.fail(f"It is not said what is to be done: {said}")
            assert not target.exists()
        written = sorted({path for path in tmp_path.rglob("*") if path.is_file()} - before)
        assert all(path.is_relative_to(target) and not path.is_symlink() for path in written)
        text = " ".join([said, *(path.read_bytes().decode(errors="replace") for path in written)])
        assert CANARY not in text
        return text

    assert secret.read_text().startswith(CANARY)
    return do


INCLUDES = {
    "a.rst": "T\n=\n\n.. include:: {0}\n\n.. raw:: html\n   :file: {0}\n\n.. csv-table:: t\n   :file: {0}\n\nKept words.\n",
    "a.org": '#+TITLE: T\n#+INCLUDE: "{0}"\n#+BEGIN_SRC sh :exports results\ncat {0}\n#+END_SRC\nKept words.\n',
    "a.tex": "\\documentclass{{article}}\\begin{{document}}\\input{{{0}}}\\verbatiminput{{{0}}} Kept words.\\end{{document}}\n",
    "a.muse": '#title T\n\n#include {0}\n\n<include file="{0}">\n\nKept words.\n',
    "a.adoc": "= T\n\ninclude::{0}[]\n\nKept words.\n",
    "a.md": "---\ntitle: T\nbibliography: {0}\n---\n\n![](file://{0})\n\n![]({0})\n\n~~~ {{include={0}}}\n~~~\n\nKept words.\n",
    "a.html": '<!DOCTYPE x [<!ENTITY x SYSTEM "file://{0}">]><p>A &x; B</p><img src="file://{0}"><object data="{0}"></object>'
    "<iframe src='{0}'></iframe><p>Kept words.</p>",
    "a.typ": '#include "{0}"\n#read("{0}")\n\nKept words.\n',
    "a.dbk": '<!DOCTYPE article [<!ENTITY x SYSTEM "file://{0}">]><article><title>T</title><xi:include xmlns:xi='
    '"http://www.w3.org/2001/XInclude" href="{0}" parse="text"/><para>Kept words. &x;</para></article>',
}


@pytest.mark.parametrize("name", INCLUDES)
def test_no_include_reads_a_file(name: str, bring: Callable[[str, str], str], secret: Path) -> None:
    text = bring(name, INCLUDES[name].format(secret))
    assert "Kept words" in text or text.startswith("I")


ACTIVE = """<html><head><script>PWNED</script><style>@import url("http://127.0.0.1:9/x.css");</style></head><body onload="PWNED">
<h1 onclick="PWNED">Title</h1><p>Kept words, <a href="javascript:PWNED">one</a> <a href="JaVa&#9;script:PWNED">two</a>
<a href="data:text/html,PWNED">three</a> <a href="vbscript:PWNED">four</a>.</p><img src="http://127.0.0.1:9/i.png" alt="A map">
<svg><script>PWNED</script></svg><form action="http://127.0.0.1:9/"><input value="PWNED"></form>
<p style="background:url(javascript:PWNED)">Kept too.</p></body></html>"""


def test_a_page_leaves_its_programs_behind(bring: Callable[[str, str], str]) -> None:
    text = bring("page.html", ACTIVE)
    assert "Kept words, one two" in " ".join(text.split())
    assert "Kept too." in text
    assert "127.0.0.1:9/x.css" not in text
    manuscript = "".join(part for part in text.splitlines() if "before" not in part and "taken" not in part)
    assert "(javascript:" not in manuscript.lower()
    assert "(data:" not in manuscript
    assert "(vbscript:" not in manuscript


def test_names_in_an_archive_lead_nowhere(bring: Callable[[str, bytes], str], made: Any, secret: Path) -> None:
    link = zipfile.ZipInfo("E/link.xhtml")
    link.create_system, link.external_attr = 3, (stat.S_IFLNK | 0o777) << 16
    more = {"../../escaped.txt": "x", "/tmp/escaped.txt": "x", "..\\..\\escaped.txt": "x"}  # noqa: S108  what is tested
    data = made.epub({"a.xhtml": f'<h1>One</h1><p>Kept words.</p><img src="../../..{secret}" alt="x"/>'}, more=more)
    file = Path(secret.parent.parent, "draft.epub")
    file.write_bytes(data)
    with zipfile.ZipFile(file, "a") as book:
        book.writestr(link, str(secret))
    assert "Kept words." in bring("traversal.epub", file.read_bytes())


@pytest.mark.parametrize(
    "title",
    ["../../escaped", '"]\n[x]\ny = "', "nul\0title", "<script>x</script>", "CON", "-rf", "a" * 4000, "."],
    ids=map(str, range(8)),
)
def test_metadata_is_only_words(title: str, bring: Callable[[str, str], str]) -> None:
    text = bring("t.md", f"---\ntitle: {json.dumps(title)}\nauthor: {json.dumps(title)}\n---\n\n# One\n\nKept words.\n")
    assert "Kept words." in text or text.startswith("I")


MOST = 20
"""Seconds of work that any input may cost."""


def _work() -> float:
    """Return the seconds that this process and those it started have worked; waiting does not count, however busy the machine."""
    spent = os.times()
    return spent.user + spent.system + spent.children_user + spent.children_system


STRANGE: dict[str, bytes | str] = {
    "nul-and-controls": b"A\x00B\x01C\x07D\x08E\x0bF\x0cG\x1bH\x7fI and more words\n\nNext.\n",
    "surrogates": b"<p>a\xed\xa0\x80b &#xD800; &#0; &#x1F600; c</p>",
    "noncharacters": "a\ufffeb\uffffc\U0001fffed\ufdd0e\ufeff middle\n",
    "bidi": "Title \u202eegdir\u202c and \u2066isolated\u2069\n",
    "zalgo": "Z" + "\u0301" * 5000 + "algo\n",
    "a-long-word": "A" * 200_000 + "\n",
    "latin-1": "Œuvre naïve, café\n\nSecond paragraph.\n".encode("cp1252", "replace"),
    "utf-16-without-a-mark": "Œuvre naïve, café\n\nSecond paragraph.\n".encode("utf-16-le"),
    "utf-32": "Words in four bytes each, which nobody expects.\n".encode("utf-32"),
    "cut-off-utf-8": "Ein Wört".encode()[:-3],
    "only-marks": "_" * 5000 + "\n" + "[1] " * 5000 + "\n" + "* " * 5000,
    "only-numbers": "\n\n".join(str(number) for number in range(3000)),
    "chapters-without-end": "CHAPTER I\n\n" * 2000,
    "half-open": '"(' * 10_000 + "\n\n" + "_a " * 10_000,
}


@pytest.mark.parametrize("name", STRANGE)
@pytest.mark.parametrize("suffix", [".txt", ".html"])
def test_strange_letters_end_in_words_or_a_sentence(name: str, suffix: str, bring: Callable[[str, bytes | str], str]) -> None:
    before = _work()
    text = bring(f"{name}{suffix}", STRANGE[name])
    assert not set(text) & set(map(chr, (*range(9), 11, 12, *range(14, 32), 0x7F, 0xFFFE, 0xFFFF)))
    assert _work() - before < MOST


def _png(side: int) -> bytes:
    """Make a picture of nothing, of so many dots each way."""

    def chunk(kind: bytes, data: bytes) -> bytes:
        return len(data).to_bytes(4, "big") + kind + data + zlib.crc32(kind + data).to_bytes(4, "big")

    head = side.to_bytes(4, "big") * 2 + bytes([1, 0, 0, 0, 0])
    packer = zlib.compressobj(9)
    rows = b"".join([packer.compress(b"\0" * (side // 8 + 1) * 100) for _ in range(side // 100)]) + packer.flush()
    return b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", head) + chunk(b"IDAT", rows) + chunk(b"IEND", b"")


def _bombs(made: Any) -> dict[str, bytes]:
    laughs = "".join(f'<!ENTITY {chr(98 + n)} "{f"&{chr(97 + n)};" * 10}">' for n in range(9))
    bomb = f'<!DOCTYPE html [<!ENTITY a "ha">{laughs}]><html xmlns="http://www.w3.org/1999/xhtml"><body>&j;</body></html>'
    return {
        "blank.epub": made.epub({"a.xhtml": "<p>x</p>"}, more={"E/big.xhtml": b" " * 120_000_000}),
        "laughs.epub": made.epub({"a.xhtml": "<h1>One</h1><p>x</p>"}, more={"E/a.xhtml": bomb}),
        "nested.html": b"<div>" * 20_000 + b"core" + b"</div>" * 20_000,
        "quotes.md": b">" * 3000 + b" core\n",
        "line.txt": b"word " * 1_600_000,
        "lines.txt": b"A paragraph.\n\n" * 1_000_000,
        "picture.epub": made.epub({"a.xhtml": '<p>x</p><img src="b.png" alt="b"/>'}, more={"E/b.png": _png(30_000)}),
    }


@pytest.mark.filterwarnings("ignore:Duplicate name")
def test_what_unpacks_without_end_is_ended(tmp_path: Path, made: Any) -> None:
    for name, data in _bombs(made).items():
        (tmp_path / name).write_bytes(data)
        before = _work()
        done: Imported | SamizdatError
        try:
            done = import_file(tmp_path / name, tmp_path / "texts", tmp_path / "texts" / name.replace(".", "-"))
        except SamizdatError as error:
            done = error
        assert _work() - before < MOST, name
        if name in {"line.txt", "lines.txt"}:
            assert isinstance(done, SamizdatError)
            assert done.problems[0].code == "I27"
