"""Levels of headings: styles are put in order, and each heading goes below the last one that stands higher."""

from collections import Counter, defaultdict
from dataclasses import dataclass
from statistics import median

from samizdat.importers.plain.numbering import LABELS, Rank
from samizdat.model.kind import Kind

_DEEPEST = 4
_FEWEST_PARTS = 2


@dataclass(frozen=True, slots=True)
class Head:
    """What of a heading matters for its level."""

    family: str
    label: str
    style: str
    value: int
    depth: int
    case: str
    before: int
    line: int
    next_line: int
    index: int
    following: int
    """The index of the passage after it: the next heading's own, where no text stands between."""
    listed: bool
    indent: int
    """How far its entry in the table of contents is indented; -1 without one."""
    entry: str
    """The style of its entry in the table of contents; empty without one, or where that has a label of its own."""
    kind: Kind | None


def assign(heads: list[Head]) -> list[int]:
    """Return the level of each heading."""
    if not heads:
        return []
    names = _names(heads)
    ranks = _ranks(heads, names)
    stack: list[float] = []
    result: list[int] = []
    for name in names:
        rank = ranks[name]
        while stack and stack[-1] >= rank:
            stack.pop()
        stack.append(rank)
        result.append(min(_DEEPEST, len(stack)))
    return result


def _names(heads: list[Head]) -> list[str]:
    """Return the style of each heading; the space right below another heading says nothing, so that one is like its fellows."""
    names = [_name(head) for head in heads]
    names = _nested(_matter(_agreed(names, heads), heads), heads)
    counts = Counter(names)
    for place in range(1, len(heads)):
        name = names[place]
        if name.startswith("plain/") and heads[place - 1].following == heads[place].index:
            alike = [other for other in counts if other.rsplit("/", 1)[0] == name.rsplit("/", 1)[0]]
            names[place] = max(alike, key=lambda other: (counts[other], other))
    return names


def _matter(names: list[str], heads: list[Head]) -> list[str]:
    """Let what is known by its name stand as high as the parts, where the table of contents lists it no deeper than them."""
    parts = [head.indent for head in heads if head.label and LABELS[head.label] < Rank.CHAPTER and head.listed]
    deepest = max(parts, default=-1)
    return [
        "named" if head.kind and not head.label and 0 <= head.indent <= deepest else name
        for name, head in zip(names, heads, strict=True)
    ]


def _nested(names: list[str], heads: list[Head]) -> list[str]:
    """Tell numbered parts from the chapters in them that are numbered in the same way: right below a part stands a first one."""
    below = zip(heads, heads[1:], names, names[1:], strict=False)
    parts = [
        place
        for place, (head, following, name, other) in enumerate(below)
        if head.value and name == other and head.following == following.index and following.value == 1
    ]
    if len(parts) < _FEWEST_PARTS or [heads[place].value for place in parts] != list(range(1, len(parts) + 1)):
        return names
    return [f"{name}/parts" if place in parts else name for place, name in enumerate(names)]


def _agreed(names: list[str], heads: list[Head]) -> list[str]:
    """Give headings with one label one style, though the table of contents lists only some of them."""
    found = list(names)
    for label in {head.label for head in heads if head.label}:
        places = [place for place, head in enumerate(heads) if head.label == label]
        most, _ = Counter(names[place] for place in places).most_common(1)[0]
        for place in places:
            found[place] = most
    return found


def _name(head: Head) -> str:
    """Return the style of a heading as far as its level goes."""
    if head.entry and not (head.label and LABELS[head.label] < Rank.CHAPTER):
        return head.entry
    if head.style == "decimal":
        return f"decimal/{head.depth}"
    if head.label:
        return f"label/{LABELS[head.label].value}" if LABELS[head.label] is not Rank.NONE else f"label/{head.label}"
    if head.kind is not None:
        return "named"
    if head.value:
        return f"number/{head.style if 'alpha' not in head.style else 'alpha'}/{head.case == 'upper' and bool(head.style)}"
    return f"plain/{head.case if head.case == 'upper' else 'title'}/{min(head.before, 3)}"


def _ranks(heads: list[Head], names: list[str]) -> dict[str, float]:
    """Return for each style how high it stands; lower is higher."""
    members: defaultdict[str, list[int]] = defaultdict(list)
    for position in range(len(heads)):
        members[names[position]].append(position)
    ranks: dict[str, float] = {}
    labelled = [name for name in members if name.startswith("label/")]
    top = min((LABELS[heads[members[name][0]].label].value for name in labelled), default=None)
    for name, places in members.items():
        first = heads[places[0]]
        if name.startswith("label/"):
            ranks[name] = 10.0 * LABELS[first.label].value
        elif name == "named" or name.startswith("number/template"):
            ranks[name] = 10.0 * (top if top is not None else Rank.CHAPTER)
    base = 10.0 * Rank.CHAPTER
    rest = sorted(
        (name for name in members if name not in ranks), key=lambda name: _weight(name, [heads[p] for p in members[name]])
    )
    while rest:
        # A style that begins right below another waits until that has its place.
        name = next((each for each in rest if _over(members[each], heads, names) <= {*ranks, each}), rest[0])
        rest.remove(name)
        ranks[name] = _place(name, members[name], heads, names, members, ranks, base)
    return ranks


def _over(places: list[int], heads: list[Head], names: list[str]) -> set[str]:
    """Return the styles right above whose headings a series of numbers begins."""
    above = Counter(names[place - 1] for place in places if place and heads[place - 1].following == heads[place].index)
    restarts = sum(heads[place].value == 1 for place in places)
    return {name for name, count in above.items() if count >= restarts > 0}


def _weight(name: str, members: list[Head]) -> tuple[float, ...]:
    """Order styles: those of the table of contents first, numbered before plain, then by space and capitals."""
    numbered = name.startswith(("number/", "decimal/"))
    gap = median(head.before for head in members)
    listed = name.startswith("toc/")
    return (not listed, -gap - numbered, not numbered, members[0].case != "upper", members[0].depth, members[0].line)


def _place(
    name: str,
    places: list[int],
    heads: list[Head],
    names: list[str],
    members: dict[str, list[int]],
    ranks: dict[str, float],
    base: float,
) -> float:
    """Find the rank of a style from where it stands among those that are placed already."""
    over = Counter(names[place - 1] for place in places if place and heads[place - 1].following == heads[place].index)
    above = [other for other in over if other in ranks]
    listed = sum(bool(heads[place].entry) for place in places) > 0.5 * len(places)
    restarts = sum(heads[place].value == 1 for place in places)
    if above and (
        restarts > 1 or sum(over[other] for other in above) >= max(1, 0.2 * len(places)) or over[above[0]] >= restarts > 0
    ):
        return max(ranks[other] for other in above) + 3
    if restarts > 1:
        before = Counter(names[place - 1] for place in places if place and heads[place].value == 1)
        known = [other for other, _ in before.most_common() if other in ranks]
        if known:
            return max(ranks[other] for other in known) + 3
    first_rank = min(ranks.values(), default=None)
    if first_rank is None:
        return base
    if listed:
        same = [other for other in ranks if any(heads[place].listed for place in members[other])]
        indent = median(heads[place].indent for place in places)
        if same:
            highest = min(same, key=lambda other: ranks[other])
            reference = median(heads[place].indent for place in members[highest] if heads[place].listed)
            holds = not name.startswith("label/") and highest.startswith("label/") and ranks[highest] < base
            return ranks[highest] + (3 if holds or indent > reference + 1 else 0)
    if name.startswith("decimal/"):
        depth = heads[places[0]].depth
        return max((ranks[other] for other in ranks if not other.startswith("decimal/")), default=base) + depth
    if name.startswith("number/"):
        same_numbers = [ranks[other] for other in ranks if other.startswith("number/") and not other.endswith(name[-5:])]
        between = [place for place in places if place and names[place - 1] in ranks]
        if same_numbers and between:
            return max(same_numbers) + 3
        labelled = [ranks[other] for other in ranks if other.startswith("label/")]
        return max(labelled) + 3 if labelled else base
    lowest = max((ranks[other] for other in ranks if other != "named"), default=None)
    if lowest is None:
        return base
    gap = median(heads[place].before for place in places)
    placed = [other for other in ranks if other != "named"]
    if all(gap < median(heads[place].before for place in members[other]) for other in placed) or not name.startswith(
        "plain/upper"
    ):
        nearest = max((other for other in placed), key=lambda other: ranks[other])
        same_look = median(heads[place].before for place in members[nearest]) <= gap and nearest.startswith("plain/")
        return ranks[nearest] if same_look else ranks[nearest] + 3
    # Capitals lift a heading above those with as much space around them, but not above those with more.
    equals = [ranks[other] for other in placed if median(heads[place].before for place in members[other]) <= gap]
    return min(equals or [ranks[other] for other in placed])
