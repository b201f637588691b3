"""A web page saved in one file: its text, and the pictures that lie in it."""

import base64
from collections.abc import Callable

from samizdat.importers.documents.reading import Document

HEAD = (
    "From: <Saved by a browser>\r\nSubject: The Weir\r\nMIME-Version: 1.0\r\n"
    'Content-Type: multipart/related;\r\n\ttype="text/html";\r\n\tboundary="--x--"\r\n\r\n'
)
PAGE = (
    "----x--\r\nContent-Type: text/html\r\nContent-Transfer-Encoding: quoted-printable\r\n\r\n"
    '<html lang=3D"en"><body><h1>The Weir</h1><p>It ran below the mi=\r\nll, caf=C3=A9 and all.</p>'
    '<p><img src=3D"https://weir.example/mill.png?a=3D1&amp;b=3D2" alt=3D"The mill"></p></body></html>\r\n'
)


def test_a_page_in_one_file(read_bytes: Callable[[str, bytes], Document], picture: Callable[[int, int], bytes]) -> None:
    data = base64.b64encode(picture(6, 4)).decode()
    part = (
        "----x--\r\nContent-Type: image/png\r\nContent-Transfer-Encoding: base64\r\n"
        f"Content-Location: https://weir.example/mill.png?a=1&b=2\r\n\r\n{data}\r\n----x----\r\n"
    )
    document = read_bytes("weir.mht", (HEAD + PAGE + part).encode())
    assert document.book.metadata.title == "The Weir"
    assert "the mill, café and all" in str(document.book.body)
    assert [picture.width for picture in document.book.pictures] == [6]
    assert document.problems == ()
