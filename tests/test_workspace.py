"""Finding books: by slug, by path, from anywhere; and what is said when there is none."""

import shutil
from pathlib import Path

import pytest

from samizdat import workspace as places
from samizdat.problems import SamizdatError
from samizdat.workspace import Workspace


def test_workspace_is_found_from_any_folder_below(workspace: Workspace) -> None:
    assert places.find(workspace.texts / "plain") == workspace
    assert places.find(workspace.root) == workspace


def test_books_are_named_by_slug_or_path_and_each_is_taken_once(workspace: Workspace, tmp_path: Path) -> None:
    elsewhere = tmp_path / "elsewhere" / "guest"
    shutil.copytree(workspace.texts / "plain", elsewhere)
    chosen = workspace.choose(("plain", "texts/plain", "elsewhere/guest"), workspace.root)
    assert chosen == (workspace.texts / "plain", elsewhere)


def test_no_name_means_every_book(workspace: Workspace) -> None:
    (workspace.texts / "notes-to-self").mkdir()
    assert workspace.choose((), workspace.root) == (workspace.texts / "plain",)


@pytest.mark.parametrize(
    ("name", "code", "hint"),
    [
        ("plian", "W02", "Did you mean “plain”?"),
        ("something-else", "W02", "The books here: plain."),
        ("..", "W03", "Check the name, or begin a new book with: samizdat new"),
    ],
)
def test_wrong_names_are_refused_with_advice(workspace: Workspace, name: str, code: str, hint: str) -> None:
    with pytest.raises(SamizdatError) as caught:
        workspace.choose((name,), workspace.texts)
    assert [(problem.code, problem.hint) for problem in caught.value.problems] == [(code, hint)]


def test_two_folders_of_one_name_would_overwrite_each_other(workspace: Workspace, tmp_path: Path) -> None:
    shutil.copytree(workspace.texts / "plain", tmp_path / "other" / "plain")
    with pytest.raises(SamizdatError, match="Two books are called “plain”"):
        workspace.choose(("plain", "other/plain"), workspace.root)


def test_without_texts_the_way_on_is_said(tmp_path: Path) -> None:
    with pytest.raises(SamizdatError) as caught:
        Workspace(tmp_path).books()
    assert caught.value.problems[0].code == "W01"


@pytest.mark.parametrize("slug", ["a", "eel-lane", "1984", "a" * 80])
def test_good_slugs(slug: str) -> None:
    places.check_slug(slug)


@pytest.mark.parametrize(
    ("slug", "suggestion"),
    [
        ("Eel Lane", "eel-lane"),
        ("-x", "x"),
        ("a--b", "a-b"),
        ("", "my-book"),
        ("été", "t"),
        ("a" * 81, "a" * 80),
        ("../up", "up"),
        ("con", "the-con"),
        ("lpt1", "the-lpt1"),
    ],
)
def test_bad_slugs_come_with_a_good_one(slug: str, suggestion: str) -> None:
    with pytest.raises(SamizdatError) as caught:
        places.check_slug(slug)
    assert caught.value.problems[0].hint == f"For example: {suggestion}"
    places.check_slug(suggestion)


def test_own_templates_come_before_those_of_the_house(workspace: Workspace) -> None:
    book = workspace.texts / "plain"
    assert places.template_folders(book) == (places.house_templates(),)
    (book / "templates").mkdir()
    assert places.template_folders(book) == (book / "templates", places.house_templates())
    assert (places.house_templates() / "shared").is_dir()


def test_an_empty_shelf_invites_a_first_book(tmp_path: Path) -> None:
    (tmp_path / "texts").mkdir()
    with pytest.raises(SamizdatError) as caught:
        Workspace(tmp_path).choose((), tmp_path)
    assert caught.value.problems[0].hint == "Begin one: samizdat new my-book"
