from samizdat.importers.plain.capture import decode
from samizdat.importers.plain.reading import judged
from samizdat.importers.plain.record import PassageKind
from samizdat.importers.plain.rules import Rules


def _headings(text: str) -> list[str]:
    """Return the words of what is taken for headings."""
    passages, _, _ = judged(decode(text.encode()), Rules())
    return [one.flowed for one in passages if one.kind is PassageKind.HEADING]


def _tales(close: str) -> str:
    """Return tales full of talk, without more space anywhere; short lines that are no titles end with what is given."""
    long = (
        "She had carried the lantern down to the jetty every evening since the ferry stopped, and nobody had asked her to;"
        " it was, she said, a habit, and habits are cheaper than hope in a town with one street and no baker."
    )
    short = [f"“You are late again{close}”", f"“Then the tide is late{close}”", f"She shook her head at him{close}"]
    talk = [long, long, *short, long, long, *short, long, long, long]
    titles = ("The Lantern at the Jetty", "A Ferry in the Fog", "The Baker’s Second House", "A Street without a Name")
    return "\n\n".join(line for title in titles for line in (*talk, title, *talk))


def test_a_title_lacks_the_stop_that_short_lines_of_a_tale_have() -> None:
    titles = ["The Lantern at the Jetty", "A Ferry in the Fog", "The Baker’s Second House", "A Street without a Name"]
    assert _headings(_tales(".")) == titles


def test_where_short_lines_often_lack_a_stop_lacking_one_says_nothing() -> None:
    assert _headings(_tales("")) == []
