"""Titles set a second time, in a contents list or a reference, and the headings of the pages that the program makes."""

from dataclasses import replace

from samizdat.model.inline import CrossReference, Image, IndexTerm, Inlines, LineBreak, Link, NoteRef, PageBreak, Span, Text
from samizdat.model.kind import Kind
from samizdat.model.walk import rebuild

_HEADINGS = {
    "ar": ("المحتويات", "قائمة الأشكال", "قائمة الجداول", "الفهرس", "بيانات الطبع"),
    "ca": ("Sumari", "Índex de figures", "Índex de taules", "Índex alfabètic", "Colofó"),
    "cs": ("Obsah", "Seznam obrázků", "Seznam tabulek", "Rejstřík", "Tiráž"),
    "da": ("Indhold", "Figurer", "Tabeller", "Register", "Kolofon"),
    "de": ("Inhalt", "Abbildungen", "Tabellen", "Register", "Kolophon"),
    "el": ("Περιεχόμενα", "Κατάλογος εικόνων", "Κατάλογος πινάκων", "Ευρετήριο", "Κολοφώνας"),
    "en": ("Contents", "Figures", "Tables", "Index", "Colophon"),
    "eo": ("Enhavo", "Figuroj", "Tabeloj", "Indekso", "Kolofono"),
    "es": ("Índice", "Índice de figuras", "Índice de tablas", "Índice alfabético", "Colofón"),
    "fi": ("Sisällys", "Kuvat", "Taulukot", "Hakemisto", "Kolofoni"),
    "fr": ("Sommaire", "Table des figures", "Liste des tableaux", "Index", "Colophon"),
    "he": ("תוכן העניינים", "רשימת האיורים", "רשימת הטבלאות", "מפתח", "קולופון"),
    "hu": ("Tartalom", "Ábrák jegyzéke", "Táblázatok jegyzéke", "Tárgymutató", "Kolofon"),
    "it": ("Indice", "Elenco delle figure", "Elenco delle tabelle", "Indice analitico", "Colophon"),
    "ja": ("目次", "図目次", "表目次", "索引", "奥付"),
    "nb": ("Innhold", "Figurer", "Tabeller", "Register", "Kolofon"),
    "nl": ("Inhoud", "Lijst van figuren", "Lijst van tabellen", "Register", "Colofon"),
    "pl": ("Spis treści", "Spis ilustracji", "Spis tabel", "Indeks", "Kolofon"),
    "pt": ("Sumário", "Lista de figuras", "Lista de tabelas", "Índice remissivo", "Colofão"),
    "ru": ("Содержание", "Список иллюстраций", "Список таблиц", "Указатель", "Выходные данные"),
    "sv": ("Innehåll", "Figurer", "Tabeller", "Register", "Kolofon"),
    "tr": ("İçindekiler", "Şekiller", "Tablolar", "Dizin", "Kolofon"),
    "uk": ("Зміст", "Перелік ілюстрацій", "Перелік таблиць", "Покажчик", "Вихідні дані"),
    "zh": ("目录", "插图目录", "表格目录", "索引", "版权页"),
}
_KINDS = (Kind.CONTENTS, Kind.LIST_OF_FIGURES, Kind.LIST_OF_TABLES, Kind.INDEX, Kind.COLOPHON)


def heading(kind: Kind, language: str) -> str:
    """Return the heading of a page that the program makes, in English where the language is unknown; empty if it has none."""
    code = language.lower().split("-")[0]
    words = _HEADINGS.get({"nn": "nb", "no": "nb"}.get(code, code), _HEADINGS["en"])
    return dict(zip(_KINDS, words, strict=True)).get(kind, "")


def bare(title: Inlines) -> Inlines:
    """Return a title fit to stand in a second place: without notes, index terms, links, pictures, ids and line breaks."""
    return rebuild(title, _bare)


def _bare(node: object) -> object:
    match node:
        case NoteRef() | Image() | PageBreak():
            return ()
        case IndexTerm(inlines=inlines) | Link(inlines=inlines) | CrossReference(inlines=inlines):
            return inlines
        case LineBreak():
            return Text(" ")
        case Span():
            return replace(node, id="")
        case _:
            return node
