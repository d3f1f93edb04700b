"""Values that satisfy the checks of a table: tried on the checks themselves before a row is made."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import Any, NamedTuple

from handrail.migrations.quotes import Dialect
from handrail.migrations.tables import Check
from handrail.migrations.tokens import tokens
from handrail.rehearsal.seed.evaluation import distance, evaluate
from handrail.rehearsal.seed.expression_parts import Node, columns_of
from handrail.rehearsal.seed.expressions import read_expression
from handrail.rehearsal.seed.functions import UNKNOWN
from handrail.rehearsal.seed.kinds import UNLIMITED, Kind
from handrail.rehearsal.seed.numbers import Make
from handrail.rehearsal.seed.texts import exactly

_STARTS = 60
_EFFORT = 20_000
"""How often the checks of a group are tried before it is given up."""

_LONGEST = 5000
_SAMPLES = (
    "a{}", "a-{}", "{}", "A{}", "user.{}@example.org", "https://example.org/{}", "1.{}.0", "#a1b2c3", "/a/{}",
    "en", "EN", "en-US", "a", "A", "0", "2024-02-29", "12:30", "+1555{:07}", "{{}}", "[]",
    "{:02x}", "{:032x}", "{:040x}", "{:064x}",
)  # fmt: skip
"""Texts that patterns like."""


class Condition(NamedTuple):
    """A check that was read."""

    text: str
    node: Node
    columns: frozenset[str]


class Group(NamedTuple):
    """Checks that share columns, and ways to satisfy them: each says for each column which choice."""

    conditions: tuple[Condition, ...]
    ways: tuple[Mapping[str, int], ...]


class Unmet(Exception):
    """No values were found that satisfy some checks; the message names them."""


def read_checks(
    checks: Iterable[Check], names: Mapping[str, str], dialect: Dialect
) -> tuple[list[Condition], dict[str, list[Any]]]:
    """Return the checks that were read, and for each column of the others the texts that these name."""
    read: list[Condition] = []
    unread: dict[str, list[Any]] = {}
    for check in checks:
        if check.kind != "check":
            continue
        node = read_expression(check.text, dialect, names)
        if node:
            read.append(Condition(check.text, node, columns_of(node)))
            continue
        pieces = list(tokens(check.text, dialect))
        column = next((names[each.value.lower()] for each in pieces if each.value.lower() in names), None)
        said = [each.value for each in pieces if each.kind == "string"]
        if column and said:
            unread.setdefault(column, []).extend(said)
    return read, unread


def choices(kind: Kind, name: str, natural: Make, constants: Sequence[Any], *, optional: bool) -> list[Make]:
    """Return ways to make values of a column that checks speak of; the first is what it would hold anyway."""
    found = [natural]
    if optional:
        found.append(_always(None))
    made = _CHOICES.get(kind.family)
    if made:
        found += made(kind, name, constants)
    return found


def _always(value: Any) -> Make:
    return lambda _: value


def _numbers(kind: Kind, _: str, constants: Sequence[Any]) -> Iterator[Make]:
    for each in constants:
        if isinstance(each, int | float) and not isinstance(each, bool):
            near = (int(each), int(each) + 1, int(each) - 1)
            yield from (_from(one, 1) for one in near if _has_room(kind, one))
            yield from (_from(near[1], 1 << 30, kind) for _ in range(_has_room(kind, near[1])))
    yield from (_from(0, 1), _from(1, 50), _from(1000, 100, kind), _from(1, 1 << 30, kind))


def _has_room(kind: Kind, number: int) -> bool:
    return kind.family != "whole" or kind.low <= number <= kind.high


def _from(start: int, room: int, kind: Kind | None = None) -> Make:
    if kind is not None and kind.family == "whole":
        room = max(1, min(room, kind.high - start + 1))
        start = min(start, kind.high)
    return lambda number: start + number % room


def _texts(kind: Kind, name: str, constants: Sequence[Any]) -> Iterator[Make]:
    for each in constants:
        if isinstance(each, str):
            yield _always(each[: kind.limit])
        elif isinstance(each, int) and not isinstance(each, bool):
            yield from (exactly(name, size) for size in _lengths(each, kind.limit))
    yield from (_sample(form, kind.limit) for form in _SAMPLES)
    yield exactly(name, min(kind.limit, 8))


def _lengths(length: int, limit: int) -> Iterator[int]:
    return (each for each in (length, length + 1, length - 1) if 0 < each <= min(limit, _LONGEST))


def _sample(form: str, limit: int = UNLIMITED) -> Make:
    return lambda number: form.format(number)[:limit]


def _bytes(kind: Kind, _: str, constants: Sequence[Any]) -> Iterator[Make]:
    for each in constants:
        if isinstance(each, bytes):
            yield _always(each)
        elif isinstance(each, int) and not isinstance(each, bool):
            yield from (_blob(size) for size in _lengths(each, kind.limit))
    yield _blob(16)


def _blob(size: int) -> Make:
    return lambda number: number.to_bytes(8, "big").rjust(size, b"\xa5")[-size:]


def _booleans(*_: Any) -> Iterator[Make]:
    yield from (_always(True), _always(False))


def _labels(kind: Kind, _: str, __: Sequence[Any]) -> Iterator[Make]:
    return (_always(each) for each in kind.labels)


def _moments(kind: Kind, _: str, __: Sequence[Any]) -> Iterator[Make]:
    zone = "+00" if kind.family == "zoned" else ""
    yield from (_in_year(year, zone) for year in ("2007", "2035"))


def _in_year(year: str, zone: str) -> Make:
    return lambda number: f"{year}-{number % 12 + 1:02}-{number % 28 + 1:02} 0{number % 10}:30:00{zone}"


def _days(*_: Any) -> Iterator[Make]:
    yield from (_on_day(year) for year in ("2007", "2035"))


def _on_day(year: str) -> Make:
    return lambda number: f"{year}-{number % 12 + 1:02}-{number % 28 + 1:02}"


def _json(*_: Any) -> Iterator[Make]:
    yield from (_always("{}"), _always("[]"), _sample("[{}]"), _always('"text"'))


def _arrays(*_: Any) -> Iterator[Make]:
    yield _always(())


_CHOICES = {
    "whole": _numbers,
    "fraction": _numbers,
    "real": _numbers,
    "milliseconds": _numbers,
    "text": _texts,
    "bytes": _bytes,
    "boolean": _booleans,
    "choice": _labels,
    "moment": _moments,
    "zoned": _moments,
    "day": _days,
    "json": _json,
    "array": _arrays,
}


def group(conditions: Sequence[Condition], options: Mapping[str, Sequence[Make]]) -> tuple[Group, ...]:
    """Return the checks by what columns they share, with ways to satisfy them. Raises ``Unmet``."""
    found: list[list[Condition]] = []
    for each in conditions:
        related = [other for other in found if any(each.columns & one.columns for one in other)]
        found = [other for other in found if other not in related]
        found.append([*(one for other in related for one in other), each])
    return tuple(Group(tuple(each), _ways(each, options)) for each in found)


def _ways(
    conditions: Sequence[Condition], options: Mapping[str, Sequence[Make]]
) -> tuple[dict[str, int], ...]:
    names = sorted({name for each in conditions for name in each.columns if name in options})
    search = _Search([each.node for each in conditions], names, options)
    ways: list[dict[str, int]] = []
    for number, pinned in enumerate(_starts(names, options)):
        found = search.descend(pinned, number)
        if found is not None and found not in ways:
            ways.append(found)
    if not ways:
        raise Unmet(" and ".join(f"CHECK ({each.text})" for each in conditions))
    doubts = [search.doubts(each) for each in ways]
    return tuple(each for each, doubt in zip(ways, doubts, strict=True) if doubt == min(doubts))


def _starts(names: Sequence[str], options: Mapping[str, Sequence[Make]]) -> Iterator[dict[str, int]]:
    """Yield nothing pinned, then every choice of every column, by turns."""
    yield {}
    pinned = [
        {name: choice}
        for choice in range(1, max((len(options[name]) for name in names), default=0))
        for name in names
        if choice < len(options[name])
    ]
    yield from pinned[:_STARTS]


class _Search:
    """Goes from a row downhill to one that satisfies the checks."""

    def __init__(
        self, nodes: Sequence[Node], names: Sequence[str], options: Mapping[str, Sequence[Make]]
    ) -> None:
        self._nodes = nodes
        self._names = names
        self._options = options
        self._left = _EFFORT

    def _score(self, way: Mapping[str, int], number: int) -> int:
        self._left -= 1
        row = {name: self._options[name][choice](number) for name, choice in way.items()}
        return sum(distance(node, row) for node in self._nodes)

    def doubts(self, way: Mapping[str, int]) -> int:
        """Return how many checks only a database could tell the outcome of."""
        row = {name: self._options[name][choice](1) for name, choice in way.items()}
        return sum(evaluate(node, row) is UNKNOWN for node in self._nodes)

    def descend(self, pinned: Mapping[str, int], number: int) -> dict[str, int] | None:
        """Return the choices of a row that has those which are ``pinned``, None when none was found."""
        way = {**dict.fromkeys(self._names, 0), **pinned}
        score = self._score(way, number)
        while score and self._left > 0:
            better = self._better(way, pinned, score, number) or self._two(way, pinned, score, number)
            if better is None:
                return None
            score, way = better
        return None if score else way

    def _moves(self, way: Mapping[str, int], pinned: Mapping[str, int]) -> Iterator[dict[str, int]]:
        for name in self._names:
            if name not in pinned:
                yield from ({name: each} for each in range(len(self._options[name])) if each != way[name])

    def _better(
        self, way: dict[str, int], pinned: Mapping[str, int], score: int, number: int
    ) -> tuple[int, dict[str, int]] | None:
        best = None
        for move in self._moves(way, pinned):
            found = self._score({**way, **move}, number)
            if found < score:
                score, best = found, {**way, **move}
                if not found:
                    break
        return None if best is None else (score, best)

    def _two(
        self, way: dict[str, int], pinned: Mapping[str, int], score: int, number: int
    ) -> tuple[int, dict[str, int]] | None:
        """Change two columns at once, where one is no step ahead."""
        moves = list(self._moves(way, pinned))
        for place, first in enumerate(moves):
            for second in moves[place + 1 :]:
                if self._left <= 0:
                    return None
                if first.keys() != second.keys():
                    both = {**way, **first, **second}
                    found = self._score(both, number)
                    if found < score:
                        return found, both
        return None
