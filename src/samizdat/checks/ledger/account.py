"""The account of an edition: what the book owes against what its file holds, each difference explained by a rule or a problem.

What no rule explains is told with its place and the words around it.
"""

import re
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from itertools import groupby

from samizdat.checks.ledger import pages
from samizdat.checks.ledger.align import Difference, differences
from samizdat.checks.ledger.besides import besides
from samizdat.checks.ledger.expected import Expected, Passage, expected, squeezed
from samizdat.checks.ledger.rules import (
    ADDRESS,
    MADE_PAGE,
    NOTES,
    OWN_TEMPLATE,
    drawn_pattern,
    explain,
    marked_pattern,
    named,
)
from samizdat.checks.ledger.taken import Stretch, Taken, is_drawn, stored, take
from samizdat.checks.ledger.words import CALL, DIVIDED, is_word, said, split
from samizdat.formats.imposition import gathered
from samizdat.model.book import Book
from samizdat.problems import Place, Problem, Rule, Severity

MISSING = Rule(
    "L01",
    Severity.ERROR,
    "Words of the book are missing from an edition",
    "After an edition is made, its words are taken out of the finished file again and laid beside the book's. Words of the book "
    "are not there. The edition is not put in place; the one made before stays. This is a fault of samizdat, or of a template: "
    "tell its makers, with the words around the place.",
)
EXTRA = Rule(
    "L02",
    Severity.ERROR,
    "An edition holds words that are not in the book",
    "The finished file holds words that the book does not have, or has fewer times, and that no rule explains: no running head, "
    "no page number, no page that samizdat makes. "
    "Tell the makers of samizdat, with the words around the place.",
)
CHANGED = Rule(
    "L03",
    Severity.ERROR,
    "Words of the book are changed in an edition",
    "Where the book has certain words, the finished file has others: a letter without its accent, a number with other digits, a "
    "lost hyphen. Look at fonts and templates; else tell the makers of samizdat.",
)
MOVED = Rule(
    "L04",
    Severity.ERROR,
    "Words of the book stand elsewhere in an edition",
    "The finished file has these words, but not where the book has them. Notes may go to the foot of the page or the end of the "
    "chapter; nothing else may move.",
)

_SHOWN = 10
"""How many problems are told of in full; more of them do not help."""
_NEAR = 4
"""Differences so few words apart are looked at together before they are given up."""


@dataclass(slots=True)
class Account:
    """What came of the comparison: words owed, words found, how often each rule was needed, and what no rule explains."""

    owed: int = 0
    found: int = 0
    explained: Counter[str] = field(default_factory=Counter)
    problems: list[Problem] = field(default_factory=list)


def accounts(
    book: Book, files: Mapping[str, bytes], face: str = "", *, own_templates: bool = False
) -> Iterator[tuple[str, Account]]:
    """Yield the account of each file of an edition that has text to read, and of each folder of pages that are read as one.

    `book` is what the edition made of it, and the pages of a folder are named in the order of reading.

    Its drawn pages, if it has any, are set in `face`.
    """
    for name, texts in _texts(files).items():
        drawn = any(map(is_drawn, texts.values()))
        owed = expected(book, face, drawn=drawn)
        copies = pages.read(*texts.values(), rtl=owed.direction == "rtl") if drawn else (None,)
        found = [_account(owed, texts, copy, name, own_templates=own_templates) for copy in copies]
        worst = max(found, key=_wrong)
        for account in found:
            worst.explained |= account.explained
        if not own_templates and not drawn:  # own ones may set a book as they like
            worst.problems += besides(book, name, take(texts, owed).pages, stored(texts))
        yield name, worst


def _account(owed: Expected, texts: Mapping[str, bytes], copy: pages.Copy | None, name: str, *, own_templates: bool) -> Account:
    """Account for one copy of the book."""
    account = _Auditor(owed, take(texts, owed, copy), name, own_templates=own_templates).account()
    if account.problems and copy is not None and any(passage.note for passage in owed.passages):
        after = take(texts, owed, copy, notes_apart=False)  # the notes may stand after their chapter
        account = min(account, _Auditor(owed, after, name, own_templates=own_templates).account(), key=_wrong)
    return account


def _wrong(account: Account) -> int:
    """Say how much is wrong; of the copies on a sheet the worst is told of."""
    return account.owed - account.found + len(account.problems)


def _texts(files: Mapping[str, bytes]) -> Mapping[str, Mapping[str, bytes]]:
    """Gather the files that have text to read: each by itself, and those of a folder by the folder's name."""
    texts: dict[str, dict[str, bytes]] = {}
    for name, data in gathered(files).items():
        if is_drawn(data) is not None:
            texts.setdefault(name.partition("/")[0], {})[name] = data
    return texts


@dataclass(frozen=True, slots=True)
class _Row:
    """Words one after the other, and for each the passage or stretch that it comes from."""

    words: list[str]
    sources: list[int]
    calls: frozenset[int] = frozenset()


class _Auditor:
    """Goes through the differences between what is owed and what was taken."""

    def __init__(self, owed: Expected, taken: Taken, file: str, *, own_templates: bool) -> None:
        self._owed = owed
        self._taken = taken
        self._file = file
        self._own_templates = own_templates
        self._joint = "" if taken.drawn else " "
        self._account = Account(explained=taken.aside.copy())

    def account(self) -> Account:
        text = self._without_made_pages()
        apart = [passage for passage in self._owed.passages if passage.note]
        if apart and not self._taken.notes:
            passages = [*self._headed()]
            self._compare(passages, text)
        else:
            self._compare([passage for passage in self._owed.passages if not (passage.note or passage.plate)], text)
            self._compare(apart, self._taken.notes)
        self._compare([passage for passage in self._owed.passages if passage.plate], self._taken.plates)
        if self._taken.drawn:
            for marker in (+self._taken.markers).elements():
                self._tell(MISSING, f"The number or sign “{marker}” of a list is missing.", marker, "")
        self._account.explained[ADDRESS] += self._owed.addresses
        self._account.explained[NOTES] += len({passage.place for passage in apart})
        self._account.explained = +self._account.explained
        if len(self._account.problems) > _SHOWN:
            more = len(self._account.problems) - _SHOWN
            last = self._account.problems[_SHOWN]
            rule = next(rule for rule in (MISSING, EXTRA, CHANGED, MOVED) if rule.code == last.code)
            self._account.problems[_SHOWN:] = [rule.problem(f"And {more} more differences like these.", last.place)]
        return self._account

    def _without_made_pages(self) -> list[Stretch]:
        """Set aside the pages that are made from the metadata, each word by word as it must be."""
        places = {place: list(group) for place, group in groupby(self._taken.text, lambda stretch: stretch.place)}
        joined = {place: squeezed("".join(stretch.text for stretch in stretches)) for place, stretches in places.items()}
        flags = re.IGNORECASE if self._taken.drawn else re.NOFLAG  # names are set in small capitals
        missing: list[str] = []
        for page in self._owed.pages:
            words = split(page)
            pattern = drawn_pattern(words)
            # in large letters it may need two leaves, or three
            runs = (run for length in (1, 2, 3) for run in zip(*(list(joined)[at:] for at in range(length)), strict=False))
            fits = re.compile(pattern.pattern, flags).fullmatch
            found = next((run for run in runs if fits("".join(joined[place] for place in run))), ())
            number = sum(map(is_word, words))
            self._account.owed += number
            if not found:
                missing.append(page)
                continue
            for place in found:
                del joined[place]
            self._account.found += number
            self._account.explained[MADE_PAGE] += 1
        text = [stretch for stretch in self._taken.text if stretch.place in joined]
        if not self._own_templates:
            for page in missing:
                self._tell(MISSING, "A page that is made from book.toml is missing, or says something else", page, "", page)
        return text

    def _headed(self) -> Iterator[Passage]:
        """Yield text and notes as they follow each other where notes stand after their chapter."""
        in_notes = False
        for passage in self._owed.passages:
            if passage.plate:
                continue
            if passage.note and not in_notes:
                yield Passage(self._owed.notes_heading, passage.place)
            in_notes = passage.note
            yield passage

    # ---- comparing

    def _compare(self, passages: Sequence[Passage], stretches: Sequence[Stretch]) -> None:
        owed, taken = _owed_row(passages), _taken_row(stretches)
        self._account.owed += sum(map(is_word, owed.words))
        self._account.found += sum(map(is_word, owed.words))
        waiting = differences(owed.words, taken.words)
        unexplained = [one for one in waiting if not self._explained(one, owed, taken, passages)]
        together = [one for run in _neighbours(unexplained) for one in self._together(run, owed, taken, passages)]
        self._account.found -= sum(is_word(word) for one in together for word in owed.words[one.a : one.b])
        self._report(together, owed, taken, passages, stretches)

    def _together(self, run: list[Difference], owed: _Row, taken: _Row, passages: Sequence[Passage]) -> Iterable[Difference]:
        """Look at differences that are close to each other as one."""
        whole = Difference(run[0].a, run[-1].b, run[0].c, run[-1].d)
        return () if len(run) > 1 and self._explained(whole, owed, taken, passages) else run

    def _explained(self, difference: Difference, owed: _Row, taken: _Row, passages: Sequence[Passage]) -> bool:
        """Say whether rules explain a difference, and count them."""
        a, b, c, d = difference
        here, there = owed.words[a:b], taken.words[c:d]
        text = self._joined(there)
        rule = ""
        among = [passages[source] for source in dict.fromkeys(owed.sources[a:b])]
        if marked_pattern(here).fullmatch(text) if not self._taken.drawn else drawn_pattern(here).fullmatch(text):
            rule = named(here, text, called=any(place in owed.calls for place in range(a, b)))
        elif self._taken.drawn:
            rule = explain(self._owed, self._taken, here, there, among)
        if not rule and a == b and self._own_templates:
            rule = OWN_TEMPLATE
        if rule:
            self._account.explained[rule] += 1
        return bool(rule)

    def _joined(self, words: Iterable[str]) -> str:
        return self._joint.join(words)

    # ---- telling

    def _report(
        self,
        unexplained: Sequence[Difference],
        owed: _Row,
        taken: _Row,
        passages: Sequence[Passage],
        stretches: Sequence[Stretch],
    ) -> None:
        extra = Counter(tuple(sorted(taken.words[one.c : one.d])) for one in unexplained if one.a == one.b)
        missing = Counter(tuple(sorted(owed.words[one.a : one.b])) for one in unexplained if one.c == one.d)
        for one in unexplained:
            here, there = owed.words[one.a : one.b], taken.words[one.c : one.d]
            before, after = owed.words[max(0, one.a - 6) : one.a], owed.words[one.b : one.b + 6]
            section = passages[owed.sources[min(one.a, len(owed.sources) - 1)]].place if owed.sources else ""
            at = taken.sources[max(0, one.c - 1 if one.c == one.d else one.c)] if taken.sources else -1
            place = stretches[at].place if at >= 0 else ""
            around = f"{said(before)} [{said(here or there)}] {said(after)}".strip()
            where = f" In “{section}”." if section else ""
            if here and there:
                self._tell(CHANGED, f"“{said(here)}” has become “{said(there)}”.{where}", around, place)
            elif here and extra[tuple(sorted(here))]:
                self._tell(MOVED, f"“{said(here)}” stands elsewhere.{where}", around, place)
            elif here:
                self._tell(MISSING, f"“{said(here)}” is missing.{where}", around, place)
            elif not missing[tuple(sorted(there))]:
                self._tell(EXTRA, f"“{said(there)}” is not in the book.{where}", around, place)

    def _tell(self, rule: Rule, message: str, around: str, place: str, page: str = "") -> None:
        file = f"{self._file}, {place}" if place else self._file
        sentence = f"{message}: {said(split(page))}" if page else message
        self._account.problems.append(rule.problem(sentence, Place(file, 0, " ".join(around.split())[:200])))


def _owed_row(passages: Sequence[Passage]) -> _Row:
    words: list[str] = []
    sources: list[int] = []
    calls: set[int] = set()
    for source, passage in enumerate(passages):
        for word in split(passage.text):
            if word[0] == CALL:
                calls.add(len(words))
            words.append(word.lstrip(CALL))
            sources.append(source)
    return _Row(words, sources, frozenset(calls))


def _taken_row(stretches: Sequence[Stretch]) -> _Row:
    """Divide what was taken into words; one that is divided between two lines belongs to the first."""
    words: list[str] = []
    sources: list[int] = []
    held = ""
    for source, stretch in enumerate(stretches):
        found = split(held + stretch.text)
        held = ""
        if found and found[-1].endswith(DIVIDED):
            held = found.pop()
        words += found
        sources += [source] * len(found)
    if held:
        words.append(held)
        sources.append(len(stretches) - 1)
    return _Row(words, sources)


def _neighbours(found: Sequence[Difference]) -> Iterator[list[Difference]]:
    """Put differences together that have hardly a word between them."""
    run: list[Difference] = []
    for one in found:
        if run and one.a - run[-1].b > _NEAR:
            yield run
            run = []
        run.append(one)
    if run:
        yield run
