"""The account of an edition: what the book owes against what its file holds, each difference explained by a rule or a problem.

What no rule explains is told with its place and the words around it.
"""

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from itertools import chain, groupby

from samizdat.checks.ledger import pages
from samizdat.checks.ledger.align import Difference, differences
from samizdat.checks.ledger.besides import besides
from samizdat.checks.ledger.drawn import drawn
from samizdat.checks.ledger.expected import Expected, expected, squeezed
from samizdat.checks.ledger.guides import misled
from samizdat.checks.ledger.heap import left_alone
from samizdat.checks.ledger.overleaf import in_turn, read_over
from samizdat.checks.ledger.passage import Passage
from samizdat.checks.ledger.rows import Row, around, ill_spaced, neighbours, owed_row, spaced_alike, taken_row
from samizdat.checks.ledger.rules import (
    ADDRESS,
    LIST_NUMBER,
    MADE_PAGE,
    NOTES,
    OVERLEAF,
    OWN_TEMPLATE,
    as_drawn,
    drawn_pattern,
    explain,
    made_pattern,
    marked_pattern,
    named,
)
from samizdat.checks.ledger.taken import Stretch, Taken, is_drawn, read_together, stored, take
from samizdat.checks.ledger.words import is_word, said, split
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

SPACED = Rule(
    "L05",
    Severity.ERROR,
    "A space of the book is lost in an edition, or one is too much",
    "Two words that the book parts by a space stand together in the finished file, or what it writes in one is torn "
    "apart. Spaces at a line's end do not count, nor those beside raised signs, which a page does not show. Look at fonts and "
    "templates; else tell the makers of samizdat.",
)

_LONG = "\0"
"""Stands for a text that is too long to be looked at."""
_SHOWN = 10
"""How many problems are told of in full; more of them do not help."""


@dataclass(slots=True)
class Account:
    """What came of the comparison: words owed, words found, how often each rule was needed, and what no rule explains."""

    written: int = 0
    """The words owed that the author wrote; all others are of pages that the program makes, or numbers of notes."""
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
    for name, texts in read_together(files).items():
        with left_alone():
            account = _account(book, files, name, texts, face, own_templates=own_templates)
        yield name, account


def _account(
    book: Book, files: Mapping[str, bytes], name: str, texts: Mapping[str, bytes], face: str, *, own_templates: bool
) -> Account:
    """Account for one file, or one folder of pages."""
    paper = any(map(is_drawn, texts.values()))
    owed = expected(book, face, drawn=paper)
    if paper:
        copies, looks = pages.read(*texts.values(), rtl=owed.direction == "rtl")
        found = [_copy(owed, texts, copy, name, own_templates=own_templates) for copy in copies]
        problems: Iterable[Problem] = drawn(book, name, looks)
    else:
        taken = take(texts, owed)
        found = [_Auditor(owed, taken, name, own_templates=own_templates).account()]
        kept = {**files, **stored(texts)}
        problems = chain(besides(book, name, taken.pages, kept), misled(book, name, taken.pages, kept))
    worst = max(found, key=_wrong)
    for account in found:
        worst.explained |= account.explained
    if not own_templates:  # own ones may set a book as they like
        worst.problems += problems
    return worst


def _copy(owed: Expected, texts: Mapping[str, bytes], copy: pages.Copy, name: str, *, own_templates: bool) -> Account:
    """Account for one copy of the book."""
    account = _Auditor(owed, take(texts, owed, copy), name, own_templates=own_templates).account()
    if account.problems and any(passage.note for passage in owed.passages):
        after = take(texts, owed, copy, notes_apart=False)  # the notes may stand after their chapter
        account = min(account, _Auditor(owed, after, name, own_templates=own_templates).account(), key=_wrong)
    return account


def _wrong(account: Account) -> int:
    """Say how much is wrong; of the copies on a sheet the worst is told of."""
    return account.owed - account.found + len(account.problems)


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
        self._account.explained[ADDRESS] += self._owed.addresses
        self._account.explained[LIST_NUMBER] += self._owed.markers
        self._account.explained[NOTES] += len({passage.place for passage in apart})
        self._account.explained = +self._account.explained
        if len(self._account.problems) > _SHOWN:
            more = len(self._account.problems) - _SHOWN
            last = self._account.problems[_SHOWN]
            rule = next(rule for rule in (MISSING, EXTRA, CHANGED, MOVED, SPACED) if rule.code == last.code)
            self._account.problems[_SHOWN:] = [rule.problem(f"And {more} more differences like these.", last.place)]
        return self._account

    def _without_made_pages(self) -> list[Stretch]:
        """Set aside the pages that are made from the metadata, each word by word as it must be."""
        places = {place: list(group) for place, group in groupby(self._taken.text, lambda stretch: stretch.place)}
        longest = 3 * max(map(len, self._owed.pages), default=0)
        joined = {place: self._squeezed(stretches, longest) for place, stretches in places.items()}
        missing: list[str] = []
        for page in self._owed.pages:
            words = split(page)
            pattern = made_pattern(map(as_drawn, words)) if self._taken.drawn else drawn_pattern(words)
            # in large letters it may need two leaves, or three
            runs = (run for length in (1, 2, 3) for run in zip(*(list(joined)[at:] for at in range(length)), strict=False))
            found = next((run for run in runs if pattern.fullmatch("".join(joined[place] for place in run))), ())
            number = Passage(page, "").words
            self._account.owed += number
            if not found:
                missing.append(page)
                continue
            self._spaced(page, [stretch for place in found for stretch in places[place]])
            for place in found:
                del joined[place]
            self._account.found += number
            self._account.explained[MADE_PAGE] += 1
        text = [stretch for stretch in self._taken.text if stretch.place in joined]
        if not self._own_templates:
            for page in missing:
                self._tell(MISSING, "A page that is made from book.toml is missing, or says something else", page, "", page)
        return text

    def _squeezed(self, stretches: Iterable[Stretch], longest: int) -> str:
        """Return the words of a place without spaces; those that are too long for a made page need not be known."""
        text = "".join([stretch.text for stretch in stretches])
        if len(text) > longest:
            return _LONG
        return as_drawn(squeezed(text)) if self._taken.drawn else squeezed(text)

    def _spaced(self, page: str, stretches: Sequence[Stretch]) -> None:
        """See that a page whose letters are all there has its spaces as well."""
        owed, taken = owed_row((Passage(page, ""),), drawn=self._taken.drawn), taken_row(stretches, drawn=self._taken.drawn)
        waiting = differences([word.casefold() for word in owed.words], [word.casefold() for word in taken.words])
        lost = [(one.a, one.b, one.c, one.d) for one in waiting if not spaced_alike(one, owed, taken)]
        lost += [(max(0, at - 1), at + 1, max(0, there - 1), there + 1) for at, there in ill_spaced(waiting, owed, taken)]
        for a, b, c, d in lost:
            message = f"“{owed.said(a, b)}” has become “{taken.said(c, d)}”, on a page that is made from book.toml."
            self._tell(SPACED, message, around(owed, a, b), stretches[taken.sources[c]].place)

    def _headed(self) -> Iterator[Passage]:
        """Yield text and notes as they follow each other where notes stand after their chapter."""
        in_notes = False
        for passage in self._owed.passages:
            if passage.plate:
                continue
            if passage.note and not in_notes:
                yield Passage(self._owed.notes_heading, passage.place, added=True)
            in_notes = passage.note
            yield passage

    # ---- comparing

    def _compare(self, passages: Sequence[Passage], stretches: Sequence[Stretch]) -> None:
        owed, taken = owed_row(passages, drawn=self._taken.drawn), taken_row(stretches, drawn=self._taken.drawn)
        number = sum(passage.words for passage in passages)
        self._account.written += sum(passage.written for passage in passages)
        self._account.owed += number
        self._account.found += number
        waiting = differences(owed.words, taken.words)
        unexplained = [one for one in waiting if not self._explained(one, owed, taken, passages)]
        if self._taken.drawn:
            for reach, cells, sides in read_over(waiting, owed, taken, passages, stretches) if unexplained else ():
                if in_turn(cells, sides, self._owed.table_heads):
                    unexplained = [one for one in unexplained if one.a not in reach or one.b not in reach]
                    self._account.explained[OVERLEAF] += 1
        together = [one for run in neighbours(unexplained) for one in self._together(run, owed, taken, passages)]
        self._account.found -= sum(is_word(word) for one in together for word in owed.words[one.a : one.b])
        self._report(together, owed, taken, passages, stretches)
        for at, there in ill_spaced(waiting, owed, taken):
            here, instead = owed.said(max(0, at - 1), at + 1), taken.said(max(0, there - 1), there + 1)
            words = around(owed, at - 1, at + 1)
            where = self._section(passages[owed.sources[at]])
            self._tell(SPACED, f"“{here}” has become “{instead}”.{where}", words, stretches[taken.sources[there]].place)

    def _together(self, run: list[Difference], owed: Row, taken: Row, passages: Sequence[Passage]) -> Iterable[Difference]:
        """Look at differences that are close to each other as one."""
        whole = Difference(run[0].a, run[-1].b, run[0].c, run[-1].d)
        return () if len(run) > 1 and self._explained(whole, owed, taken, passages) else run

    def _explained(self, difference: Difference, owed: Row, taken: Row, passages: Sequence[Passage]) -> bool:
        """Say whether rules explain a difference, and count them."""
        a, b, c, d = difference
        here, there = owed.words[a:b], taken.words[c:d]
        text = self._joined(there)
        rule = ""
        among = [passages[source] for source in dict.fromkeys(owed.sources[a:b])]
        if marked_pattern(here).fullmatch(text) if not self._taken.drawn else drawn_pattern(here).fullmatch(text):
            rule = named(here, text, called=any(place in owed.calls for place in range(a, b)))
        elif self._taken.drawn:
            rule = explain(self._owed, here, there, among)
        if not rule and a == b and self._own_templates:
            rule = OWN_TEMPLATE
        if not rule or not spaced_alike(difference, owed, taken):
            return False
        self._account.explained[rule] += 1
        return True

    def _joined(self, words: Iterable[str]) -> str:
        return self._joint.join(words)

    # ---- telling

    def _report(
        self,
        unexplained: Sequence[Difference],
        owed: Row,
        taken: Row,
        passages: Sequence[Passage],
        stretches: Sequence[Stretch],
    ) -> None:
        extra = Counter(tuple(sorted(taken.words[one.c : one.d])) for one in unexplained if one.a == one.b)
        missing = Counter(tuple(sorted(owed.words[one.a : one.b])) for one in unexplained if one.c == one.d)
        for one in unexplained:
            here, there = owed.words[one.a : one.b], taken.words[one.c : one.d]
            at = taken.sources[max(0, one.c - 1 if one.c == one.d else one.c)] if taken.sources else -1
            place = stretches[at].place if at >= 0 else ""
            ours, theirs = owed.said(one.a, one.b), taken.said(one.c, one.d)
            words = around(owed, one.a, one.b, theirs)
            where = self._section(passages[owed.sources[min(one.a, len(owed.sources) - 1)]]) if owed.sources else ""
            if here and there:
                self._tell(CHANGED, f"“{ours}” has become “{theirs}”.{where}", words, place)
            elif here and extra[tuple(sorted(here))]:
                self._tell(MOVED, f"“{ours}” stands elsewhere.{where}", words, place)
            elif here:
                self._tell(MISSING, f"“{ours}” is missing.{where}", words, place)
            elif not missing[tuple(sorted(there))]:
                self._tell(EXTRA, f"“{theirs}” is not in the book.{where}", words, place)

    def _section(self, passage: Passage) -> str:
        return f" In “{passage.place}”." if passage.place else ""

    def _tell(self, rule: Rule, message: str, around: str, place: str, page: str = "") -> None:
        file = f"{self._file}, {place}" if place else self._file
        sentence = f"{message}: {said(split(page))}" if page else message
        self._account.problems.append(rule.problem(sentence, Place(file, 0, " ".join(around.split())[:200])))
