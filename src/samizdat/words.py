"""The few words that the program itself sets in a book, by language."""

from collections.abc import Mapping
from dataclasses import dataclass

_WORDS: Mapping[str, Mapping[str, str]] = {
    "en": {
        "page": "page", "page-range": "pages", "notes": "Notes", "back": "Back to the text", "see": "see", "see-also": "see also",
        "edited": "Edited by", "translated": "Translated by", "illustrated": "Illustrated by",
        "foreword": "With a foreword by", "afterword": "With an afterword by", "contributor": "With contributions by",
        "cover": "Cover", "start": "Begin reading", "colophon-made": "This book was made with samizdat.",
        "set-in": "Set in", "source": "Source", "skip": "Skip to the text",
        "landmarks": "Landmarks", "pages": "Pages", "figure": "Figure", "table": "Table", "title-page": "Title page",
    },
    "de": {
        "page": "Seite", "page-range": "Seiten", "notes": "Anmerkungen", "back": "Zurück zum Text",
        "see": "siehe", "see-also": "siehe auch",
        "edited": "Herausgegeben von", "translated": "Übersetzt von", "illustrated": "Illustriert von",
        "foreword": "Mit einem Vorwort von", "afterword": "Mit einem Nachwort von", "contributor": "Mit Beiträgen von",
        "cover": "Umschlag", "start": "Lesebeginn", "colophon-made": "Dieses Buch wurde mit samizdat hergestellt.",
        "set-in": "Gesetzt aus der", "source": "Quelle", "skip": "Zum Text",
        "landmarks": "Orientierungspunkte", "pages": "Seiten", "figure": "Abbildung", "table": "Tabelle",
        "title-page": "Titelseite",
    },
    "fr": {
        "page": "page", "page-range": "pages", "notes": "Notes", "back": "Retour au texte",
        "see": "voir", "see-also": "voir aussi",
        "edited": "Édition de", "translated": "Traduction de", "illustrated": "Illustrations de",
        "foreword": "Avant-propos de", "afterword": "Postface de", "contributor": "Avec la collaboration de",
        "cover": "Couverture", "start": "Début de la lecture",
        "colophon-made": "Ce livre a été composé avec samizdat.",
        "set-in": "Composé en", "source": "Source", "skip": "Aller au texte",
        "landmarks": "Repères", "pages": "Pages", "figure": "Figure", "table": "Tableau", "title-page": "Page de titre",
    },
    "es": {
        "page": "página", "page-range": "páginas", "notes": "Notas", "back": "Volver al texto",
        "see": "véase", "see-also": "véase también",
        "edited": "Edición de", "translated": "Traducción de", "illustrated": "Ilustraciones de",
        "foreword": "Con un prólogo de", "afterword": "Con un epílogo de", "contributor": "Con la colaboración de",
        "cover": "Cubierta", "start": "Comenzar a leer", "colophon-made": "Este libro se ha compuesto con samizdat.",
        "set-in": "Compuesto en", "source": "Fuente", "skip": "Ir al texto",
        "landmarks": "Puntos de referencia", "pages": "Páginas", "figure": "Figura", "table": "Tabla", "title-page": "Portada",
    },
    "ru": {
        "page": "с.", "page-range": "с.", "notes": "Примечания", "back": "Назад к тексту", "see": "см.", "see-also": "см. также",
        "edited": "Редактор", "translated": "Перевод", "illustrated": "Иллюстрации",
        "foreword": "Предисловие", "afterword": "Послесловие", "contributor": "При участии",
        "cover": "Обложка", "start": "Начать чтение", "colophon-made": "Эта книга сделана с помощью samizdat.",
        "set-in": "Гарнитура", "source": "Источник", "skip": "К тексту",
        "landmarks": "Ориентиры", "pages": "Страницы", "figure": "Рисунок", "table": "Таблица", "title-page": "Титульный лист",
    },
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class Words:
    """The program's words in one language; English where it does not know the language."""

    language: str

    def __call__(self, key: str) -> str:
        """Return the word for a key such as "page" or "notes"."""
        return _WORDS.get(self.language.split("-")[0].lower(), _WORDS["en"])[key]
