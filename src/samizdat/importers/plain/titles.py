"""Titles of headings: compared without regard to case, marks and numbers, and known by name in many languages."""

import re
import unicodedata
from functools import lru_cache

from samizdat.importers.plain.cases import has_case, is_small
from samizdat.importers.plain.numbering import number
from samizdat.model.kind import Kind

_CALL = re.compile("\ue000[^\ue001]*\ue001")
_LETTERS = re.compile(r"[^\W_]+")
_KINDS = {
    Kind.FOREWORD: "foreword vorwort geleitwort avant-propos avantpropos prólogo-ajeno prefazione-altrui voorwoord förord forord"
    " esipuhe 前言 序言 머리말 서문 تمہید پیشگفتار تقديم भूमिका คำนำ წინასიტყვაობა lời-nói-đầu lời-tựa kata-pengantar",
    Kind.PREFACE: "preface préface prefacio prefácio prefazione prefatio předmluva przedmowa предисловие передмова ön-söz önsöz"
    " előszó πρόλογος vorrede preamble präambel préambule preámbulo preâmbulo preambolo преамбула wstęp-autora"
    " προοίμιο προοίμιον 前文 序 序文 まえがき 自序"
    " 전문 الديباجة ديباجة دیباچہ دیباچه הקדמה प्रस्तावना คำปรารภ"
    " mukadimah",
    Kind.INTRODUCTION: "introduction introductory einleitung einführung introducción introdução introduzione inleiding inledning"
    " innledning indledning johdanto wstęp úvod введение вступление вступ bevezetés giriş εισαγωγή"
    " introducere 引言 导言 緒論 绪论 はじめに"
    " 서론 مقدمة المقدمة مقدمه מבוא परिचय บทนำ შესავალი giới-thiệu"
    " pendahuluan",
    Kind.PROLOGUE: "prologue prolog prólogo prologo proloog пролог 楔子 序章 프롤로그 פרולוג",
    Kind.EPILOGUE: "epilogue epilog épilogue epílogo epilogo epiloog эпилог епілог επίλογος sequel"
    " 尾声 尾聲 終章 에필로그 אפילוג उपसंहार",
    Kind.CONCLUSION: "conclusion conclusions schluss schluß schlusswort schlußwort fazit conclusión conclusiones conclusão"
    " conclusione conclusioni slotwoord slutord заключение висновки zakończenie závěr sonuç συμπέρασμα"
    " 结论 結論 おわりに"
    " 결론 خاتمة الخاتمة סיכום निष्कर्ष บทสรุป დასკვნა kết-luận kesimpulan",
    Kind.AFTERWORD: "afterword nachwort postface epílogo-final posfácio postfazione nawoord efterord etterord послесловие"
    " післямова posłowie doslov utószó postscript 后记 後記 跋 あとがき 후기",
    Kind.APPENDIX: "appendix appendices anhang annexe annexes apéndice apéndices apêndice appendice bijlage bilaga liite dodatek"
    " приложение додаток függelék ek παράρτημα anexo 附录 附錄 付録 부록 ملحق נספח परिशिष्ट ภาคผนวก დანართი phụ-lục lampiran",
    Kind.ACKNOWLEDGEMENTS: "acknowledgements acknowledgments danksagung dank remerciements agradecimientos agradecimentos"
    " ringraziamenti dankwoord tack благодарности подяки podziękowania",
    Kind.NOTES: "notes footnotes endnotes anmerkungen fußnoten fussnoten endnoten notas note noten noter fotnoter viitteet"
    " przypisy poznámky примечания примітки сноски jegyzetek notlar σημειώσεις 注释 註釋 注 주 هوامش הערות",
    Kind.GLOSSARY: "glossary glossar glossaire glosario glossário glossario woordenlijst ordlista глоссарий słowniczek slovníček",
    Kind.BIBLIOGRAPHY: "bibliography references literatur literaturverzeichnis bibliographie bibliografía bibliografia"
    " referencias references-cited works-cited further-reading weiterführende-literatur литература библиография література"
    " bibliografie sources quellen kaynakça källor lähteet",
    Kind.TIMELINE: "timeline chronology zeittafel chronologie cronología cronologia хронология",
    Kind.DEDICATION: "dedication widmung dédicace dedicatoria dedicatória dedica посвящение",
    Kind.QUESTIONS: "questions discussion-questions questions-for-discussion fragen",
}
_NAMES = {name.replace("-", " ").replace("’", "'"): kind for kind, names in _KINDS.items() for name in names.split()}
_CONTENTS = frozenset(
    "contents content inhalt inhaltsverzeichnis sommaire índice indice indice inhoud inhoudsopgave innehåll innhold indhold"
    " sisältö sisällys obsah оглавление содержание зміст tartalom tartalomjegyzék içindekiler περιεχόμενα cuprins sumário"
    " conteúdo sommario"
    " 目次 目录 目錄 차례 المحتويات الفهرس فهرست תוכן".split()
) | {"table of contents", "table des matières", "table des matieres", "spis treści", "tabla de contenido", "the contents"}
_CAST = re.compile(
    r"\W*(?:dramatis person|(?:the )?(?:persons|characters) (?:of|in) the (?:play|drama|comedy|tragedy|dialogue|piece)\b"
    r"|(?:characters|personen|personnages|personaggi|personajes)\W*$)",
    re.IGNORECASE,
)
_SMALL = frozenset(
    "a an and as at but by for from in into nor of off on or the to up with within without vs de la le les du des et en un une"
    " der die"
    " das und von zu im den dem y el los las del o e da do das dos di il lo gli i van het een og i på".split()
)


@lru_cache(maxsize=50_000)
def words(text: str) -> tuple[str, ...]:
    """Return the words of a title in small letters without accents and marks."""
    text = _CALL.sub("", text)
    plain = unicodedata.normalize("NFKD", text.replace("’", "").replace("'", "").casefold())
    return tuple(_LETTERS.findall("".join(letter for letter in plain if not unicodedata.combining(letter))))


def key(text: str) -> str:
    """Return what two spellings of one title have in common."""
    return "".join(words(text))


def core(text: str) -> str:
    """Return the key of a title without its number."""
    found = number(text)
    return key(found.title) if found and found.marked and found.title else key(text)


def is_contents(text: str) -> bool:
    """Tell whether a line is the title of a table of contents."""
    return len(text) < 40 and " ".join(text.casefold().strip(" .:*_=-[]").split()) in _CONTENTS


def is_cast(text: str) -> bool:
    """Tell whether a line is the title of the persons of a play."""
    return bool(_CAST.match(text))


def kind(text: str) -> Kind | None:
    """Return what a section is, if its title says so."""
    plain = " ".join(text.casefold().replace("’", "'").strip(" .:*_=-[]()〈〉《》「」『』【】〔〕（）").split())
    if plain in _NAMES:
        return _NAMES[plain]
    parts = plain.split()
    if not parts or len(parts) > 10:
        return None
    if parts[0] in _PREFIXED or (parts[0] in {"notes", "questions"} and len(parts) == 1):
        return _NAMES[parts[0]]
    if len(parts) >= 2 and parts[0] in {"author's", "translator's", "editor's", "publisher's", "the"} | {"autor's"}:
        return _NAMES.get(parts[-1]) if len(parts) <= 3 else None
    if parts[0] in {"preface", "foreword", "introduction", "vorwort", "préface", "prefacio", "prefazione"} and len(parts) > 1:
        return (
            _NAMES[parts[0]] if parts[1] in {"to", "by", "of", "de", "zur", "zum", "à", "du", "a", "von", "-", "—", "–"} else None
        )
    return None


_PREFIXED = frozenset("appendix anhang annexe apéndice apêndice приложение bijlage".split())


def case(text: str) -> str:
    """Return upper, title, sentence, lower, or none where a script has no case."""
    cased = [letter for letter in text if has_case(letter)]
    if not cased:
        return "none"
    upper = sum(map(str.isupper, cased))
    if upper >= 0.85 * len(cased) and (len(cased) > 1 or upper == 1):
        return "upper"
    first = next((letter for letter in text if letter.isalpha()), "")
    if is_small(first):
        return "lower"
    parts = re.findall(r"[^\W\d_]+(?:['’][^\W\d_]+)*", text)
    large = [word for word in parts[1:] if word.casefold() not in _SMALL and len(word) > 1]
    if not large:
        return "title"
    return "title" if sum(word[0].isupper() for word in large) >= 0.7 * len(large) else "sentence"
