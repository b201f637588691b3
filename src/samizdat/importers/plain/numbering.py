"""Numbers of headings: Chapter IV, 4., Second Part, Глава 3, IV, b)."""

import re
import unicodedata
from dataclasses import dataclass
from enum import IntEnum

_ROMAN = {"i": 1, "v": 5, "x": 10, "l": 50, "c": 100, "d": 500, "m": 1000}
_ROMAN_FORM = re.compile(r"m{0,3}(cm|cd|d?c{0,4})(xc|xl|l?x{0,4})(ix|iv|v?i{0,4})", re.IGNORECASE)


class Rank(IntEnum):
    """How high a labelled division stands: a part holds chapters, a chapter sections."""

    VOLUME = 0
    BOOK = 1
    PART = 2
    CHAPTER = 3
    SCENE = 4
    SECTION = 5
    NONE = 6


_LABELS = {
    Rank.VOLUME: "volume vol tome band tomo volumen том cilt kötet svazek tom bind deel",
    Rank.BOOK: "book buch livre libro liber livro boek bok книга kniha księga könyv kirja kitap cartea βιβλίο ספר 卷 巻 集",
    Rank.PART: "part teil partie parte deel del часть частина část część rész osa bölüm-kısım kısım parti μέρος pars partea phần"
    " bagian الجزء جزء بخش حصہ חלק ნაწილი մաս भाग ภาค ภาคที่ 部 編 编 篇 부 편",
    Rank.CHAPTER: "chapter chap kapitel chapitre capitolo capítulo capitulo capitol caput hoofdstuk kapittel глава розділ"
    " kapitola rozdział fejezet luku bölüm κεφάλαιο act acte akt atto acto aktus letter brief lettre lettera carta письмо canto"
    " chant gesang stave lecture lesson essay story tale adventure sermon hymn psalm day night episode fable idyll eclogue elegy"
    " sonnet ode dialogue meditation appendix anhang annexe appendice apéndice address discourse stasimon chương bab"
    " الفصل فصل الباب باب פרק თავი գլուխ अध्याय บท บทที่ ตอนที่ 章 回 话 話 課 课 幕 장 화 과",
    Rank.SCENE: "scene szene scène scena escena сцена auftritt tableau 場 场",
    Rank.SECTION: "section abschnitt sección sezione seção раздел paragraf § article artikel artículo articolo artigo no number"
    " nr fig điều pasal"
    " المادة مادة ماده دفعہ סעיף მუხლი հոդված अनुच्छेद ข้อ 节 節 条 條 절 조",
}
LABELS = {word: rank for rank, words in _LABELS.items() for word in words.split()}
_ONES = (
    "one two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen sixteen seventeen eighteen nineteen"
)
_TENS = "twenty thirty forty fifty sixty seventy eighty ninety"
_WORDS = {word: value for value, word in enumerate(_ONES.split(), start=1)}
_WORDS |= {word: 10 * value for value, word in enumerate(_TENS.split(), start=2)}
_WORDS |= {
    f"{ten}-{one}": 10 * high + low
    for high, ten in enumerate(_TENS.split(), start=2)
    for low, one in enumerate(_ONES.split()[:9], 1)
}
_ORDINALS = "first second third fourth fifth sixth seventh eighth ninth tenth eleventh twelfth thirteenth fourteenth fifteenth"
_ORDINAL_LISTS = (
    _ORDINALS,
    "erste zweite dritte vierte fünfte sechste siebte achte neunte zehnte elfte zwölfte",
    "erster zweiter dritter vierter fünfter sechster siebter achter neunter zehnter elfter zwölfter",
    "erstes zweites drittes viertes fünftes sechstes siebtes achtes neuntes zehntes elftes zwölftes",
    "premier deuxième troisième quatrième cinquième sixième septième huitième neuvième dixième",
    "première seconde troisième quatrième cinquième sixième septième huitième neuvième dixième",
    "primero segundo tercero cuarto quinto sexto séptimo octavo noveno décimo",
    "primera segunda tercera cuarta quinta sexta séptima octava novena décima",
    "primo secondo terzo quarto quinto sesto settimo ottavo nono decimo",
    "prima seconda terza quarta quinta sesta settima ottava nona decima",
    "primeiro segundo terceiro quarto quinto sexto sétimo oitavo nono décimo",
    "первая вторая третья четвертая пятая шестая седьмая восьмая девятая десятая",
    "первый второй третий четвертый пятый шестой седьмой восьмой девятый десятый",
    "un deux trois quatre cinq six sept huit neuf dix",
    "eins zwei drei vier fünf sechs sieben acht neun zehn",
    "uno dos tres cuatro cinco seis siete ocho nueve diez",
    "الأول الثاني الثالث الرابع الخامس السادس السابع الثامن التاسع العاشر",
    "الأولى الثانية الثالثة الرابعة الخامسة السادسة السابعة الثامنة التاسعة العاشرة",
    "ראשון שני שלישי רביעי חמישי שישי שביעי שמיני תשיעי עשירי",
    "א ב ג ד ה ו ז ח ט י",
    "पहला दूसरा तीसरा चौथा पाँचवाँ छठा सातवाँ आठवाँ नौवाँ दसवाँ",
)
_SPELT = dict(_WORDS)
for _list in _ORDINAL_LISTS:
    for _place, _word in enumerate(_list.split(), start=1):
        _SPELT.setdefault(_word, _place)
_LAST = {"last": 99, "letzter": 99, "dernier": 99, "dernière": 99, "ultimo": 99, "the": 0}

_LONGEST_TEMPLATE = 24
_SIGNS = "\\u0900-\\u0963\\u0971-\\u0dff\\u0e00-\\u0e4e"
"""Scripts whose words hold vowel signs, which are no letters to Unicode."""
_LABELLED = re.compile(
    rf"^((?:(?![\d_])[\w{_SIGNS}])+|§)\.?\s*(?:the\s+)?((?:(?!_)[\w{_SIGNS}])+(?:-[^\W_]+)?)(?=$|[\s.:,;)\]—–-])\s*([.:,;)\]—–-]*)\s*(.*)$",
    re.DOTALL,
)
_ORDINAL_FIRST = re.compile(
    r"^(?:the\s+|das\s+|la\s+|le\s+)?([^\W\d_]+)\s+([^\W\d_]+)(?=$|[\s.:,;—–-])\s*([.:,;—–-]*)\s*(.*)$", re.DOTALL | re.IGNORECASE
)
_COUNTED = re.compile(
    r"^(?:第|제)\s?([\d一二三四五六七八九十百零〇两]{1,6})\s?([章回话話課课幕部編编篇卷巻集節节条條場场장부편절조화과])(?:\s*[.:：、．—–-]\s*|\s+|$)(.*)$",
    re.DOTALL,
)
_BARE = re.compile(r"^[(\[]?(\d{1,3}|[ivxlcIVXLC]{1,8}|[A-Za-z])(?:([.):\]]+|\s*[—–]|\s+-)\s*|\s{1,4}|$)(.*)$", re.DOTALL)
_DECIMAL = re.compile(r"^(\d{1,2}(?:\.\d{1,2}){1,3})\.?\s+(\S.*)$", re.DOTALL)


@dataclass(frozen=True, slots=True)
class Number:
    """A heading's number: its label ("chapter", or empty), how it is written, what it is, and the title after it."""

    label: str
    style: str
    """roman, small-roman, arabic, alpha, small-alpha, word, decimal."""
    value: int
    title: str
    marked: bool
    """A stop, a bracket or a dash stands after the number, or there is nothing more."""
    depth: int = 1
    """Of a decimal number: 2 for 3.1."""

    @property
    def rank(self) -> Rank:
        """How high its label stands."""
        return LABELS.get(self.label, Rank.NONE)


def template(text: str) -> tuple[str, int]:
    """Return a short line with its number taken out, and the number; any script, any words: "Artykuł 3", "第三条"."""
    places = [place for place, letter in enumerate(text) if unicodedata.numeric(letter, None) is not None]
    if not places or places[-1] - places[0] + 1 != len(places) or len(text) > _LONGEST_TEMPLATE:
        return "", 0
    value = _counting(text[places[0] : places[-1] + 1])
    words = f"{text[: places[0]]}#{text[places[-1] + 1 :]}".casefold()
    return (" ".join(words.split()), value) if value and any(map(str.isalpha, words)) else ("", 0)


def _counting(figures: str) -> int:
    """Return the value of a number in figures or signs of any script, 0 if it is no whole one."""
    value = current = 0
    for letter in figures:
        digit = unicodedata.numeric(letter, 0.0)
        if digit != int(digit):
            return 0
        if unicodedata.decimal(letter, None) is not None:
            current = 10 * current + int(digit)
        elif digit >= 10:
            value, current = value + (current or 1) * int(digit), 0
        else:
            current = int(digit)
    return value + current


def roman(text: str) -> int:
    """Return the value of a Roman number, 0 if it is none."""
    low = text.lower()
    if not low or not _ROMAN_FORM.fullmatch(low):
        return 0
    values = [_ROMAN[letter] for letter in low]
    return sum(-a if a < b else a for a, b in zip(values, [*values[1:], 0], strict=True))


def number(text: str) -> Number | None:
    """Return the number that a heading begins with."""
    text = text.strip().strip("_*=").strip()
    if not text or len(text) > 400:
        return None
    return _labelled(text) or _ordinal(text) or _counted(text) or _decimal(text) or _bare(text)


def _labelled(text: str) -> Number | None:
    found = _LABELLED.match(text)
    if not found or found[1].lower() not in LABELS:
        return None
    style, value = _value(found[2])
    if not value:
        return None
    title = found[4].strip().strip("_*=").strip()
    if found[2].islower() and style != "arabic" and not found[1].isupper() and style not in {"word", "small-roman"}:
        return None
    if style in {"alpha", "small-alpha"} and title and not found[3]:
        return None
    if title and not found[3] and title[:1].islower():
        return None
    return Number(found[1].lower(), style, value, title, bool(found[3]) or not title)


def _counted(text: str) -> Number | None:
    """Read the number of a chapter as Chinese, Japanese and Korean write it: 第三章."""
    found = _COUNTED.match(text)
    value = _counting(found[1]) if found else 0
    return Number(found[2], "arabic", value, found[3].strip(), marked=True) if found and value else None


def _ordinal(text: str) -> Number | None:
    found = _ORDINAL_FIRST.match(text)
    if not found or found[2].lower() not in LABELS or not text[:1].isupper():
        return None
    value = _SPELT.get(found[1].lower(), 0) or _LAST.get(found[1].lower(), 0)
    title = found[4].strip()
    if not value or (title and not found[3]):
        return None
    return Number(found[2].lower(), "word", value, title, bool(found[3]) or not title)


def _decimal(text: str) -> Number | None:
    found = _DECIMAL.match(text)
    if not found:
        return None
    parts = found[1].split(".")
    return Number("", "decimal", int(parts[-1]), found[2].strip(), marked=True, depth=len(parts))


def _bare(text: str) -> Number | None:
    found = _BARE.match(text)
    if not found:
        return None
    style, value = _value(found[1])
    title = found[3].strip()
    marked = bool(found[2]) or not title
    if not marked and (
        style in {"alpha", "small-alpha", "small-roman"}
        or (found[1] in {"I", "C", "A", "X", "V"} and not text[1:].startswith(" "))
    ):
        return None
    return Number("", style, value, title, marked) if value else None


def _value(text: str) -> tuple[str, int]:
    if text.isdigit():
        return "arabic", int(text) if len(text) < 4 else 0
    if (value := roman(text)) and (len(text) > 1 or text.lower() in "ivx"):
        return ("roman" if text.isupper() else "small-roman"), value
    if text.lower() in _SPELT:
        return "word", _SPELT[text.lower()]
    if len(text) == 1 and text.isalpha() and text.isascii():
        return ("alpha" if text.isupper() else "small-alpha"), ord(text.lower()) - ord("a") + 1
    return "", 0
