"""The parts of a book, and what the standards call them.

`epub:type` values are those of the EPUB 3 Structural Semantics Vocabulary 1.1, roles those of DPUB-ARIA 1.1.
"""

from enum import StrEnum
from typing import NamedTuple


class Matter(StrEnum):
    """Where in the book a section stands."""

    FRONT = "frontmatter"
    BODY = "bodymatter"
    BACK = "backmatter"


class Kind(StrEnum):
    """What a section of the book is."""

    HALF_TITLE = "half-title"
    FRONTISPIECE = "frontispiece"
    TITLE_PAGE = "title-page"
    IMPRINT = "imprint"
    DEDICATION = "dedication"
    EPIGRAPH = "epigraph"
    CONTENTS = "contents"
    LIST_OF_FIGURES = "list-of-figures"
    LIST_OF_TABLES = "list-of-tables"
    FOREWORD = "foreword"
    PREFACE = "preface"
    INTRODUCTION = "introduction"
    PROLOGUE = "prologue"
    PART = "part"
    CHAPTER = "chapter"
    INTERLUDE = "interlude"
    SECTION = "section"
    EPILOGUE = "epilogue"
    CONCLUSION = "conclusion"
    AFTERWORD = "afterword"
    APPENDIX = "appendix"
    ACKNOWLEDGEMENTS = "acknowledgements"
    NOTES = "notes"
    GLOSSARY = "glossary"
    BIBLIOGRAPHY = "bibliography"
    TIMELINE = "timeline"
    QUESTIONS = "questions"
    INDEX = "index"
    ACCESSIBILITY_STATEMENT = "accessibility-statement"
    COLOPHON = "colophon"

    @property
    def matter(self) -> Matter:
        """Front, body or back."""
        return _SEMANTICS[self].matter

    @property
    def epub_type(self) -> str:
        """The section's `epub:type`, empty where the vocabulary has none that fits."""
        return _SEMANTICS[self].epub_type

    @property
    def role(self) -> str:
        """The section's DPUB-ARIA role, empty where there is none that a section may carry."""
        return _SEMANTICS[self].role

    @property
    def generated(self) -> bool:
        """The program makes this page; it has no file."""
        return self in _GENERATED


class _Semantics(NamedTuple):
    matter: Matter
    epub_type: str
    role: str


_SEMANTICS = {
    Kind.HALF_TITLE: _Semantics(Matter.FRONT, "halftitlepage", ""),
    Kind.FRONTISPIECE: _Semantics(Matter.FRONT, "", ""),
    Kind.TITLE_PAGE: _Semantics(Matter.FRONT, "titlepage", ""),
    Kind.IMPRINT: _Semantics(Matter.FRONT, "imprint", ""),
    Kind.DEDICATION: _Semantics(Matter.FRONT, "dedication", "doc-dedication"),
    Kind.EPIGRAPH: _Semantics(Matter.FRONT, "epigraph", "doc-epigraph"),
    Kind.CONTENTS: _Semantics(Matter.FRONT, "toc", "doc-toc"),
    Kind.LIST_OF_FIGURES: _Semantics(Matter.FRONT, "loi", ""),
    Kind.LIST_OF_TABLES: _Semantics(Matter.FRONT, "lot", ""),
    Kind.FOREWORD: _Semantics(Matter.FRONT, "foreword", "doc-foreword"),
    Kind.PREFACE: _Semantics(Matter.FRONT, "preface", "doc-preface"),
    Kind.INTRODUCTION: _Semantics(Matter.FRONT, "introduction", "doc-introduction"),
    Kind.PROLOGUE: _Semantics(Matter.BODY, "prologue", "doc-prologue"),
    Kind.PART: _Semantics(Matter.BODY, "part", "doc-part"),
    Kind.CHAPTER: _Semantics(Matter.BODY, "chapter", "doc-chapter"),
    Kind.INTERLUDE: _Semantics(Matter.BODY, "chapter", "doc-chapter"),
    Kind.SECTION: _Semantics(Matter.BODY, "", ""),
    Kind.EPILOGUE: _Semantics(Matter.BODY, "epilogue", "doc-epilogue"),
    Kind.CONCLUSION: _Semantics(Matter.BODY, "conclusion", "doc-conclusion"),
    Kind.AFTERWORD: _Semantics(Matter.BACK, "afterword", "doc-afterword"),
    Kind.APPENDIX: _Semantics(Matter.BACK, "appendix", "doc-appendix"),
    Kind.ACKNOWLEDGEMENTS: _Semantics(Matter.BACK, "acknowledgments", "doc-acknowledgments"),
    Kind.NOTES: _Semantics(Matter.BACK, "endnotes", "doc-endnotes"),
    Kind.GLOSSARY: _Semantics(Matter.BACK, "glossary", "doc-glossary"),
    Kind.BIBLIOGRAPHY: _Semantics(Matter.BACK, "bibliography", "doc-bibliography"),
    Kind.TIMELINE: _Semantics(Matter.BACK, "appendix", "doc-appendix"),
    Kind.QUESTIONS: _Semantics(Matter.BACK, "appendix", "doc-appendix"),
    Kind.INDEX: _Semantics(Matter.BACK, "index", "doc-index"),
    Kind.ACCESSIBILITY_STATEMENT: _Semantics(Matter.BACK, "", ""),
    Kind.COLOPHON: _Semantics(Matter.BACK, "colophon", "doc-colophon"),
}

_GENERATED = {
    Kind.HALF_TITLE,
    Kind.TITLE_PAGE,
    Kind.IMPRINT,
    Kind.CONTENTS,
    Kind.LIST_OF_FIGURES,
    Kind.LIST_OF_TABLES,
    Kind.INDEX,
    Kind.ACCESSIBILITY_STATEMENT,
    Kind.COLOPHON,
}
