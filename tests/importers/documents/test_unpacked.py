"""An e-book in a folder, as publishers keep their sources, is imported like the packed one."""

import io
import zipfile
from pathlib import Path
from typing import Any

import pytest

from samizdat.importers.documents import unpacked
from samizdat.importing import import_file
from samizdat.problems import SamizdatError

PAGES = {"one.xhtml": "<h2>One</h2><p>The weir was old.</p>", "two.xhtml": "<h2>Two</h2><p>Nobody knew how deep it was.</p>"}


@pytest.fixture
def packed(made: Any) -> bytes:
    return made.epub(PAGES)  # type: ignore[no-any-return]  # the fixture's own


@pytest.mark.parametrize("inside", ["", "src"])
def test_a_folder_gives_what_the_packed_book_gives(inside: str, packed: bytes, tmp_path: Path) -> None:
    zipfile.ZipFile(io.BytesIO(packed)).extractall(tmp_path / "weir" / inside)
    (tmp_path / "weir" / ".git").mkdir()
    (tmp_path / "weir" / "LICENSE.md").write_text("Public domain", "utf-8")
    (tmp_path / "weir.epub").write_bytes(packed)
    folder, file = (import_file(tmp_path / name, tmp_path, tmp_path / f"of-{name}") for name in ("weir", "weir.epub"))
    for written in ("book.toml", "01-one.md", "02-two.md"):
        ours, theirs = ((each.folders[0] / written).read_text("utf-8").splitlines() for each in (folder, file))
        assert [line for line in ours if not line.startswith("identifier")] == [
            line for line in theirs if not line.startswith("identifier")
        ]
    assert folder.account == file.account


def test_the_bytes_are_the_same_each_time_and_nothing_comes_from_outside(packed: bytes, tmp_path: Path) -> None:
    secret = tmp_path / "secret.xhtml"
    secret.write_text("<p>Nobody’s business.</p>", "utf-8")
    book = tmp_path / "weir"
    zipfile.ZipFile(io.BytesIO(packed)).extractall(book)
    before = unpacked.content(book)
    (book / "E" / "three.xhtml").symlink_to(secret)
    (book / "E" / ".hidden").write_text("notes of an editor", "utf-8")
    assert unpacked.content(book) == before


def test_a_folder_without_an_e_book_is_refused(tmp_path: Path) -> None:
    with pytest.raises(SamizdatError) as refused:
        import_file(tmp_path, tmp_path, tmp_path / "to")
    assert [problem.code for problem in refused.value.problems] == ["I23"]


def test_a_folder_of_far_too_much_is_refused(packed: bytes, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    zipfile.ZipFile(io.BytesIO(packed)).extractall(tmp_path / "weir")
    monkeypatch.setattr(unpacked, "MOST_ENTRIES", 3)
    with pytest.raises(SamizdatError) as refused:
        import_file(tmp_path / "weir", tmp_path, tmp_path / "to")
    assert [problem.code for problem in refused.value.problems] == ["I44"]
