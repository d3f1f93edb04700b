"""Risk levels for people: a line a migration, and below it what raised the level."""

from collections.abc import Iterator, Sequence
from functools import lru_cache
from textwrap import wrap

from handrail.core.shown import clean
from handrail.migrations.operations import Operation
from handrail.risk.classify import NO_ROLLBACK
from handrail.risk.verdict import Judged, MigrationRisk, Verdict, describe

WIDE = 79
_INDENT = 11
_COLOURS = ("32", "33", "35", "1;31")
"""From the lowest level to the highest; the word is always there as well."""


def render_risk_text(verdict: Verdict, order: Sequence[str], *, colour: bool = False) -> str:
    """Return the verdict at 79 columns. ``order`` are the policy's levels, the lowest first."""
    paint = _Paint(order, colour)
    lines = [line for each in verdict.migrations for line in _migration(each, order, paint)]
    return "".join(f"{line}\n" for line in (*lines, *_sum(verdict, order, paint)))


class _Paint:
    def __init__(self, order: Sequence[str], colour: bool) -> None:
        self._order = order
        self._colour = colour

    def level(self, level: str, wide: int = 0) -> str:
        """Return a level, padded, in its colour."""
        text = level.ljust(wide)
        if not self._colour:
            return text
        share = self._order.index(level) / max(1, len(self._order) - 1)
        return f"\x1b[{_COLOURS[round(share * (len(_COLOURS) - 1))]}m{text}\x1b[0m"


def _migration(risk: MigrationRisk, order: Sequence[str], paint: _Paint) -> Iterator[str]:
    wide = max(map(len, order))
    yield f"{paint.level(risk.level, wide)}  {clean(risk.path)}"
    shown = risk.told(order[0])
    told = {NO_ROLLBACK}  # said for almost every migration: the fact is enough
    for judged in sorted(shown, key=lambda each: (-order.index(each.level), each.operation.line)):
        yield from _operation(judged, paint, wide)
        if judged.operation.kind not in told:
            told.add(judged.operation.kind)
            yield from _block("why", judged.why)
            yield from _block("safer", judged.safer)
    rest = [each.operation for each in risk.operations if each not in shown]
    if rest:
        yield from _block("also", _counted(rest))
    for unread in risk.not_checked:
        yield from _block("unread", f"line {unread.line}: {unread.text} ({unread.reason})")
    if shown or risk.not_checked:
        yield ""


def _operation(judged: Judged, paint: _Paint, wide: int) -> Iterator[str]:
    operation = judged.operation
    what = clean(f"{operation.kind}  {describe(operation)}".rstrip())
    yield f"  {paint.level(judged.level, wide)} line {operation.line}: {what}"
    facts = " ".join(operation.facts)
    if judged.raised:
        facts = f"{facts} Raised, because: {judged.raised}.".strip()
    yield from _block("seen", facts)
    if judged.waiver:
        waiver = judged.waiver
        yield from _block("waived", f"by {waiver.owner} until {waiver.expires}: {waiver.reason}")


def _counted(operations: Sequence[Operation]) -> str:
    kinds: dict[str, int] = {}
    for each in operations:
        kinds[each.kind] = kinds.get(each.kind, 0) + 1
    return ", ".join(kind if number == 1 else f"{kind} x{number}" for kind, number in kinds.items())


def _block(name: str, text: str) -> Iterator[str]:
    for place, row in enumerate(_rows(text)):
        head = f"    {name}" if place == 0 else ""
        yield f"{head.ljust(_INDENT)}{row}"


@lru_cache(maxsize=1024)
def _rows(text: str) -> tuple[str, ...]:
    """Return a text in rows; what the policy says of an operation comes again and again."""
    return tuple(wrap(clean(" ".join(text.split())), WIDE - _INDENT, break_on_hyphens=False))


def _sum(verdict: Verdict, order: Sequence[str], paint: _Paint) -> Iterator[str]:
    number = len(verdict.migrations)
    if not number:
        yield "No migration to classify."
        return
    counts = [(level, sum(each.level == level for each in verdict.migrations)) for level in reversed(order)]
    parts = ", ".join(f"{count} {level}" for level, count in counts if count)
    unread = sum(len(each.not_checked) for each in verdict.migrations)
    waived = sum(bool(one.waiver) for each in verdict.migrations for one in each.operations)
    yield f"{number} migration{'s' if number > 1 else ''}: {parts}. Highest: {paint.level(verdict.level)}."
    if waived:
        yield f"{waived} operation{'s are' if waived > 1 else ' is'} waived, and not counted."
    if unread:
        yield f"Not checked: {unread} statement{'s' if unread > 1 else ''}. A person has to read them."
