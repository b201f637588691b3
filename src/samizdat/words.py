"""The few words that the program itself sets in a book, by language."""

from collections.abc import Mapping
from dataclasses import dataclass

_WORDS: Mapping[str, Mapping[str, str]] = {
    "en": {
        "page": "page", "note": "Note", "notes": "Notes", "back": "Back to the text", "see": "see", "see-also": "see also",
        "by": "by", "edited": "Edited by", "translated": "Translated by", "illustrated": "Illustrated by",
        "foreword": "With a foreword by", "afterword": "With an afterword by", "contributor": "With contributions by",
        "cover": "Cover", "start": "Begin reading", "contents": "Contents", "colophon-made": "This book was made with samizdat.",
        "set-in": "Set in", "source": "Source", "statement": "Statement on accessibility", "skip": "Skip to the text",
        "series": "Series", "text": "Text", "landmarks": "Landmarks", "pages": "Pages", "permalink": "Link to this place", "figure": "Figure", "table": "Table", "title-page": "Title page",
    },
    "de": {
        "page": "Seite", "note": "Anmerkung", "notes": "Anmerkungen", "back": "Zurück zum Text", "see": "siehe", "see-also": "siehe auch",
        "by": "von", "edited": "Herausgegeben von", "translated": "Übersetzt von", "illustrated": "Illustriert von",
        "foreword": "Mit einem Vorwort von", "afterword": "Mit einem Nachwort von", "contributor": "Mit Beiträgen von",
        "cover": "Umschlag", "start": "Lesebeginn", "contents": "Inhalt", "colophon-made": "Dieses Buch wurde mit samizdat hergestellt.",
        "set-in": "Gesetzt aus der", "source": "Quelle", "statement": "Erklärung zur Barrierefreiheit", "skip": "Zum Text",
        "series": "Reihe", "text": "Text", "landmarks": "Orientierungspunkte", "pages": "Seiten", "permalink": "Verweis auf diese Stelle", "figure": "Abbildung", "table": "Tabelle", "title-page": "Titelseite",
    },
    "fr": {
        "page": "page", "note": "Note", "notes": "Notes", "back": "Retour au texte", "see": "voir", "see-also": "voir aussi",
        "by": "par", "edited": "Édition de", "translated": "Traduction de", "illustrated": "Illustrations de",
        "foreword": "Avant-propos de", "afterword": "Postface de", "contributor": "Avec la collaboration de",
        "cover": "Couverture", "start": "Début de la lecture", "contents": "Table des matières",
        "colophon-made": "Ce livre a été composé avec samizdat.",
        "set-in": "Composé en", "source": "Source", "statement": "Déclaration d’accessibilité", "skip": "Aller au texte",
        "series": "Collection", "text": "Texte", "landmarks": "Repères", "pages": "Pages", "permalink": "Lien vers ce passage", "figure": "Figure", "table": "Tableau", "title-page": "Page de titre",
    },
    "es": {
        "page": "página", "note": "Nota", "notes": "Notas", "back": "Volver al texto", "see": "véase", "see-also": "véase también",
        "by": "por", "edited": "Edición de", "translated": "Traducción de", "illustrated": "Ilustraciones de",
        "foreword": "Con un prólogo de", "afterword": "Con un epílogo de", "contributor": "Con la colaboración de",
        "cover": "Cubierta", "start": "Comenzar a leer", "contents": "Índice", "colophon-made": "Este libro se ha compuesto con samizdat.",
        "set-in": "Compuesto en", "source": "Fuente", "statement": "Declaración de accesibilidad", "skip": "Ir al texto",
        "series": "Colección", "text": "Texto", "landmarks": "Puntos de referencia", "pages": "Páginas", "permalink": "Enlace a este pasaje", "figure": "Figura", "table": "Tabla", "title-page": "Portada",
    },
    "ru": {
        "page": "с.", "note": "Примечание", "notes": "Примечания", "back": "Назад к тексту", "see": "см.", "see-also": "см. также",
        "by": "автор", "edited": "Редактор", "translated": "Перевод", "illustrated": "Иллюстрации",
        "foreword": "Предисловие", "afterword": "Послесловие", "contributor": "При участии",
        "cover": "Обложка", "start": "Начать чтение", "contents": "Содержание", "colophon-made": "Эта книга сделана с помощью samizdat.",
        "set-in": "Гарнитура", "source": "Источник", "statement": "О доступности этого издания", "skip": "К тексту",
        "series": "Серия", "text": "Текст", "landmarks": "Ориентиры", "pages": "Страницы", "permalink": "Ссылка на это место", "figure": "Рисунок", "table": "Таблица", "title-page": "Титульный лист",
    },
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class Words:
    """The program's words in one language; English where it does not know the language."""

    language: str

    def __call__(self, key: str) -> str:
        """Return the word for a key such as "page" or "notes"."""
        return _WORDS.get(self.language.split("-")[0].lower(), _WORDS["en"])[key]
