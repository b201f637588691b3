"""Verifying: what differs between a build and a list of checksums is named, with the reason."""

import json
import shutil
from pathlib import Path

import pytest

from samizdat import manifest, pipeline
from samizdat.cli import run
from samizdat.problems import SamizdatError
from samizdat.workspace import Workspace


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory, books: Path) -> Path:
    """A build folder with one book in it."""
    workspace = Workspace(tmp_path_factory.mktemp("workspace"))
    shutil.copytree(books / "plain", workspace.texts / "plain")
    list(pipeline.build(workspace, workspace.books(), ["epub", "html"], None))
    return workspace.build


@pytest.fixture
def other(made: Path, tmp_path: Path) -> Path:
    """What came from another machine: its list of checksums, and its manifest beside it."""
    for name in ("SHA256SUMS", manifest.FILE):
        shutil.copy(made / name, tmp_path / name)
    return tmp_path


def _codes(build: Path, sums: Path) -> list[str]:
    return [problem.code for problem in manifest.compare(build, sums)]


def test_the_same_build_has_no_differences(made: Path, other: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert _codes(made, other / "SHA256SUMS") == []
    assert run(["verify", str(made), str(made / "SHA256SUMS")]) == 0
    assert "Every file on the list is there" in capsys.readouterr().out


def test_a_manifest_names_tools_fonts_and_sources_and_nothing_of_the_machine(made: Path) -> None:
    text = (made / manifest.FILE).read_text("utf-8")
    said = json.loads(text)
    assert {"samizdat", "Python", "Pango", "HarfBuzz", "library weasyprint", "library pypandoc_binary"} <= said["tools"].keys()
    assert any(name.startswith("font ") and len(digest) == 64 for name, digest in said["tools"].items())
    assert set(said["sources"]) == {"plain"}
    assert set(said["files"]) == {"plain/plain.epub", "plain/plain.html"}
    assert str(made.parent) not in text


def _change(part: str, name: str, value: str, sums: Path) -> None:
    """Let the other machine's manifest say something else, and its list too."""
    path = sums.parent / manifest.FILE
    said = json.loads(path.read_text("utf-8"))
    said[part][name] = value
    path.write_text(json.dumps(said))
    lines = [f"{'0' * 64}  {line[66:]}" if line.endswith("plain.epub") else line for line in sums.read_text().splitlines()]
    sums.write_text("\n".join(lines))


def test_other_tools_are_named(made: Path, other: Path, capsys: pytest.CaptureFixture[str]) -> None:
    _change("tools", "library weasyprint", "1.0", other / "SHA256SUMS")
    found = list(manifest.compare(made, other / "SHA256SUMS"))
    assert [problem.code for problem in found] == ["W45", "W49"]
    assert "tools or fonts" in found[0].hint
    assert "library weasyprint" in found[1].message
    assert run(["verify", str(made), str(other / "SHA256SUMS")]) == 3
    assert "weasyprint" in capsys.readouterr().err


def test_another_text_is_named(made: Path, other: Path) -> None:
    _change("sources", "plain", "0" * 64, other / "SHA256SUMS")
    (found,) = manifest.compare(made, other / "SHA256SUMS")
    assert "book's folder was another one" in found.hint


def test_without_the_other_manifest_the_reason_cannot_be_told(made: Path, other: Path) -> None:
    _change("sources", "plain", "0" * 64, other / "SHA256SUMS")
    (other / manifest.FILE).write_text("[" * 100_000)
    (found,) = manifest.compare(made, other / "SHA256SUMS")
    assert manifest.FILE in found.hint


def test_what_was_altered_or_taken_away_or_added_is_named(made: Path, other: Path, tmp_path: Path) -> None:
    build = tmp_path / "copy"
    shutil.copytree(made, build)
    (build / "plain/plain.epub").write_bytes((build / "plain/plain.epub").read_bytes()[:-1])
    (build / "plain/plain.html").unlink()
    sums = other / "SHA256SUMS"
    sums.write_text("\n".join(line for line in sums.read_text().splitlines() if "index.html" not in line))
    found = {problem.place.file: problem for problem in manifest.compare(build, sums)}
    assert {path: problem.code for path, problem in found.items()} == {"plain/plain.epub": "W45", "plain/plain.html": "W46"}
    assert "altered" in found["plain/plain.epub"].hint
    sums.write_text("")
    assert set(_codes(made, sums)) == {"W47"}


@pytest.mark.parametrize("line", ["../../etc/hostname", "/etc/hostname", "plain/../../x", "a\\..\\b"])
def test_a_list_leads_nowhere_else(made: Path, tmp_path: Path, line: str) -> None:
    (tmp_path / "sums").write_text(f"{'0' * 64}  {line}\n")
    with pytest.raises(SamizdatError) as caught:
        list(manifest.compare(made, tmp_path / "sums"))
    assert caught.value.problems[0].code == "W48"


@pytest.mark.parametrize("data", [b"\xff\xfe", b"no list", b"0" * 64 + b" one space"])
def test_what_is_no_list_is_refused(made: Path, tmp_path: Path, data: bytes, capsys: pytest.CaptureFixture[str]) -> None:
    (tmp_path / "sums").write_bytes(data)
    assert run(["verify", str(made), str(tmp_path / "sums")]) == 1
    assert "W48" in capsys.readouterr().err
