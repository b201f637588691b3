"""The door to pandoc: it opens nothing, and does not wait for ever."""

import json
from pathlib import Path

import pytest

from samizdat.importers import pandoc
from samizdat.problems import SamizdatError


def test_no_file_is_read(tmp_path: Path) -> None:
    (tmp_path / "secret.txt").write_text("secret", "utf-8")
    for text in (
        f"```{{include={tmp_path}/secret.txt}}\n```",
        f"\\input{{{tmp_path}/secret.txt}}",
        f"![x]({tmp_path}/secret.txt)",
    ):
        assert b'"secret"' not in pandoc.parse(text)


def test_no_surprises() -> None:
    text = "---\ntitle: x\n---\n\n% y\n\n@cite :smile: http://x.example (@) a\n\n[A]\n\n# A\n"
    tree = json.loads(pandoc.parse(text))
    assert tree["meta"] == {}
    assert '"Cite"' not in json.dumps(tree)
    assert '"Link"' not in json.dumps(tree)


def test_a_text_without_end_is_given_up(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(pandoc, "_SECONDS", 0.2)
    with pytest.raises(SamizdatError, match="reasonable time"):
        pandoc.parse("[" * 3000)


def test_without_pandoc(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(pandoc, "_binary", lambda: Path("/nowhere/pandoc"))
    with pytest.raises(SamizdatError) as raised:
        pandoc.parse("x")
    assert raised.value.problems[0].code == "I09"


def test_what_pandoc_refuses_is_told() -> None:
    with pytest.raises(SamizdatError, match="Unknown input format"):
        pandoc.parse("x", "no-such-format")
