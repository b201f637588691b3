"""Pictures: the sound ones come in, the others are refused for a reason. The wording is in tests/checks/I06."""

import base64
import struct
from collections.abc import Callable
from io import BytesIO
from pathlib import Path

import pytest
from PIL import Image, ImageFile

from samizdat.importers.pictures import Pictures, UnfitPictureError
from samizdat.importers.svg import examine

Picture = Callable[..., bytes]


def pictures(folder: Path) -> Pictures:
    return Pictures(folder, lambda make, *_: make())


@pytest.mark.parametrize(("form", "media_type"), [("PNG", "image/png"), ("JPEG", "image/jpeg"), ("GIF", "image/gif")])
def test_kinds_and_sizes(form: str, media_type: str, tmp_path: Path) -> None:
    data = BytesIO()
    Image.new("RGB", (31, 17), (200, 10, 10)).save(data, form)
    (tmp_path / "a picture.bin").write_bytes(data.getvalue())
    picture = pictures(tmp_path).load("a%20picture.bin")
    assert (picture.path, picture.media_type, picture.width, picture.height) == ("a picture.bin", media_type, 31, 17)
    assert picture.data == data.getvalue()


@pytest.mark.parametrize("form", ["PNG", "JPEG", "GIF"])
def test_a_picture_cut_off_anywhere_is_refused(form: str, tmp_path: Path) -> None:
    data = BytesIO()
    Image.effect_noise((40, 40), 80).save(data, form)
    for length in (4, 11, 23, 60, len(data.getvalue()) // 2):
        (tmp_path / "cut.png").write_bytes(data.getvalue()[:length])
        with pytest.raises(UnfitPictureError):
            pictures(tmp_path).load("cut.png")


def test_a_cut_off_picture_is_refused_after_weasyprint_was_loaded_too(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(ImageFile, "LOAD_TRUNCATED_IMAGES", True)  # as importing weasyprint.images does
    test_a_picture_cut_off_anywhere_is_refused("PNG", tmp_path)


def test_a_link_out_of_the_folder_is_refused(tmp_path: Path, picture: Picture) -> None:
    (tmp_path / "secret.png").write_bytes(picture())
    folder = tmp_path / "book"
    folder.mkdir()
    (folder / "link.png").symlink_to(tmp_path / "secret.png")
    for name in (
        "link.png",
        "../secret.png",
        "%2e%2e/secret.png",
        str(tmp_path / "secret.png"),
        "x/../../secret.png",
        "a%00b",
        "",
    ):
        with pytest.raises(UnfitPictureError):
            pictures(folder).load(name)


SOUND = (
    '<?xml version="1.0"?><!-- drawn by hand -->'
    '<svg xmlns="http://www.w3.org/2000/svg" xmlns:xlink="http://www.w3.org/1999/xlink" '
    'width="40mm" height="2in" viewBox="0 0 4 5"><defs><style>.a{fill:url(#g)}</style><linearGradient id="g"/></defs>'
    '<use xlink:href="#g"/><image href="data:image/png;base64,AAAA"/><text style="fill: url( \'#g\' )">url(</text></svg>'
)


def test_a_sound_drawing() -> None:
    assert examine(SOUND.encode()) == (151, 192, "")
    assert examine(SOUND.replace('width="40mm" height="2in"', 'width="100%"').encode()) == (4, 5, "")


@pytest.mark.parametrize(
    "piece",
    [
        "<script>alert(1)</script>",
        "<a href='javascript:alert(1)'/>",
        "<a xlink:href=' JavaScript:alert(1)'/>",
        "<g onclick='x()'/>",
        "<g ONLOAD='x()'/>",
        "<image href='https://example.org/x.png'/>",
        "<image href='other.png'/>",
        "<use href='other.svg#a'/>",
        "<image href='data:image/svg+xml;base64,AAAA'/>",
        "<foreignObject/>",
        "<g style='fill:url(https://example.org/x.svg#a)'/>",
        "<g fill='url(\"x.svg\")'/>",
        "<style>@import 'x.css';</style>",
        "<style>a{b:u\\72l(x.svg)}</style>",
        "<style>@\\69mport 'https://example.org/x.css';</style>",
        "<style>a{b:url(#a);c:url(x)}</style>",
        "<set attributeName='xlink:href' to='x'/>",
        "<g xml:base='https://example.org/'><use href='#g'/></g>",
        "<?xml-stylesheet href='x.css'?>",
        "<rect style='mask-image: image-set(&quot;https://example.org/x.png&quot; 1x)'/>",
        "<style>rect { background: image('x.png') }</style>",
        "<x:img xmlns:x='http://www.w3.org/1999/xhtml' src='https://example.org/x.png'/>",
        "<x:meta xmlns:x='http://www.w3.org/1999/xhtml' http-equiv='refresh' content='0;url=x'/>",
        "<x:script xmlns:x='http://www.w3.org/2000/svg'/>",
        "<g>&x;</g>",
        "<g>",
    ],
)
def test_drawings_that_do_more_than_draw(piece: str) -> None:
    assert examine(SOUND.replace("<defs>", f"{piece}<defs>").encode())[2]


_TENFOLD = "".join(f'<g id="g{n}">{f"""<use href="#g{n - 1}"/>""" * 10}</g>' for n in range(1, 9))


@pytest.mark.parametrize(
    "piece",
    [
        f'<g id="g0"><path d="M0 0"/></g>{_TENFOLD}<use href="#g8"/>',
        '<g id="a"><use href="#b"/></g><g id="b"><use href="#a"/></g>',
        '<mask id="m"><rect mask="url(#m)" width="9" height="9"/></mask>',
        '<pattern id="p"><rect style="fill: url(\'#p\')" width="1" height="1"/></pattern>',
        "".join(f'<g id="g{n}"><use href="#g{n + 1}"/></g>' for n in range(2000)),
    ],
)
def test_drawings_without_end(piece: str) -> None:
    assert "draws" in examine(SOUND.replace("<defs>", f"{piece}<defs>").encode())[2]


def test_a_drawing_may_use_its_own_parts_and_link_to_itself() -> None:
    piece = '<g id="top"><a href="#top"><use href="#leaf"/></a></g><g id="leaf"><path d="M0 0" fill="#fff"/></g>'
    assert not examine(SOUND.replace("<defs>", f"{piece}<defs>").encode())[2]


@pytest.mark.parametrize(
    "data",
    [
        b"<!DOCTYPE svg PUBLIC 'x' 'http://www.w3.org/Graphics/SVG/1.1/DTD/svg11.dtd'><svg xmlns='http://www.w3.org/2000/svg'/>",
        b"<!DOCTYPE svg [<!ENTITY a 'aaaaaaaaaa'><!ENTITY b '&a;&a;&a;'>]><svg xmlns='http://www.w3.org/2000/svg'>&b;</svg>",
        b"<svg/>",
        b"<html xmlns='http://www.w3.org/1999/xhtml'><svg/></html>",
        b"<?xml-stylesheet href='x.css'?><svg xmlns='http://www.w3.org/2000/svg'/>",
        b"",
    ],
)
def test_files_that_are_no_drawings(data: bytes) -> None:
    assert examine(data)[2]


def test_a_picture_within_a_drawing_is_looked_at_like_any_other(tmp_path: Path, picture: Picture) -> None:
    sound = picture(40, 30)
    enormous = sound[:16] + struct.pack(">II", 60_000, 60_000) + sound[24:]
    for name, inside in (("sound", sound), ("enormous", enormous), ("cut", sound[: len(sound) // 2]), ("none", b"words")):
        drawing = SOUND.replace("AAAA", base64.b64encode(inside).decode())
        (tmp_path / f"{name}.svg").write_text(drawing)
    assert pictures(tmp_path).load("sound.svg").media_type == "image/svg+xml"
    for name, fault in (("enormous", "too many"), ("cut", "damaged"), ("none", "not a PNG")):
        with pytest.raises(UnfitPictureError, match=f"holds a picture that .*{fault}"):
            pictures(tmp_path).load(f"{name}.svg")
