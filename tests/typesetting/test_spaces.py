"""A no-break space is as wide as a space, whatever the font says."""

import hashlib
import io

import pytest
from fontTools.ttLib import TTFont

from samizdat import fonts
from samizdat.typesetting import spaces

CLEAR = [file for face in fonts.FACES if face.family in ("Samizdat Easy", "Samizdat Clear") if (file := fonts.file_of(face))]


@pytest.mark.parametrize("file", CLEAR, ids=lambda file: file.name)
def test_both_spaces_are_one_width_and_no_letter_changes_its_number(file: fonts.FontFile) -> None:
    data = spaces.served(file.name)
    with TTFont(io.BytesIO(data)) as mended, TTFont(file.path) as found:
        signs = mended.getBestCmap()
        assert mended["hmtx"][signs[0xA0]][0] == mended["hmtx"][signs[0x20]][0]
        assert mended.getGlyphOrder() == found.getGlyphOrder()
        assert {code: name for code, name in found.getBestCmap().items() if code != 0xA0}.items() <= signs.items()
    assert spaces.named(hashlib.sha256(data).hexdigest()) == file.name


def test_a_font_without_the_mistake_is_served_as_it_lies() -> None:
    file = fonts.file_of(next(face for face in fonts.FACES if face.family == "Samizdat Serif"))
    assert file is not None
    assert spaces.served(file.name) == file.path.read_bytes()
    assert spaces.named(file.digest) == file.name
