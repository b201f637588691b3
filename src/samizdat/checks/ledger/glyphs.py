"""Glyphs as a page draws them: what each stands for and where it stands, in the order in which they are drawn.

The page's own operations are followed (ISO 32000-1, 8.4 and 9.4), with no guess of a viewer's between them and the words: nothing
is turned round, joined or written in another way. What drawn letters are told to say (14.9.4) they say, as far as they are drawn.
"""

from array import array
from dataclasses import dataclass
from functools import lru_cache
from math import hypot

import pikepdf
from pikepdf import Array, Dictionary, Name, Object, Stream

from samizdat.checks.ledger.founts import Fount, fount
from samizdat.checks.ledger.operands import (
    APART,
    EVERYWHERE,
    FIGURE,
    IDENTITY,
    IMAGE_WITHIN,
    INSTRUCTION,
    OPERANDS,
    TOLD,
    Box,
    Matrix,
    matrix,
    numbers,
    stretches,
    string,
    times,
    within,
)
from samizdat.checks.ledger.pieces import Piece, Run, Sheet, Strip
from samizdat.checks.ledger.words import UNDRAWN

INVISIBLE = 3
"""The mode in which letters are neither filled nor drawn round (9.3.6)."""
_MANY = 20_000
"""How many lines are remembered."""
_DEEP = 12
"""More forms within forms than any drawing has."""
_SELDOM = frozenset((b"Tr", b"Tc", b"Tw", b"Tz", b"TL", b"Td", b"TD", b"T*", b"'", b'"'))


class Founts:
    """The fonts of a document, each read once."""

    def __init__(self) -> None:
        """Begin with none."""
        self._known: dict[object, Fount] = {}

    def of(self, resources: Object) -> dict[bytes, Fount]:
        """Return fonts by the names that a page has for them."""
        found: dict[bytes, Fount] = {}
        for name, font in resources.get(Name.Font, Dictionary()).items():
            key = font.objgen if font.is_indirect else (name, id(resources))
            if key not in self._known:
                self._known[key] = fount(font)
            found[name.encode()] = self._known[key]
        return found


def drawn(page: pikepdf.Page, founts: Founts, scale: float = 1.0) -> Sheet:
    """Follow what a page draws; all distances are divided by `scale`."""
    follower = _Follower(founts)
    contents = page.obj.get(Name.Contents, Array())
    streams = list(contents) if isinstance(contents, Array) else [contents]
    data = b"\n".join(stream.read_bytes() for stream in streams if isinstance(stream, Stream))
    state = _State((1 / scale, 0.0, 0.0, 1 / scale, 0.0, 0.0))
    follower.follow(data, page.obj.get(Name.Resources, Dictionary()), state, 0)
    return follower.sheet


@dataclass(slots=True)
class _State:
    """What operations change, and what is put back when they say so (8.4.1 and 9.3.1)."""

    matrix: Matrix
    face: Fount | None = None
    size: float = 1.0
    letter_space: float = 0.0
    word_space: float = 0.0
    stretch: float = 1.0
    leading: float = 0.0
    rise: float = 0.0
    mode: int = 0
    window: Box = EVERYWHERE

    def again(self) -> "_State":
        """Return the same once more; by hand, since this is done for each piece of a page."""
        return _State(
            *(self.matrix, self.face, self.size, self.letter_space, self.word_space),
            *(self.stretch, self.leading, self.rise, self.mode, self.window),
        )


class _Follower:
    """Follows the operations of a page, and of the forms that it draws."""

    def __init__(self, founts: Founts) -> None:
        self.sheet = Sheet()
        self._founts = founts
        self._marks: list[bool] = []
        """Of each piece of marked content that is not ended yet, whether it tells what its letters say."""
        self._told: str | None = None
        self._line: Matrix = IDENTITY
        self._piece: Piece | None = None
        self._along = 0.0
        """How far into the line the next letter is shown, in units of its text."""

    def follow(self, data: bytes, resources: Object, state: _State, depth: int) -> None:
        """Follow a stream of operations."""
        faces = self._founts.of(resources)
        kept: list[_State] = []
        if b"EI" in data:
            data = IMAGE_WITHIN.sub(b"", data)
        for operands, operator in INSTRUCTION.findall(data):
            match operator:
                case b"TJ" | b"Tj":
                    self._show(operands, state)
                case b"q":
                    kept.append(state.again())
                case b"Q" if kept:
                    state = kept.pop()
                case b"cm":
                    state.matrix = times(matrix(operands), state.matrix)
                case b"BT":
                    self._begin(IDENTITY)
                case b"Tm":
                    self._begin(matrix(operands))
                case b"Tf":
                    name, size = operands.split()
                    state.face, state.size = faces.get(name), float(size)
                case b"Ts":
                    state.rise = float(operands)
                case b"Do":
                    self._do(operands.strip().decode(), resources, state, depth)
                case b"BDC" | b"BMC":
                    self._mark(operands)
                case b"EMC" if self._marks:
                    if self._marks.pop():
                        if self._piece and not self._piece.bears_out:
                            self._piece.told = None
                        self._told = self._piece = None
                case _ if operator in _SELDOM:
                    self._seldom(operands, operator, state)
                case _:
                    pass

    def _seldom(self, operands: bytes, operator: bytes, state: _State) -> None:
        """Do what hardly any page asks for."""
        match operator:
            case b"Tr":
                state.mode = int(operands)
            case b"Tc":
                state.letter_space = float(operands)
            case b"Tw":
                state.word_space = float(operands)
            case b"Tz":
                state.stretch = float(operands) / 100
            case b"TL":
                state.leading = float(operands)
            case b"Td" | b"TD":
                x, y = map(float, operands.split())
                if operator == b"TD":
                    state.leading = -y
                self._begin(times((1.0, 0.0, 0.0, 1.0, x, y), self._line))
            case b"T*":
                self._begin(times((1.0, 0.0, 0.0, 1.0, 0.0, -state.leading), self._line))
            case b"'" | b'"':
                if operator == b'"':
                    spaces = OPERANDS.findall(operands)
                    state.word_space, state.letter_space, operands = float(spaces[0]), float(spaces[1]), spaces[2]
                self._begin(times((1.0, 0.0, 0.0, 1.0, 0.0, -state.leading), self._line))
                self._show(operands, state)
            case _:
                pass

    def _begin(self, line: Matrix) -> None:
        """Begin a line of text."""
        self._line, self._along = line, 0.0
        if self._told is None:
            self._piece = None

    def _mark(self, operands: bytes) -> None:
        """Begin marked content."""
        told = TOLD.search(operands)
        self._marks.append(bool(told) and self._told is None)
        if told and self._told is None:
            self._told, self._piece = string(told[1]), None
        if figure := FIGURE.match(operands):
            self.sheet.figures.append(int(figure[1]))

    def _do(self, name: str, resources: Object, state: _State, depth: int) -> None:
        """Draw a picture, or a form with operations of its own (8.10)."""
        thing = resources.get(Name.XObject, Dictionary()).get(name)
        if not isinstance(thing, Stream):
            return
        if thing.get(Name.Subtype) == Name.Image:
            self.sheet.pictures[int(thing.get(Name.Width, 0)), int(thing.get(Name.Height, 0))] += 1
        elif depth < _DEEP:
            inner = state.again()
            inner.matrix = times(numbers(list(thing.get(Name.Matrix, IDENTITY))), state.matrix)
            left, bottom, right, top = (float(edge) for edge in thing.get(Name.BBox, EVERYWHERE))
            inner.window = within((left, bottom, right, top), inner.matrix, state.window)
            self.follow(thing.read_bytes(), thing.get(Name.Resources, resources), inner, depth + 1)

    # ---- letters

    def _show(self, operands: bytes, state: _State) -> None:
        """Draw letters, in the font and at the place that have been chosen."""
        face, em = state.face, state.size
        if face is None:
            return
        a, b, c, d, e, f = times(self._line, state.matrix)
        unit = hypot(a, b) or 1.0
        size = abs(em) * hypot(c, d)
        along = self._along
        piece = self._piece
        if piece is None:
            rise = state.rise
            piece = Piece(
                e + a * along + c * rise,
                f + b * along + d * rise,
                (a / unit, b / unit),
                size,
                told=self._told,
                window=state.window,
            )
            self.sheet.pieces.append(piece)
            self._piece = piece
        begun = len(piece.strips)
        origin = (e + a * along - piece.x) * piece.towards[0] + (f + b * along - piece.y) * piece.towards[1]
        step = em * state.stretch / 1000
        shift = 0.0
        for codes, text, length, moved in _shown(face, operands):
            place = origin + shift * unit
            shift += length * step + self._spaces(codes, state)
            piece.strips.append(Strip(place, codes, text, face, size))
            reached = origin + shift * unit
            piece.low, piece.high = min(piece.low, place, reached), max(piece.high, place, reached)
            shift -= moved * step
            if moved < -APART and not text[-1:].isspace():
                piece.strips.append(Strip(reached, array("H"), UNDRAWN, face, size))
        piece.end = origin + shift * unit
        self._along = along + shift
        words = "".join([strip.text for strip in piece.strips[begun:]])
        if self._told is not None:
            words = "" if begun else self._told
        self.sheet.runs.append(Run(face.name, words, piece.y, size))
        if state.mode == INVISIBLE:
            self.sheet.unseen.append(words)

    def _spaces(self, codes: "array[int]", state: _State) -> float:
        """Return what letters and words are set apart by (9.3.2 and 9.3.3)."""
        if not state.letter_space and not state.word_space:
            return 0.0
        words = codes.count(32) if state.face and not state.face.wide else 0
        return (len(codes) * state.letter_space + words * state.word_space) * state.stretch


@lru_cache(_MANY)
def _shown(face: Fount, operands: bytes) -> tuple[tuple["array[int]", str, float, float], ...]:
    """Return letters that are shown in stretches: codes, what they say, how wide they are, how far is moved after them.

    Editions that are drawn from the same pages show the same.
    """
    found = ((face.codes(data), moved) for data, moved in stretches(operands, face.spaces))
    return tuple((codes, face.text(codes), face.length(codes), moved) for codes, moved in found)
