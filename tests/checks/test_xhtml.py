"""Each fault is planted once; without it there is nothing to say."""

import base64
import hashlib

import pytest

from samizdat.checks.xhtml import check

HEAD = '<head><title>Page</title><link rel="stylesheet" href="style.css"/></head>'
FILES = ("style.css", "images/star.png")


def page(body: str, head: str = HEAD, attributes: str = 'lang="en" xml:lang="en"') -> bytes:
    return f'<html xmlns="http://www.w3.org/1999/xhtml" {attributes}>\n{head}\n<body>\n{body}\n</body></html>'.encode()


SOUND = """<p id="one">See <a href="two.xhtml#note">there</a>, <a href="#one">here</a>, <a href="./two.xhtml">all of it</a>
and <a href="https://example.org/?a=b#c">elsewhere</a>, or <a href="mailto:a@example.org">write</a>.</p>
<p><img src="images/star.png" alt=""/> <img src="images/st%61r.png" alt="A star"/>
<img src="data:image/gif;base64,R0" alt="x"/></p>"""
OTHER = page('<p id="note">Note, <a href="one.xhtml#one">back</a></p>')


def test_sound_pages_pass() -> None:
    assert list(check({"one.xhtml": page(SOUND), "two.xhtml": OTHER}, FILES)) == []


FAULTS = {
    "unclosed": ("X10", "<p>"),
    "ampersand": ("X10", "<p>a & b</p>"),
    "named character": ("X10", "<p>a&nbsp;b</p>"),
    "id twice": ("X11", '<p id="same">a</p><p id="same">b</p>'),
    "missing file": ("X12", '<a href="three.xhtml">x</a>'),
    "missing picture": ("X12", '<img src="images/moon.png" alt="x"/>'),
    "missing fragment": ("X12", '<a href="two.xhtml#nowhere">x</a>'),
    "missing fragment here": ("X12", '<a href="#nowhere">x</a>'),
    "out of the book": ("X12", '<a href="../../secret.txt">x</a>'),
    "own machine": ("X12", '<a href="file:///home/me/x.html">x</a>'),
    "not an address": ("X12", '<a href="http://[::1">x</a>'),
    "no alt": ("X13", '<img src="images/star.png"/>'),
    "remote picture": ("X14", '<img src="https://example.org/x.png" alt="x"/>'),
    "remote without scheme": ("X14", '<img src="//example.org/x.png" alt="x"/>'),
    "remote in srcset": ("X14", '<img src="images/star.png" srcset="images/star.png 1x, http://a.example/b.png 2x" alt="x"/>'),
    "remote in a style": ("X14", '<p style="background:url(http://a.example/b.png)">x</p>'),
    "remote import": ("X14", '<style>@import "http://a.example/b.css";</style>'),
    "remote svg": (
        "X14",
        '<svg xmlns="http://www.w3.org/2000/svg" xmlns:xlink="http://www.w3.org/1999/xlink"><image xlink:href="http://a.example/b"/></svg>',
    ),
    "script": ("X15", "<script>1</script>"),
    "handler": ("X15", '<p onclick="x()">a</p>'),
    "script link": ("X15", '<a href="javascript:x()">a</a>'),
}


@pytest.mark.parametrize(("code", "body"), FAULTS.values(), ids=FAULTS.keys())
def test_a_fault_is_found(code: str, body: str) -> None:
    problems = list(check({"one.xhtml": page("<p>before</p>\n" + body), "two.xhtml": page('<p id="note">x</p>')}, FILES))
    assert [(problem.code, problem.place.file) for problem in problems] == [(code, "one.xhtml")]
    assert problems[0].place.line >= 5


@pytest.mark.parametrize(
    ("code", "spoiled"),
    [
        ("X16", page("", attributes="")),
        ("X16", page("", attributes='lang="en" xml:lang="de"')),
        ("X17", page("", head="<head><title> </title></head>")),
        ("X17", page("", head="<head></head>")),
    ],
)
def test_a_faulty_head_is_found(code: str, spoiled: bytes) -> None:
    assert [problem.code for problem in check({"one.xhtml": spoiled}, FILES)] == [code]


def test_the_place_names_line_and_element() -> None:
    (problem,) = check({"one.xhtml": page('<p>a</p>\n<img src="images/star.png" class="wide"/>')}, FILES)
    assert (problem.place.line, problem.place.excerpt) == (5, '<img src="images/star.png" class="wide">')


def test_an_entity_that_reads_a_file_is_not_followed() -> None:
    hostile = b'<!DOCTYPE html [<!ENTITY x SYSTEM "file:///etc/hostname">]>' + page('<p id="one">&x;</p>')
    assert {problem.code for problem in check({"one.xhtml": hostile}, FILES)} <= {"X10"}


def _scripted(text: str, policy: str) -> list[str]:
    meta = f'<meta http-equiv="Content-Security-Policy" content="{policy}"/><title>Page</title>'
    return [problem.code for problem in check({"one.xhtml": page(f"<script>{text}</script>", f"<head>{meta}</head>")})]


def test_a_script_runs_only_if_the_policy_of_its_page_names_it() -> None:
    digest = base64.b64encode(hashlib.sha256(b"let eel = 1;").digest()).decode()
    assert _scripted("let eel = 1;", f"script-src 'sha256-{digest}'") == []
    assert _scripted("let eel = 2;", f"script-src 'sha256-{digest}'") == ["X15"]
    assert _scripted("let eel = 1;", "script-src 'self'") == ["X15"]
    assert list(check({"one.xhtml": page('<script type="application/ld+json">{}</script>')}, FILES)) == []
