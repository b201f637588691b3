"""The accessibility statement: what the book itself shows of how it can be read, in plain words for its reader.

The same facts decide what the edition claims for programs, so that the page and the metadata cannot disagree. The European
Accessibility Act, Directive (EU) 2019/882, Annex I, asks that readers of e-books be told; "EPUB Accessibility 1.1", section 3.2,
that shops and libraries be.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace

from samizdat.model.block import Division, Formula, List, Paragraph, Table
from samizdat.model.book import Book, Note, Picture, Section
from samizdat.model.inline import Image, Math, Span, Text
from samizdat.model.kind import Kind
from samizdat.model.walk import descend
from samizdat.transforms.sections import change_sections

_SENTENCES = {
    "en": {
        "title": "Accessibility",
        "met": "As far as a program can judge, this edition meets EPUB Accessibility 1.1 and, with it, WCAG 2.2 at level AA.",
        "missed": "This edition does not claim to meet EPUB Accessibility 1.1, for the reasons that this page gives.",
        "text": "The whole text can be enlarged, set in other type and other colours, read aloud, and shown in Braille.",
        "way": "Contents, headings and landmarks show the way about, and everything is read in the order of the text.",
        "notes": "Notes are linked to their place in the text, and back.",
        "languages": "Passages in another language are marked, so that a voice can change.",
        "bare": "There are no pictures besides the cover.",
        "described": "Every picture has a description in words.",
        "undescribed": "Pictures without a description in words: {} of {}.",
        "headed": "Every table has headings, which are tied to their cells.",
        "headless": "Tables without headings: {} of {}.",
        "formulas": "Formulas are marked up so that programs can speak them.",
        "still": "Nothing in it flashes, moves or makes a sound.",
        "moving": "Some pictures move, and whether they flash has not been looked into.",
        "made": "This page was made together with the book, out of what the book itself shows.",
        "tell": "If something keeps you from reading this book, please tell the publisher: {}.",
    },
    "de": {
        "title": "Barrierefreiheit",
        "met": "Soweit ein Programm es beurteilen kann, erfüllt diese Ausgabe EPUB Accessibility 1.1 "
        "und damit WCAG 2.2, Stufe AA.",
        "missed": "Diese Ausgabe erhebt nicht den Anspruch, EPUB Accessibility 1.1 zu erfüllen; die Gründe nennt diese Seite.",
        "text": "Der ganze Text lässt sich vergrößern, in anderer Schrift und anderen Farben zeigen, vorlesen "
        "und in Braille ausgeben.",
        "way": "Inhalt, Überschriften und Orientierungspunkte weisen den Weg; vorgelesen wird in der Reihenfolge des Textes.",
        "notes": "Anmerkungen sind mit ihrer Stelle im Text verknüpft, hin und zurück.",
        "languages": "Stellen in einer anderen Sprache sind ausgezeichnet, sodass eine Stimme wechseln kann.",
        "bare": "Außer dem Umschlag gibt es keine Bilder.",
        "described": "Jedes Bild ist in Worten beschrieben.",
        "undescribed": "Bilder ohne Beschreibung in Worten: {} von {}.",
        "headed": "Jede Tabelle hat Überschriften, die mit ihren Zellen verbunden sind.",
        "headless": "Tabellen ohne Überschriften: {} von {}.",
        "formulas": "Formeln sind so ausgezeichnet, dass Programme sie sprechen können.",
        "still": "Nichts darin blitzt, bewegt sich oder macht ein Geräusch.",
        "moving": "Einige Bilder bewegen sich; ob sie blitzen, wurde nicht geprüft.",
        "made": "Diese Seite ist mit dem Buch entstanden, aus dem, was das Buch selbst zeigt.",
        "tell": "Hindert Sie etwas daran, dieses Buch zu lesen, so sagen Sie es bitte dem Verlag: {}.",
    },
    "fr": {
        "title": "Accessibilité",
        "met": "Pour autant qu’un programme puisse en juger, cette édition satisfait à EPUB Accessibility 1.1 "
        "et donc aux WCAG 2.2, niveau AA.",
        "missed": "Cette édition ne prétend pas satisfaire à EPUB Accessibility 1.1\u202f; cette page dit pourquoi.",
        "text": "Tout le texte peut être agrandi, affiché dans d’autres caractères et d’autres couleurs, lu à voix haute "
        "et rendu en braille.",
        "way": "Le sommaire, les titres et les repères guident la lecture, qui suit l’ordre du texte.",
        "notes": "Les notes sont liées à leur place dans le texte, dans les deux sens.",
        "languages": "Les passages dans une autre langue sont signalés, pour que la voix puisse changer.",
        "bare": "Il n’y a pas d’images en dehors de la couverture.",
        "described": "Chaque image est décrite en mots.",
        "undescribed": "Images sans description\u00a0: {} sur {}.",
        "headed": "Chaque tableau a des en-têtes, rattachés à leurs cellules.",
        "headless": "Tableaux sans en-têtes\u00a0: {} sur {}.",
        "formulas": "Les formules sont balisées de façon que les programmes puissent les dire.",
        "still": "Rien n’y clignote, n’y bouge ni n’y fait de bruit.",
        "moving": "Certaines images bougent\u202f; on n’a pas vérifié si elles clignotent.",
        "made": "Cette page a été faite en même temps que le livre, d’après ce que le livre lui-même contient.",
        "tell": "Si quelque chose vous empêche de lire ce livre, dites-le à l’éditeur\u00a0: {}.",
    },
    "es": {
        "title": "Accesibilidad",
        "met": "Hasta donde puede juzgarlo un programa, esta edición cumple EPUB Accessibility 1.1 "
        "y, con ello, WCAG 2.2, nivel AA.",
        "missed": "Esta edición no afirma cumplir EPUB Accessibility 1.1; esta página dice por qué.",
        "text": "Todo el texto puede ampliarse, mostrarse con otra letra y otros colores, leerse en voz alta "
        "y pasarse a braille.",
        "way": "El índice, los títulos y los puntos de referencia guían la lectura, que sigue el orden del texto.",
        "notes": "Las notas están enlazadas con su lugar en el texto, de ida y de vuelta.",
        "languages": "Los pasajes en otra lengua están señalados, para que la voz pueda cambiar.",
        "bare": "No hay más imágenes que la cubierta.",
        "described": "Cada imagen está descrita con palabras.",
        "undescribed": "Imágenes sin descripción: {} de {}.",
        "headed": "Cada tabla tiene encabezados, unidos a sus celdas.",
        "headless": "Tablas sin encabezados: {} de {}.",
        "formulas": "Las fórmulas están marcadas de modo que los programas puedan decirlas.",
        "still": "Nada parpadea, se mueve ni suena.",
        "moving": "Algunas imágenes se mueven; no se ha comprobado si parpadean.",
        "made": "Esta página se ha hecho junto con el libro, a partir de lo que el propio libro muestra.",
        "tell": "Si algo le impide leer este libro, dígaselo a la editorial: {}.",
    },
    "ru": {
        "title": "Доступность",
        "met": "Насколько может судить программа, это издание отвечает EPUB Accessibility 1.1 и тем самым WCAG 2.2, уровень AA.",
        "missed": "Это издание не заявляет о соответствии EPUB Accessibility 1.1; причины названы на этой странице.",
        "text": "Весь текст можно увеличить, показать другим шрифтом и в других цветах, прослушать и вывести шрифтом Брайля.",
        "way": "Содержание, заголовки и ориентиры помогают найти дорогу; читается всё в порядке текста.",
        "notes": "Примечания связаны со своим местом в тексте в обе стороны.",
        "languages": "Места на другом языке помечены, чтобы голос мог смениться.",
        "bare": "Кроме обложки, изображений нет.",
        "described": "Каждое изображение описано словами.",
        "undescribed": "Изображения без описания: {} из {}.",
        "headed": "У каждой таблицы есть заголовки, связанные с ячейками.",
        "headless": "Таблицы без заголовков: {} из {}.",
        "formulas": "Формулы размечены так, что программы могут их произнести.",
        "still": "Ничто в книге не мигает, не движется и не звучит.",
        "moving": "Некоторые изображения движутся; мигают ли они, не проверено.",
        "made": "Эта страница сделана вместе с книгой по тому, что видно из самой книги.",
        "tell": "Если что-то мешает вам читать эту книгу, сообщите издателю: {}.",
    },
}

_FRAME = b"\x21\xf9\x04"
"""What stands before each frame of a GIF that moves (GIF89a, section 23)."""
_MOVING_SVG = re.compile(rb"<(?:\w+:)?(?:animate|set)|@keyframes", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Facts:
    """What a book shows of how it can be read."""

    images: int = 0
    undescribed: int = 0
    tables: int = 0
    headless: int = 0
    notes: bool = False
    languages: bool = False
    formulas: bool = False
    moving: bool = False

    @property
    def described(self) -> bool:
        """Nothing is lost to a reader who does not see the pictures."""
        return not self.undescribed

    @property
    def conforms(self) -> bool:
        """No fact is known that would break a claim to conformance."""
        return not (self.undescribed or self.headless or self.moving)


def facts(book: Book) -> Facts:
    """Look through a book for what helps or hinders its readers."""
    nodes = list(descend(book.sections))
    images = [node for node in nodes if isinstance(node, Image)]
    tables = [node for node in nodes if isinstance(node, Table)]
    return Facts(
        images=len(images),
        undescribed=sum(not image.alt.strip() for image in images),
        tables=len(tables),
        headless=sum(not _headed(table) for table in tables),
        notes=any(isinstance(node, Note) for node in nodes),
        languages=any(isinstance(node, Span | Division) and node.lang for node in nodes),
        formulas=any(isinstance(node, Math | Formula) for node in nodes),
        moving=any(_moves(picture) for picture in book.pictures),
    )


def _headed(table: Table) -> bool:
    return bool(table.head) or any(cell.heads_row for row in table.body for cell in row.cells)


def _moves(picture: Picture) -> bool:
    if picture.media_type == "image/gif":
        return picture.data.count(_FRAME) > 1
    return picture.media_type == "image/svg+xml" and _MOVING_SVG.search(picture.data) is not None


def spoken(language: str) -> str:
    """Return the language in which the statement is made: the book's own, or English."""
    code = language.split("-", maxsplit=1)[0].lower()
    return code if code in _SENTENCES else "en"


def verdict(known: Facts, language: str) -> str:
    """Return the sentence that says whether the edition claims to conform."""
    return _SENTENCES[spoken(language)]["met" if known.conforms else "missed"]


def findings(known: Facts, language: str) -> tuple[str, ...]:
    """Return the facts as sentences, the reasons for a claim that is not made among them."""
    words = _SENTENCES[spoken(language)]
    return tuple(words[key].format(*numbers) for key, numbers in _found(known))


def _found(known: Facts) -> Iterator[tuple[str, tuple[int, ...]]]:
    yield "text", ()
    yield "way", ()
    if known.notes:
        yield "notes", ()
    if known.languages:
        yield "languages", ()
    if known.undescribed:
        yield "undescribed", (known.undescribed, known.images)
    else:
        yield "described" if known.images else "bare", ()
    if known.headless:
        yield "headless", (known.headless, known.tables)
    elif known.tables:
        yield "headed", ()
    if known.formulas:
        yield "formulas", ()
    yield "moving" if known.moving else "still", ()


def statement(book: Book) -> Book:
    """Write the page for the reader wherever the book has a place for it."""
    known, language = facts(book), book.metadata.language
    words = _SENTENCES[spoken(language)]
    publisher = book.metadata.publisher.rstrip(".")
    closing = " ".join([words["made"], words["tell"].format(publisher)] if publisher else [words["made"]])
    blocks = (
        Paragraph((Text(verdict(known, language)),)),
        List(tuple((Paragraph((Text(sentence),)),) for sentence in findings(known, language))),
        Paragraph((Text(closing),)),
    )
    # where the statement is not in the book's language, a voice must be told
    lang = "" if language.lower().startswith(spoken(language)) else spoken(language)
    title = (Text(words["title"]),)

    def write(section: Section) -> Section:
        if section.kind is not Kind.ACCESSIBILITY_STATEMENT:
            return section
        return replace(
            section,
            title=section.title or ((Span(title, lang=lang),) if lang else title),
            blocks=(*section.blocks, *((Division(blocks, lang=lang),) if lang else blocks)),
        )

    return change_sections(book, write)
