"""Numbers, moments and spread: pure arithmetic, so that the same input gives the same rows everywhere."""

from collections.abc import Callable, Sequence
from datetime import UTC, date, datetime, timedelta
from decimal import Decimal
from zlib import crc32

Make = Callable[[int], object]
"""Gives the value for a number; other numbers give other values, as far as the type has room."""

_MASK = (1 << 64) - 1
_FIRST_KEY = 1001
_START = datetime(2005, 1, 1, tzinfo=UTC)
_EPOCH = datetime(1970, 1, 1, tzinfo=UTC)
_STEP = timedelta(seconds=1801, microseconds=7003)
_ROUND = 525_000
"""Steps that fit in thirty years: a TIMESTAMP of MySQL ends in 2038."""

_MOMENTS = tuple(
    datetime.fromisoformat(text + "+00:00")
    for text in (
        "2024-02-29 23:59:59.999999",  # the end of a leap day
        "2024-03-31 00:59:59.500000",  # the hour that clocks skip in Europe follows
        "2024-10-27 00:30:00.000001",  # an hour that they show twice
        "2024-03-10 06:59:59.999000",
        "1999-12-31 23:59:59.001000",
        "1970-01-02 00:00:00.000000",
        "2038-01-18 03:14:07.000000",
    )
)
_DAYS = tuple(date.fromisoformat(f"{each:%Y-%m-%d}") for each in _MOMENTS)


def mark_of(*names: str) -> int:
    """Return a number that stands for names."""
    return crc32("\0".join(names).encode())


def mix(mark: int, number: int) -> int:
    """Return a number that looks like chance, below 2 ** 64."""
    value = (number * 0x9E3779B97F4A7C15 + mark * 0xD1B54A32D192ED03 + 1) & _MASK
    value = ((value ^ (value >> 30)) * 0xBF58476D1CE4E5B9) & _MASK
    value = ((value ^ (value >> 27)) * 0x94D049BB133111EB) & _MASK
    return value ^ (value >> 31)


def one_of(values: Sequence[object], mark: int) -> Make:
    """Make one of some values."""
    return lambda number: values[mix(mark, number) % len(values)]


def counted(low: int, high: int) -> Make:
    """Make whole numbers that are all different, as long as there are any."""
    first = _FIRST_KEY if high > _FIRST_KEY * 20 else max(low, 1)
    room = high - first + 1
    return lambda number: first + number % room


def small(low: int, high: int, mark: int) -> Make:
    """Make small whole numbers, a zero and negative ones among them: sums and products of them fit."""
    least, most = max(low, -9), min(high, 90)
    return lambda number: least + mix(mark, number) % (most - least + 1)


def whole(low: int, high: int, mark: int) -> Make:
    """Make whole numbers up to both ends of their range."""
    edges = (0, 1, max(low, -1), high, low, high - 1)
    tame = small(low, high, mark)

    def make(number: int) -> object:
        turn = mix(mark, number) % 23
        return edges[turn] if turn < len(edges) else tame(number)

    return make


def fraction(digits: int, scale: int, mark: int, *, distinct: bool) -> Make:
    """Make decimals with every digit of their scale in use."""
    top = 10**digits - 1

    def make(number: int) -> object:
        turn = mix(mark, number)
        if distinct:
            units = (number + 1) % (top + 1)
        elif turn % 19 < 4:
            units = (top, -top, 0, 1)[turn % 19]
        else:
            units = turn % min(top + 1, 10 ** (scale + 4)) - min(top, 10**scale) // 2
        return Decimal(f"{units}E-{scale}")  # arithmetic would round it to 28 digits

    return make


def real(mark: int) -> Make:
    """Make numbers that binary fractions hold exactly."""
    return lambda number: number + mix(mark, number) % 16 / 16 - 3


def moment(number: int, mark: int, *, distinct: bool) -> datetime:
    """Return a moment, in UTC: every eighth is one that clocks and calendars stumble over."""
    turn = mix(mark, number) % 8 if not distinct else 1
    if turn == 0:
        return _MOMENTS[mix(mark, number) // 8 % len(_MOMENTS)]
    return _START + (number + mark % 1000) % _ROUND * _STEP


def day(number: int, mark: int, *, distinct: bool) -> date:
    """Return a day, leap days among them."""
    turn = mix(mark, number) % 8 if not distinct else 1
    if turn == 0:
        return _DAYS[mix(mark, number) // 8 % len(_DAYS)]
    return date(1990, 1, 1) + timedelta(days=(number + mark % 1000) % 2_900_000)


def as_milliseconds(when: datetime) -> int:
    """Return a moment as Prisma keeps it in SQLite."""
    return (when - _EPOCH) // timedelta(milliseconds=1)


def as_text(when: datetime, digits: int = 6) -> str:
    """Return a moment as every engine reads it, with so many digits of a second."""
    text = when.isoformat(" ", "microseconds")
    return text[: len("2024-02-29 23:59:59.") + digits] if digits else text[: len("2024-02-29 23:59:59")]
