"""Small and capital letters: of scripts that have both, and use them as most do."""

_GEORGIAN = range(0x10A0, 0x1100)
"""Unicode gives its letters capitals, which are used for whole lines only; a sentence does not begin with one."""


def is_small(letter: str) -> bool:
    """Tell whether a letter is one that no sentence begins with; an empty text is none."""
    return letter.islower() and ord(letter[0]) not in _GEORGIAN


def is_capital(letter: str) -> bool:
    """Tell whether a letter is a capital, as a sentence begins with one."""
    return letter.isupper()


def has_case(letter: str) -> bool:
    """Tell whether a letter is small or capital at all."""
    return is_small(letter) or is_capital(letter)
