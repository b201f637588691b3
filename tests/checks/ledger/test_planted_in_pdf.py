"""Losses are planted in finished PDFs and printed sheets, at places drawn by lot, and the ledger finds every one."""

import io
import random
import re
import unicodedata
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from itertools import pairwise
from typing import Any

import pikepdf
import pytest

from samizdat.checks.ledger import Account
from samizdat.model.book import Book

Editions = Mapping[str, tuple[Book, Mapping[str, bytes]]]
Count = Callable[[Book, Mapping[str, bytes]], Account]
EDITIONS = ("screen", "print", "large-print", "pamphlet")
Glyph = tuple[int, str]
"""Its code, and what it says; a shift has the code -1 and its size as the text."""
_MAPPED = re.compile(rb"<([0-9a-f]{4})> <([0-9a-f]+)>", re.IGNORECASE)


def said_by(font: pikepdf.Object) -> dict[int, str]:
    """Read what a font's glyphs say."""
    table = font.ToUnicode.read_bytes()
    return {int(code, 16): bytes.fromhex(sign.decode()).decode("utf-16-be", "replace") for code, sign in _MAPPED.findall(table)}


@dataclass
class Shown:
    """A run of glyphs that is drawn at once, and the instructions that it is among."""

    stream: "Stream"
    place: int
    font: str
    glyphs: list[Glyph]

    @property
    def text(self) -> str:
        return "".join(sign for code, sign in self.glyphs if code >= 0)

    def put(self, start: int, end: int, new: str) -> bool:
        """Draw other signs from one sign to another; says whether the font has them."""
        codes = {sign: code for code, sign in self.stream.fonts[self.font].items()}
        if not all(sign in codes for sign in new):
            return False
        at, kept, done = 0, list[Glyph](), False
        for code, sign in self.glyphs:
            length = len(sign) if code >= 0 else 0
            if at + length <= start or at >= end:
                if at >= end and not done:
                    kept += [(codes[each], each) for each in new]
                    done = True
                kept.append((code, sign))
            elif at < start or at + length > end:
                return False  # a ligature that is half in
            at += length
        if not done:
            kept += [(codes[each], each) for each in new]
        self.draw(kept)
        return True

    def draw(self, glyphs: list[Glyph]) -> None:
        self.glyphs = glyphs
        row: list[Any] = [code.to_bytes(2, "big") if code >= 0 else float(sign) for code, sign in glyphs]
        self.stream.instructions[self.place] = ([pikepdf.Array(row)], pikepdf.Operator("TJ"))


@dataclass
class Stream:
    """A page, or a page that is drawn on a sheet."""

    pdf: pikepdf.Pdf
    thing: Any
    fonts: dict[str, dict[int, str]]
    names: dict[str, str]
    instructions: list[Any]

    def shown(self) -> Iterator[Shown]:
        font = ""
        for place, (operands, operator) in enumerate(self.instructions):
            if str(operator) == "Tf":
                font = str(operands[0])
            elif str(operator) in {"TJ", "Tj"}:
                row = operands[0] if str(operator) == "TJ" else [operands[0]]
                glyphs: list[Glyph] = []
                for each in row:
                    if isinstance(each, pikepdf.String):
                        codes = bytes(each)
                        pairs = (int.from_bytes(codes[i : i + 2], "big") for i in range(0, len(codes), 2))
                        glyphs += [(code, self.fonts[font].get(code, "")) for code in pairs]
                    else:
                        glyphs.append((-1, str(each)))
                yield Shown(self, place, font, glyphs)

    def close(self) -> None:
        data = pikepdf.unparse_content_stream(self.instructions)
        if isinstance(self.thing, pikepdf.Page):
            self.thing.obj.Contents = self.pdf.make_stream(data)
        else:
            self.thing.write(data)


def streams(pdf: pikepdf.Pdf) -> list[Stream]:
    """Return all that draws text, each once."""
    things: dict[object, Any] = {}
    for page in pdf.pages:
        things[page.obj.objgen] = page
        for form in page.obj.Resources.get("/XObject", {}).values():
            if form.get("/Subtype") == "/Form":
                things[form.objgen] = form
    found = []
    for thing in things.values():
        resources: Any = (thing.obj if isinstance(thing, pikepdf.Page) else thing).get("/Resources", {})
        all_fonts = dict(resources.get("/Font", {}).items())
        fonts = {name: said_by(font) for name, font in all_fonts.items() if "/ToUnicode" in font}
        names = {name: str(font.BaseFont) for name, font in all_fonts.items()}
        found.append(Stream(pdf, thing, fonts, names, list(pikepdf.parse_content_stream(thing))))
    return found


def bare(text: str) -> str:
    return unicodedata.normalize("NFC", "".join(c for c in unicodedata.normalize("NFD", text) if not unicodedata.combining(c)))


LETTER = r"[^\W\d_]"
MARKED = "[" + "".join(chr(c) for c in range(0xC0, 0x500) if len(unicodedata.normalize("NFD", chr(c))) > 1) + "]"
Change = Callable[[re.Match[str]], str]
WORDS: Mapping[str, tuple[str, Change]] = {
    "a word": (rf"(?<!\S){LETTER}{{2,}}\s|\s{LETTER}{{2,}}(?!\S)", lambda _: ""),
    "a word changed": (rf"({LETTER}{{2,}})(?:n|o|m)\b", lambda found: found[1] + ("t" if found[0][-1] != "t" else "s")),
    "a word twice": (rf"(?<!\S)({LETTER}{{3,}})\s", lambda found: found[0] + found[0]),
    "two words swapped": (rf"(?<!\S)({LETTER}{{2,}}) (?!\1\b)({LETTER}{{2,}})(?!\S)", lambda found: f"{found[2]} {found[1]}"),
    "a letter": (rf"(?<={LETTER}){LETTER}(?={LETTER})", lambda _: ""),
    "an accent": (MARKED, lambda found: bare(found[0])),
    "a digit": (r"\d(?=\d)", lambda _: ""),
    "digits swapped": (r"(\d)(?!\1)(\d)", lambda found: found[2] + found[1]),
    "a mark of punctuation": (r"[.,;:?،。、](?=\s|$)", lambda _: ""),
    "a mark of punctuation changed": (r"[.,;](?=\s)", lambda found: "," if found[0] != "," else "."),
    "a quotation mark": (r"[‘’“”«»]", lambda _: ""),
    "a dash": ("[—–]", lambda _: "-"),
    "a hyphen within a word": (r"(?<=\w)[-‐־](?=\w)", lambda _: ""),
    "a hyphen too much": (rf"(?<={LETTER}{LETTER})(?={LETTER}{LETTER})", lambda _: "-"),
    "a bracket turned": (r"\((?=[a-z])|(?<=[a-z])\)", lambda found: ")" if found[0] == "(" else "("),
    "a space": (r"(?<=\w) (?=\w)", lambda _: ""),
    "a space after a comma": (r"(?<=[,.;:،]) (?=\w)", lambda _: ""),
    "a space too much": (r"(?<=\w\w)(?=\w\w)", lambda _: " "),
    "a capital": (rf"(?<=[a-z] )[A-ZА-ЯΑ-Ω](?={LETTER})", lambda found: found[0].lower()),
    "a ligature's half": (r"f(?=\ufb01|f|i)", lambda _: ""),
    "a Hebrew or Arabic word": (r"[\u0590-\u06ff\ufb00-\ufeff]{3,}\s", lambda _: ""),
    "Hebrew or Arabic words swapped": (
        r"([\u0590-\u06ff\ufb00-\ufeff]{3,}) ([\u0590-\u06ff\ufb00-\ufeff]{3,})",
        lambda found: f"{found[2]} {found[1]}",
    ),
    "a Hebrew or Arabic letter": (r"(?<=[\u0590-\u064a]{2})[\u0590-\u064a]", lambda _: ""),
    "a mark beside Hebrew or Arabic": (
        r"(?<=[\u0590-\u06ff])[.,:()«»،](?= )|(?<= )[.,:()«»،](?=[\u0590-\u06ff])",
        lambda _: "",
    ),
    "a Japanese sign": ("[\u3041-\u9fff]", lambda _: ""),
    "Japanese signs swapped": ("([\u3041-\u9fff])(?!\\1)([\u3041-\u9fff])", lambda found: found[2] + found[1]),
    "the end of a line": (r"\s\S+\s\S+$", lambda _: ""),
}
"""Each loss: where there is something to be lost, and what is left of it."""

Spoil = Callable[[list[Shown], random.Random], str]


def _line_gone(rows: list[Shown], lot: random.Random) -> str:
    row = lot.choice(rows)
    said = row.text
    row.draw([])
    return said


def _lines_swapped(rows: list[Shown], lot: random.Random) -> str:
    pairs = [(a, b) for a, b in pairwise(rows) if a.stream is b.stream and a.font == b.font and a.text != b.text]
    one, other = lot.choice([(a, b) for a, b in pairs if len(a.text) > 5 and len(b.text) > 5])
    said = f"{one.text} / {other.text}"
    mine, theirs = one.glyphs, other.glyphs
    one.draw(theirs)
    other.draw(mine)
    return said


def _moved(x: float, y: float, shortest: int = 0) -> Spoil:
    """Move a line away from where it stands, in points; a short one has room beside it on a large page, and is no loss."""

    def spoil(rows: list[Shown], lot: random.Random) -> str:
        row = lot.choice([row for row in rows if len(row.text) > shortest])
        for place in range(row.place, -1, -1):
            operands, operator = row.stream.instructions[place]
            if str(operator) == "Tm":
                matrix = [*map(float, operands)]
                row.stream.instructions[place] = ([*matrix[:4], matrix[4] + x, matrix[5] + y], operator)
                return row.text
        return ""

    return spoil


def _middle_moved(rows: list[Shown], lot: random.Random) -> str:
    """Move words within a line beside the paper, and leave those before and after them where they are."""
    row = lot.choice([row for row in rows if len([sign for code, sign in row.glyphs if code >= 0]) > 20])
    third = len(row.glyphs) // 3
    begun, moved, ended = row.glyphs[:third], row.glyphs[third : 2 * third], row.glyphs[2 * third :]
    said = "".join(sign for code, sign in moved if code >= 0)
    row.draw([*begun, (-1, "300000"), *moved, (-1, "-300000"), *ended])
    return said


def _unseen(rows: list[Shown], lot: random.Random) -> str:
    row = lot.choice(rows)
    row.stream.instructions.insert(row.place + 1, ([0], pikepdf.Operator("Tr")))
    row.stream.instructions.insert(row.place, ([3], pikepdf.Operator("Tr")))
    return row.text


EMPHATIC = {"coffee beans", "lamp", "lit", "very late", "The Carrier’s Almanack"}


def _upright(rows: list[Shown], lot: random.Random) -> str:
    """Draw emphasised words in the letters of all others."""
    for row in lot.sample(rows, len(rows)):
        stream = row.stream
        if re.search("Italic|Bold|Oblique", stream.names.get(row.font, "")):
            upright = [name for name, each in stream.names.items() if not re.search("Italic|Bold|Oblique", each)]
            faces = (
                (name, {sign: code for code, sign in stream.fonts[name].items()}) for name in upright if name in stream.fonts
            )
            plain, codes = next((face for face in faces if set(row.text) <= set(face[1])), ("", {}))
            if plain and row.text.strip() in EMPHATIC and row.place:
                said = row.text
                size = next(operands[1] for operands, operator in stream.instructions[row.place :: -1] if str(operator) == "Tf")
                row.draw([(codes[sign], sign) for sign in row.text])
                stream.instructions.insert(row.place + 1, ([pikepdf.Name(row.font), size], pikepdf.Operator("Tf")))
                stream.instructions.insert(row.place, ([pikepdf.Name(plain), size], pikepdf.Operator("Tf")))
                return said
    return ""


LINES: Mapping[str, Spoil] = {
    "a line": _line_gone,
    "lines swapped": _lines_swapped,
    "a line below the trim": _moved(0, 2000),
    "a line beside the trim": _moved(-2000, 0),
    "an end beside the trim": _moved(400, 0, 20),
    "a middle beside the trim": _middle_moved,
    "a line that is not seen": _unseen,
    "an emphasis": _upright,
}


def _weight(page: pikepdf.Page) -> int:
    """Say how much is drawn on a page; a blank one is no loss."""
    forms = page.obj.Resources.get("/XObject", {}).values()
    return sum(len(stream.read_bytes()) for stream in (*_contents(page), *forms) if isinstance(stream, pikepdf.Stream))


def _contents(page: pikepdf.Page) -> list[Any]:
    contents = page.obj.get("/Contents", pikepdf.Array())
    return list(contents) if isinstance(contents, pikepdf.Array) else [contents]


def _page_gone(pdf: pikepdf.Pdf, lot: random.Random) -> str:
    number = lot.choice([number for number, page in enumerate(pdf.pages) if _weight(page) > 1000])
    del pdf.pages[number]
    return f"page {number + 1}"


def _last_page_gone(pdf: pikepdf.Pdf, _lot: random.Random) -> str:
    del pdf.pages[-1]
    return "the last"


def _pages_swapped(pdf: pikepdf.Pdf, lot: random.Random) -> str:
    full = [number for number, page in enumerate(pdf.pages) if _weight(page) > 1000]
    one, other = sorted(lot.sample(full, 2))
    first, second = pdf.pages[one].obj, pdf.pages[other].obj
    for key in {*first.keys(), *second.keys()} - {"/Parent", "/Type"}:
        mine, theirs = first.get(key), second.get(key)
        for page, value in ((first, theirs), (second, mine)):
            if value is None:
                del page[key]
            else:
                page[key] = value
    return f"pages {one + 1} and {other + 1}"


def _page_twice(pdf: pikepdf.Pdf, lot: random.Random) -> str:
    number = lot.choice([number for number, page in enumerate(pdf.pages) if _weight(page) > 1000])
    pdf.pages.insert(number, pdf.pages[number])
    return f"page {number + 1}"


def _trimmed(pdf: pikepdf.Pdf, lot: random.Random) -> str:
    number = lot.choice([number for number, page in enumerate(pdf.pages) if _weight(page) > 4000])
    page = pdf.pages[number]
    left, bottom, right, top = (float(edge) for edge in page.trimbox)
    page.trimbox = pikepdf.Array([left, bottom + (top - bottom) * 0.75, right, top])
    return f"page {number + 1}"


def _links(pdf: pikepdf.Pdf) -> list[tuple[pikepdf.Page, int]]:
    return [
        (page, number) for page in pdf.pages for number, each in enumerate(page.obj.get("/Annots", ())) if each.Subtype == "/Link"
    ]


def _link_gone(pdf: pikepdf.Pdf, lot: random.Random) -> str:
    links = _links(pdf)
    if not links:
        return ""
    page, number = lot.choice(links)
    said = repr(page.obj.Annots[number].get("/Dest", page.obj.Annots[number].get("/A")))
    del page.obj.Annots[number]
    return said


def _index_link_gone(pdf: pikepdf.Pdf, lot: random.Random) -> str:
    links = [(page, number) for page, number in _links(pdf) if "-ix" in str(page.obj.Annots[number].get("/Dest"))]
    page, number = lot.choice(links)
    said = repr(page.obj.Annots[number].Dest)
    del page.obj.Annots[number]
    return said


def _link_elsewhere(pdf: pikepdf.Pdf, lot: random.Random) -> str:
    links = _links(pdf)
    if not links:
        return ""
    page, number = lot.choice(links)
    link = page.obj.Annots[number]
    said = repr(link.get("/Dest", link.get("/A")))
    if "/A" in link:
        link.A.URI = pikepdf.String("https://example.com/")
    else:
        link.Dest = pikepdf.Array([pdf.pages[0].obj, pikepdf.Name.Fit])
    return said


def _link_nowhere(pdf: pikepdf.Pdf, lot: random.Random) -> str:
    links = [(page, number) for page, number in _links(pdf) if "/Dest" in page.obj.Annots[number]]
    if not links:
        return ""
    page, number = lot.choice(links)
    said = repr(page.obj.Annots[number].Dest)
    page.obj.Annots[number].Dest = pikepdf.String("nowhere")
    return said


def _pictures(pdf: pikepdf.Pdf) -> list[tuple[Any, str]]:
    holders = [page.obj.Resources for page in pdf.pages]
    holders += [form.Resources for holder in holders for form in holder.get("/XObject", {}).values() if "/Resources" in form]
    return [(holder, name) for holder in holders for name, each in holder.get("/XObject", {}).items() if each.Subtype == "/Image"]


def _picture_gone(pdf: pikepdf.Pdf, lot: random.Random) -> str:
    holder, name = lot.choice(_pictures(pdf))
    empty = pdf.make_stream(b"")
    empty.Type, empty.Subtype, empty.BBox = pikepdf.Name.XObject, pikepdf.Name.Form, pikepdf.Array([0, 0, 1, 1])
    holder.XObject[name] = empty
    return name


def _picture_other(pdf: pikepdf.Pdf, lot: random.Random) -> str:
    holder, name = lot.choice(_pictures(pdf))
    other = pdf.make_stream(b"\x80" * 4)
    other.Type, other.Subtype, other.Width, other.Height = pikepdf.Name.XObject, pikepdf.Name.Image, 2, 2
    other.ColorSpace, other.BitsPerComponent = pikepdf.Name.DeviceGray, 8
    holder.XObject[name] = other
    return name


def _alt_gone(pdf: pikepdf.Pdf, lot: random.Random) -> str:
    described = [
        each for each in pdf.objects if isinstance(each, pikepdf.Dictionary) and each.get("/S") == "/Figure" and "/Alt" in each
    ]
    if not described:
        return ""
    figure = lot.choice(described)
    said = str(figure.Alt)
    figure.Alt = pikepdf.String("A picture")
    return said


def _outline_gone(pdf: pikepdf.Pdf, lot: random.Random) -> str:
    with pdf.open_outline() as outline:
        if not outline.root:
            return ""
        return str(outline.root.pop(lot.randrange(len(outline.root))).title)


def _outline_renamed(pdf: pikepdf.Pdf, lot: random.Random) -> str:
    with pdf.open_outline() as outline:
        if not outline.root:
            return ""
        entry = lot.choice(outline.root)
        said, entry.title = str(entry.title), "Something Else"
        return said


def _outline_swapped(pdf: pikepdf.Pdf, _lot: random.Random) -> str:
    with pdf.open_outline() as outline:
        if len(outline.root) < 3:
            return ""
        outline.root[1], outline.root[2] = outline.root[2], outline.root[1]
        return "entries 2 and 3"


def _outline_elsewhere(pdf: pikepdf.Pdf, lot: random.Random) -> str:
    with pdf.open_outline() as outline:
        if not outline.root:
            return ""
        entry = lot.choice(outline.root[1:])
        entry.destination, entry.action = pikepdf.Array([pdf.pages[0].obj, pikepdf.Name.Fit]), None
        return str(entry.title)


def _accents_unsaid(pdf: pikepdf.Pdf, _lot: random.Random) -> str:
    """Let a font say e where it draws é."""
    done = ""
    for each in pdf.objects:
        if isinstance(each, pikepdf.Dictionary) and each.get("/Type") == "/Font" and "/ToUnicode" in each:
            table = each.ToUnicode.read_bytes()
            if re.search(rb"<[0-9a-f]{4}> <00e9>", table):
                each.ToUnicode = pdf.make_stream(re.sub(rb"(<[0-9a-f]{4}> )<00e9>", rb"\1<0065>", table))
                done = "é"
    return done


WHOLE: Mapping[str, Callable[[pikepdf.Pdf, random.Random], str]] = {
    "a page": _page_gone,
    "the last page": _last_page_gone,
    "pages swapped": _pages_swapped,
    "a page twice": _page_twice,
    "the foot of a page": _trimmed,
    "a link": _link_gone,
    "a link of the index": _index_link_gone,
    "a link elsewhere": _link_elsewhere,
    "a link that leads nowhere": _link_nowhere,
    "a picture": _picture_gone,
    "another picture": _picture_other,
    "the words for a picture": _alt_gone,
    "a line of the outline": _outline_gone,
    "a line of the outline that says something else": _outline_renamed,
    "lines of the outline swapped": _outline_swapped,
    "a line of the outline that leads elsewhere": _outline_elsewhere,
    "an accent that is drawn but not said": _accents_unsaid,
}
PRINTED = ("print", "pamphlet")
ON_SCREEN = {loss for loss in WHOLE if "link" in loss or "outline" in loss} | {"the words for a picture"}
"""What pages for paper have none of."""


def planted(pdf: pikepdf.Pdf, loss: str, lot: random.Random) -> str:
    """Plant a loss in a PDF, at a place drawn by lot; returns what was there, or nothing where no place would do."""
    if loss in WHOLE:
        return WHOLE[loss](pdf, lot)
    drawn = streams(pdf)
    # rows of dots, page numbers and the running head are no words of the book
    every = [row for stream in drawn for row in stream.shown() if len(row.text) > 3]
    rows = [row for row in every if re.search(r"[^\W\d]", row.text) and row.text != "The Weigh-House"]
    said = ""
    if loss in LINES:
        said = LINES[loss](rows, lot)
    else:
        pattern, change = WORDS[loss]
        places = [(row, found) for row in rows for found in re.finditer(pattern, row.text)]
        for row, found in lot.sample(places, len(places)):
            around = row.text[max(0, found.start() - 12) : found.end() + 12]
            if change(found) != found[0] and row.put(found.start(), found.end(), change(found)):
                said = around
                break
    for stream in drawn:
        stream.close()
    return said


def spoiled(data: bytes, loss: str, lot: random.Random) -> tuple[bytes, str]:
    """Return a PDF with a loss planted in it, and what was lost."""
    with pikepdf.open(io.BytesIO(data)) as pdf:
        said = planted(pdf, loss, lot)
        out = io.BytesIO()
        pdf.save(out, compress_streams=False)
        return out.getvalue(), said


def _chosen() -> Iterator[object]:
    """Each loss is planted in one edition whenever the tests run, and in all of them in the long run."""
    for number, loss in enumerate((*WORDS, *LINES, *WHOLE)):
        editions = [edition for edition in EDITIONS if edition not in PRINTED or loss not in ON_SCREEN]
        for place, edition in enumerate(editions):
            yield pytest.param(edition, loss, marks=() if number % len(editions) == place else pytest.mark.long)


@pytest.mark.parametrize(("edition", "loss"), list(_chosen()))
def test_a_loss_is_found(edition: str, loss: str, sound: Editions, count: Count) -> None:
    book, files = sound[edition]
    ((name, data),) = files.items()
    for seed in range(3):
        lot = random.Random(f"{seed} {edition} {loss}")  # noqa: S311  # a lot that falls the same way each time
        changed, lost = spoiled(data, loss, lot)
        assert lost, "There is nothing of the kind in this edition."
        problems = count(book, {name: changed}).problems
        assert problems, f"{loss} at “{lost}” was not found"
        assert all(problem.place.file and problem.message for problem in problems)
