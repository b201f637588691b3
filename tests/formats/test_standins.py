"""Stand-ins: drawn as wide and as high as the face that is still on its way."""

import pytest

from samizdat.fonts import Family
from samizdat.formats.emphases import STYLES
from samizdat.formats.standins import stand_ins
from samizdat.formats.typeface import cut

LETTERS = frozenset("An eel in the lane.")


def test_a_stand_in_takes_the_room_of_the_face() -> None:
    faces = [face for face in cut(dict.fromkeys(STYLES, LETTERS)) if face.family == Family.SERIF]
    found = list(stand_ins(faces))
    assert {(one.bold, one.italic) for one in found} == {(face.bold, face.italic) for face in faces}
    for one in found:
        face = next(face for face in faces if (face.bold, face.italic) == (one.bold, one.italic))
        assert 0.8 < one.size < 1.2
        assert one.size * one.ascent == pytest.approx(face.ascent)
        assert one.size * one.descent == pytest.approx(face.descent)


def test_other_scripts_have_none() -> None:
    faces = list(cut({**dict.fromkeys(STYLES, frozenset()), (False, False): frozenset("كتاب")}))
    assert [face.family for face in faces] == [Family.ARABIC]
    assert list(stand_ins(faces)) == []
