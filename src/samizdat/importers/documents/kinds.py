"""What a section is by its title, or by what an e-book says of it."""

import re

from samizdat.model.kind import Kind, Matter

_TITLES = {
    Kind.DEDICATION: "dedication|widmung|dédicace|dedicatoria|dedica|dedicatória|посвящение",
    Kind.EPIGRAPH: "epigraph|épigraphe|epígrafe|epigrafe|эпиграф",
    Kind.FOREWORD: "foreword|geleitwort|avant-propos|prólogo|prefazione",
    Kind.PREFACE: "preface|vorwort|vorrede|préface|prefacio|prefácio|предисловие|voorwoord|förord|forord|przedmowa|esipuhe",
    Kind.INTRODUCTION: "introduction|introductory|einleitung|einführung|introducción|introduzione|introdução|введение"
    "|inleiding|inledning"
    "|wstęp|johdanto",
    Kind.PROLOGUE: "prologue|prolog|пролог|prologo",
    Kind.EPILOGUE: "epilogue|epilog|épilogue|epílogo|epilogo|эпилог",
    Kind.CONCLUSION: "conclusion|conclusions|schluss|schluß|schlussfolgerungen|conclusión|conclusione|conclusioni|conclusão"
    "|заключение|besluit",
    Kind.AFTERWORD: "afterword|postface|nachwort|postfacio|posfácio|postfazione|послесловие|nawoord|efterord|posłowie",
    Kind.APPENDIX: "appendix|appendices|anhang|annexe|appendice|apéndice|apêndice|приложение|bijlage",
    Kind.ACKNOWLEDGEMENTS: "acknowledgements|acknowledgments|acknowledgement|acknowledgment|danksagung|dank|remerciements"
    "|agradecimientos"
    "|agradecimentos|ringraziamenti|благодарности|dankwoord",
    Kind.GLOSSARY: "glossary|glossar|glossaire|glosario|glossario|glossário|глоссарий|словарь|woordenlijst",
    Kind.BIBLIOGRAPHY: "bibliography|references|works cited|literature|further reading|bibliographie|literatur"
    "|literaturverzeichnis|bibliografía"
    "|bibliografia|библиография|литература|références",
    Kind.TIMELINE: "timeline|chronology|zeittafel|chronologie|cronología|cronologia|хронология",
}
_BY_TITLE = {name: kind for kind, names in _TITLES.items() for name in names.split("|")}
_BY_TYPE = {
    "dedication": Kind.DEDICATION,
    "epigraph": Kind.EPIGRAPH,
    "foreword": Kind.FOREWORD,
    "preface": Kind.PREFACE,
    "introduction": Kind.INTRODUCTION,
    "prologue": Kind.PROLOGUE,
    "part": Kind.PART,
    "volume": Kind.PART,
    "division": Kind.PART,
    "chapter": Kind.CHAPTER,
    "epilogue": Kind.EPILOGUE,
    "conclusion": Kind.CONCLUSION,
    "afterword": Kind.AFTERWORD,
    "appendix": Kind.APPENDIX,
    "acknowledgments": Kind.ACKNOWLEDGEMENTS,
    "acknowledgements": Kind.ACKNOWLEDGEMENTS,
    "glossary": Kind.GLOSSARY,
    "bibliography": Kind.BIBLIOGRAPHY,
}
_PART = re.compile(
    r"(part|book|volume|teil|buch|band|partie|livre|parte|libro|livro|часть|книга|deel|boek|część|księga|osa|del)\s+"
    r"([ivxlc]+|\d+|one|two|three|four|five|six|seven|eight|nine|ten|the \w+|eins|zwei|drei|vier|fünf|un|une|deux|trois"
    "|quatre|premier"
    r"|première|primera?|segund[oa]|tercer[oa]?|uno|dos|tres|prima|seconda|terza|перва\w*|втора\w*|треть\w*|pierwsza|druga)\b",
    re.IGNORECASE,
)
_ORDINAL_PART = re.compile(
    r"(erster|zweiter|dritter|vierter|fünfter|first|second|third|fourth|première|deuxième|первая|вторая)\s+"
    r"(teil|part|book|buch|partie|часть)\b",
    re.IGNORECASE,
)
_LETTER = re.compile(r"\s+([A-Z0-9]|[IVX]+)$")


def by_title(title: str) -> Kind:
    """Return what a section is by its title: a chapter, unless the title is one of the trade's words for something else."""
    plain = title.strip().strip(".:").lower()
    plain = re.sub(r"^(the|a|an|der|die|das|le|la|el|il|o)\s+", "", plain) if plain not in _BY_TITLE else plain
    if plain in _BY_TITLE:
        return _BY_TITLE[plain]
    head = re.split(r"\s*[:.—–]\s+|\s+(?:to|zur|zum|by|of)\s+", plain)[0]
    bare = _LETTER.sub("", re.split(r"\s*[:.—–]\s+", title.strip())[0]).lower()
    if bare in _BY_TITLE and _BY_TITLE[bare] is Kind.APPENDIX:
        return Kind.APPENDIX
    if head in _BY_TITLE and _BY_TITLE[head] in {Kind.PREFACE, Kind.FOREWORD, Kind.INTRODUCTION}:
        return _BY_TITLE[head]
    return Kind.CHAPTER


def is_part(title: str) -> bool:
    """Tell whether a title is that of a part: a word for parts and a number."""
    return bool(_PART.match(title.strip()) or _ORDINAL_PART.match(title.strip()))


def by_type(types: str) -> Kind | None:
    """Return what a section is by its epub:type, or None where that does not say."""
    return next((_BY_TYPE[name] for name in types.lower().replace("doc-", "").split() if name in _BY_TYPE), None)


def in_place(kinds: list[Kind]) -> list[Kind]:
    """Leave front matter only at the front and back matter only at the back; elsewhere it is a chapter of its own name."""
    result = list(kinds)
    front = True
    for number, kind in enumerate(kinds):
        if kind.matter is not Matter.FRONT:
            front = False
        elif not front:
            result[number] = Kind.CHAPTER
    back = True
    for number in range(len(kinds) - 1, -1, -1):
        if result[number].matter is not Matter.BACK:
            back = False
        elif not back:
            result[number] = Kind.CHAPTER
    if all(kind.matter is not Matter.BODY for kind in result):
        return [Kind.CHAPTER] * len(result)
    return result
