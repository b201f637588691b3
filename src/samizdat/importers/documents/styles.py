"""What the names of styles and classes say: a quotation, verse, an epigraph, a part of a letter; or only how something looks."""

import re
from dataclasses import dataclass
from enum import Enum
from typing import Any

from samizdat.model.block import Role


class Use(Enum):
    """What a division is used for."""

    PLAIN = "plain"
    QUOTE = "quote"
    VERSE = "verse"
    EPIGRAPH = "epigraph"
    ROLE = "role"


@dataclass(frozen=True, slots=True)
class Meaning:
    """What a division is, and the names that say nothing of that."""

    kind: Use
    role: str = ""
    unknown: str = ""


_QUOTES = """
    quote quotes quotation quotations blockquote blockquot blocktext blockquotation bq quoteb indentb extract intensequote
    zitat zitatblock intensiveszitat citation citationintense cita citas citadestacada citazione citazioneintensa citação
    citaçãointensa citaat duidelijkcitaat citat starktcitat stærktcitat sitat sterktsitat lainaus erottuvalainaus cytat
    cytatintensywny citát výraznýcitát idézet kiemeltidézet alıntı цитата выделеннаяцитата απόσπασμα
"""
_VERSES = """
    verse verses poem poetry stanza stanzas poempara poembody verseline linegroup lg z3998verse z3998poem z3998song z3998hymn
    lyrics verseblock poetrycontainer wpblockverse
    vers gedicht strophe poème poeme strofa poesia poesía versos poema estrofa gedichten dikt digt runo wiersz báseň verš
    стихи стихотворение стих вірш ποίημα
"""
_EPIGRAPHS = "epigraph epigraphs motto epigraphe épigraphe epígrafe epigrafe эпиграф epigraf"
_WORDS = {
    **dict.fromkeys(_QUOTES.split(), Use.QUOTE),
    **dict.fromkeys(_VERSES.split(), Use.VERSE),
    **dict.fromkeys(_EPIGRAPHS.split(), Use.EPIGRAPH),
}
_HEADING = re.compile(
    r"(?:heading|überschrift|titre|titolo|título|encabezado|kop|rubrik|overskrift|otsikko|nagłówek|nadpis|címsor|başlık"
    r"|заголовок|επικεφαλίδα|titlu)\s?([1-9])",
    re.IGNORECASE,
)
"""The names that office programs give to the styles of headings, in their languages."""
_ROLES = {role.value: role.value for role in Role if role is not Role.PLAIN} | {
    "center": "centre",
    "centered": "centre",
    "centred": "centre",
    "textcenter": "centre",
    "aligncenter": "centre",
    "textright": "right",
    "alignright": "right",
    "flushright": "right",
    "sidebar": "box",
    "admonition": "box",
    "note-box": "box",
    "dateline": "dateline",
    "salutation": "salutation",
    "signature": "signature",
    "postscript": "postscript",
    "recipient": "salutation",
    "sender": "signature",
    "valediction": "signature",
}
_SILENT = {"section", "level1", "level2", "level3", "level4", "level5", "level6"} | {
    *"normal bodytext textbody firstparagraph compact standard default paragraph listparagraph textkörper text-body body".split(),
    *"chapter samizdat-part body-text normalweb plaintext nospacing".split(),
}


def use(classes: list[str], pairs: dict[str, Any]) -> Meaning:
    """Tell what a division is by its classes, its style, and what EPUB says of it."""
    style = str(pairs.get("custom-style", ""))
    names = [*classes, *str(pairs.get("epub:type", "")).split(), *([style] if style else [])]
    unknown = []
    role = ""
    for name in names:
        plain = _plain(name)
        if plain in _WORDS:
            return Meaning(_WORDS[plain])
        if known := next((each for each in (name.lower(), plain, _bare(name)) if each in _ROLES), ""):
            role = role or _ROLES[known]
        elif name.lower() not in _SILENT and plain not in _SILENT:
            unknown.append(name)
    told = ", ".join(unknown)[:60]
    if role in {"centre", "right"} and not style and "class" not in pairs:
        return Meaning(Use.ROLE, role)
    return Meaning(Use.ROLE, role) if role else Meaning(Use.PLAIN, unknown=told)


def heading_level(style: str) -> int:
    """Return the level of the heading that a style of an office program is for, 0 if it is for none."""
    found = _HEADING.fullmatch(style.strip())
    return int(found[1]) if found else 0


def _plain(name: str) -> str:
    """Spell a name without blanks, marks, capitals and a number at its end."""
    return re.sub(r"[\s_:-]+|\d+$", "", name.lower())


def _bare(name: str) -> str:
    """Take the vocabulary off what EPUB says of a division, as in z3998:salutation and se:letter.dateline."""
    return re.split("[:.]", name.lower())[-1] if ":" in name else ""
