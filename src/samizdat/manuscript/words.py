"""Words with every mark that Markdown would take for its own set off by a backslash, and no other."""

import re
import unicodedata

SEPARATOR = "<!-- -->"
"""A comment, which is left out when it is read: it keeps marks apart that would run into one another."""

_ANYWHERE = re.compile(r"""[\\`*_{}\[\]<>#|~^$&"'@]|-(?=-)|(?<=-)-|\.(?=\.)|(?<=\.)\.|!(?=\[|$)""")
_SPACES = re.compile(r"^ | $|(?<= ) |[\t\n\r]")
_LABEL = re.compile(r"^(\(?(?:\d+|[A-Za-z]|[ivxlcdmIVXLCDM]+|#|@))([.)])(?=\s|$)")
_MARK = re.compile(r"^([-+:=%]|\(@)")
_CAPTION = re.compile(r"^([Tt]able):")


def escaped(text: str) -> str:
    """Set off what means something anywhere in a line; spaces that would be lost become references."""
    text = _ANYWHERE.sub(r"\\\g<0>", text)
    return _SPACES.sub(lambda space: f"&#{ord(space[0])};", text)


def at_line_start(text: str) -> str:
    """Set off what means something at the beginning of a line: the marks of lists, definitions and captions."""
    text = _LABEL.sub(r"\1\\\2", text)
    text = _CAPTION.sub(r"\1\\:", text)
    return _MARK.sub(r"\\\1", text)


def attributes(identity: str = "", classes: tuple[str, ...] = (), **pairs: str) -> str:
    """Return a group of attributes in braces, or nothing where there are none."""
    parts = [f"#{identity}"] if identity else []
    parts += [f".{name}" for name in classes]
    parts += [f"{key.replace('_', '-')}={_value(value)}" for key, value in pairs.items() if value]
    return f"{{{' '.join(parts)}}}" if parts else ""


def narrow(markdown: str) -> str:
    """Spell letters that are not one column wide as references, where columns must be counted."""
    return "".join(letter if _one_column(letter) else f"&#{ord(letter)};" for letter in markdown)


def _one_column(letter: str) -> bool:
    if letter.isascii():
        return True
    return unicodedata.east_asian_width(letter) in {"Na", "N", "H"} and unicodedata.category(letter) not in {
        "Mn",
        "Me",
        "Cf",
        "Mc",
    }


def _value(value: str) -> str:
    return value if re.fullmatch(r"[A-Za-z0-9-]+%?", value) else quoted(value)


def quoted(value: str) -> str:
    """Put a value between quotation marks."""
    value = re.sub(r"([\\\"&\[\]`<$])", r"\\\1", value)
    return '"' + re.sub(r"[\t\n\r]|^ | $|(?<= ) ", lambda space: f"&#{ord(space[0])};", value) + '"'
