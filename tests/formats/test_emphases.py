"""Which letters may be bold or italic: by the elements that are so of themselves, and by the style sheet."""

import pytest

from samizdat.formats.emphases import letters_by_style

BOLD, ITALIC, BOTH = (True, False), (False, True), (True, True)


def letters(style: str, markup: str) -> dict[tuple[bool, bool], str]:
    page = f"<html><head><title>z</title></head><body>{markup}<script>y</script></body></html>"
    return {
        style: "".join(sorted(filter(str.isalpha, found))) for style, found in letters_by_style([page.encode()], style).items()
    }


def test_elements_say_what_they_are() -> None:
    found = letters("", "<p>a<em>b<strong>c</strong>d</em>e <strong>f</strong><!-- g -->h</p>")
    assert found == {(False, False): "abcdefh", ITALIC: "bcd", BOLD: "cf", BOTH: "c"}


@pytest.mark.parametrize(
    ("style", "italic"),
    [
        ("", "b"),
        ("/* p { font-style: italic; } */ a { color: red }", "b"),
        ("p > .x:first-child, q::before { font-style: italic; }", "bc"),
        ("@media print { p { font: italic 1rem/1.3 serif } }", "abcd"),
        ("em { font-style: normal } .x { font-style: normal; }", ""),
        ("h1, em { font-style: normal } .x em { font-style: oblique; }", ""),
        ("#here { font-style: italic; }", "abcd"),
        (".y span { font-style: italic; } .y > em + .x { font-style: italic }", "b"),
        ("body > p .x, .z p { font-style: italic; }", "bc"),
        ("em + span { font-style: italic; }", "bc"),
        (":is(.x, .y) { font-style: italic; }", "abcd"),
        ("@font-face { font-style: italic; } @font-face { font-family: x; }", "b"),
    ],
)
def test_a_style_sheet_may_say_more_and_is_never_understood_too_narrowly(style: str, italic: str) -> None:
    assert letters(style, '<p>a<em>b</em><span class="x">c</span>d</p>')[ITALIC] == italic


def test_a_style_that_sets_anything_has_figures_for_lists_and_hyphens() -> None:
    found = letters_by_style([b"<p><em>x</em></p>"], "")
    assert found[ITALIC] >= set("1-\u2010")
    assert found[BOLD] == frozenset()
