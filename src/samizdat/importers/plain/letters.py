"""Letters: the greeting and the signature of a quotation that is one, and signatures under running text."""

from dataclasses import dataclass, replace

from samizdat.importers.plain import quotes
from samizdat.importers.plain.greetings import dated, greets, signed, takes_leave
from samizdat.importers.plain.inlines import inlines
from samizdat.importers.plain.record import Decision, Decisions, Lines, Passage, PassageKind, Passages, Study, decide
from samizdat.importers.plain.rules import Rules
from samizdat.model.block import Blocks, Division, Paragraph, Role
from samizdat.problems import Rule, Severity

LETTER = Rule(
    "Q55",
    Severity.ADVICE,
    "A letter",
    "A quotation that is set in has a greeting near its beginning, or ends as letters end, with a name.",
)
SIGNATURE = Rule(
    "Q56",
    Severity.ADVICE,
    "The signature of a letter",
    "Two or three short lines, of which the first says farewell as letters do and the last is a name.",
)


@dataclass(frozen=True, slots=True)
class Formed:
    """What each part of a letter is."""

    roles: tuple[Role | None, ...]


def judge(passages: Passages, study: Study, rules: Rules) -> tuple[Passages, Decisions]:  # noqa: ARG001
    """Find letters among the quotations, and signatures in running text."""
    result: list[Passage] = []
    decisions: list[Decision] = []
    for one in passages:
        if one.kind is PassageKind.QUOTE and not (one.parts or one.pinned) and rules.allow(LETTER) and (formed := _formed(one)):
            letter, roles = formed
            decisions.append(decide(LETTER, one, 0.8, "a letter", _why(roles.roles)))
            result.append(replace(one.decided(LETTER, PassageKind.LETTER, 0.8), data=roles, parts=letter))
        elif one.unknown and rules.allow(SIGNATURE) and signed(one.lines):
            parts = tuple(replace(one, kind=PassageKind.PARAGRAPH, lines=(line,)) for line in one.lines)
            decisions.append(decide(SIGNATURE, one, 0.75, "a signature", "it says farewell, and a name follows"))
            roles = Formed((Role.SIGNATURE,) * len(parts))
            result.append(replace(one.decided(SIGNATURE, PassageKind.LETTER, 0.75), data=roles, parts=parts))
        else:
            result.append(one)
    return tuple(result), tuple(decisions)


def blocks(passage: Passage, study: Study) -> Blocks:
    """Return a letter in its parts, or a signature by itself."""
    roles = passage.data.roles if isinstance(passage.data, Formed) else ()
    result: list[Division | Paragraph] = []
    for part, role in zip(passage.parts, roles, strict=True):
        paragraph = Paragraph(inlines(part.flowed, study))
        last = result[-1] if result else None
        if role is None:
            result.append(paragraph)
        elif isinstance(last, Division) and last.role is role:
            result[-1] = replace(last, blocks=(*last.blocks, paragraph))
        else:
            result.append(Division((paragraph,), role))
    if all(role is Role.SIGNATURE for role in roles):
        return tuple(result)
    return (Division(tuple(result), Role.LETTER),)


def pinned(passage: Passage) -> Passage:
    """Make a letter of lines that a person says are one, with the parts of a letter as far as they can be told."""
    parts, formed = _formed(passage) or ((), Formed(()))
    if not parts:
        parts = tuple(Passage(PassageKind.PARAGRAPH, lines) for lines in quotes.parted(passage))
        formed = Formed((None,) * len(parts))
    return replace(passage, data=formed, parts=parts)


def _formed(one: Passage) -> tuple[Passages, Formed] | None:
    """Part a quotation into the lines and paragraphs of a letter, if it has a greeting or a farewell."""
    pieces: list[Lines] = []
    for paragraph in quotes.parted(one):
        if len(paragraph) <= 4 and signed(paragraph):
            pieces += [(line,) for line in paragraph]
        else:
            pieces.append(paragraph)
    texts = [" ".join(line.words for line in piece) for piece in pieces]
    roles: list[Role | None] = [None] * len(pieces)
    greeting = next((at for at, text in enumerate(texts[:4]) if len(text) < 70 and greets(text)), -1)
    if greeting >= 0:
        roles[greeting] = Role.SALUTATION
        for at in range(greeting):
            roles[at] = Role.DATELINE if len(texts[at]) < 80 and dated(texts[at]) else None
    for at in range(max(greeting + 1, len(texts) - 4), len(texts)):
        if len(texts[at]) < 70 and takes_leave(texts[at]) and all(len(text) < 60 for text in texts[at:]):
            roles[at:] = [Role.SIGNATURE] * (len(texts) - at)
            break
    if greeting < 0 and Role.SIGNATURE not in roles:
        return None
    parts = tuple(Passage(PassageKind.PARAGRAPH, piece) for piece in pieces)
    return parts, Formed(tuple(roles))


def _why(roles: tuple[Role | None, ...]) -> str:
    found = [
        words for role, words in ((Role.SALUTATION, "a greeting"), (Role.SIGNATURE, "a farewell and a name")) if role in roles
    ]
    return f"set in, with {' and '.join(found)}"
