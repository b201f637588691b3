"""Styles of word processors in any language: titles, headings, quotations and verse are known by their names."""

from collections.abc import Callable
from typing import Any

from samizdat.importers.documents.reading import Document
from samizdat.model.block import Epigraph, Quote, Verse
from samizdat.model.walk import descend, plain_text

ReadBytes = Callable[[str, bytes], Document]
W = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
R = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
ODF = " ".join(
    f'xmlns:{prefix}="urn:oasis:names:tc:opendocument:xmlns:{name}:1.0"'
    for prefix, name in (("office", "office"), ("style", "style"), ("text", "text"), ("fo", "xsl-fo-compatible"))
)


def _found(document: Document, kind: type) -> list[str]:
    return [plain_text(node) for node in descend(document.book.sections) if isinstance(node, kind)]


def _odt(made: Any, styles: str, paragraphs: str) -> bytes:
    return bytes(
        made.archive(
            {
                "mimetype": "application/vnd.oasis.opendocument.text",
                "styles.xml": f"<office:document-styles {ODF}><office:styles>{styles}</office:styles></office:document-styles>",
                "content.xml": f"<office:document-content {ODF}><office:automatic-styles>"
                '<style:style style:name="P1" style:family="paragraph" style:parent-style-name="Quotations"/>'
                "</office:automatic-styles>"
                f"<office:body><office:text>{paragraphs}</office:text></office:body></office:document-content>",
            }
        )
    )


def test_styles_of_an_odt(read_bytes: ReadBytes, made: Any) -> None:
    names = ("Title", "Subtitle", "Quotations", "Gedicht", "Standard")
    styles = "".join(f'<style:style style:name="{name}" style:family="paragraph"/>' for name in names)
    styles += (
        '<style:style style:name="Mein_20_Motto" style:display-name="Mein Motto" style:family="paragraph"'
        ' style:parent-style-name="Motto"/><style:style style:name="Motto" style:family="paragraph"/>'
    )
    said = (
        *(("Title", "Das Wehr"), ("Subtitle", "Ein Bericht"), ("Mein_20_Motto", "Geh langsam."), ("Standard", "Es regnet.")),
        *(("P1", "Wer geht, der geht."), ("Gedicht", "Wasser unten"), ("Gedicht", "Wasser oben"), ("Standard", "Ende.")),
    )
    body = "".join(f'<text:p text:style-name="{style}">{words}</text:p>' for style, words in said)
    document = read_bytes("wehr.odt", _odt(made, styles, body))
    assert (document.book.metadata.title, document.book.metadata.subtitle) == ("Das Wehr", "Ein Bericht")
    assert _found(document, Quote) == ["Wer geht, der geht."]
    assert _found(document, Epigraph) == ["Geh langsam."]
    assert len(_found(document, Verse)) == 1
    assert not any("\ue000" <= letter <= "\uf8ff" for letter in plain_text(document.book.sections))


def test_styles_of_word_in_another_language(read_bytes: ReadBytes, made: Any) -> None:
    shown = {"T": "Titre", "H": "Titre 1", "U": "Titre 2", "Q": "Citation intense", "V": "Poème", "S": "Sous-titre"}
    styles = "".join(
        f'<w:style w:type="paragraph" w:styleId="{key}"><w:name w:val="{name}"/></w:style>' for key, name in shown.items()
    )
    said = [("Le barrage", "T"), ("Récit", "S"), ("La boue", "H"), ("Mouillée.", ""), ("Qui va, va.", "Q")]
    said += (("L’eau", "V"), ("la pierre", "U"), ("Sèche.", ""), ("Le fer", "H"), ("Froid.", ""))
    body = "".join(made.paragraph(words, style) for words, style in said)
    relations = f'<Relationship Id="r2" Type="{R}/styles" Target="styles.xml"/>'
    more = {
        "word/styles.xml": f'<w:styles xmlns:w="{W}">{styles}</w:styles>',
        "word/_rels/document.xml.rels": '<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships">'
        f"{relations}</Relationships>",
    }
    document = read_bytes("barrage.docx", made.docx(body, more))
    assert (document.book.metadata.title, document.book.metadata.subtitle) == ("Le barrage", "Récit")
    assert [plain_text(section.title) for section in document.book.sections] == ["La boue", "Le fer"]
    assert [plain_text(section.title) for section in document.book.sections[0].sections] == ["la pierre"]
    assert _found(document, Quote) == ["Qui va, va."]
    assert len(_found(document, Verse)) == 1
