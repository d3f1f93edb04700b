"""Whether a command printed what a runbook promises."""

from collections.abc import Sequence

from handrail.rehearsal.drill.blocks import BLANK

ANYTHING = "…"
"""A line that stands for any number of lines."""


def keeps_promise(promised: str, printed: str) -> bool:
    """Compare what was printed with what was promised, line by line. Linear in both.

    Nothing promised means that nothing is printed. ``<WORDS IN CAPITALS>`` stand for
    some text within a line, a line ``…`` for any number of lines; spaces at the
    end of a line and empty lines at the end of all do not count.
    """
    lines = printed.rstrip().split("\n") if printed.strip() else []
    parts = _between_dots(promised.rstrip().split("\n") if promised.strip() else [])
    if len(parts) == 1:
        return len(lines) == len(parts[0]) and _match(parts[0], lines, 0)
    first, *middle, last = parts
    end = len(lines) - len(last)
    if end < len(first) or not _match(first, lines, 0) or not _match(last, lines, end):
        return False
    at = len(first)
    for part in middle:
        found = next((place for place in range(at, end - len(part) + 1) if _match(part, lines, place)), None)
        if found is None:
            return False
        at = found + len(part)
    return True


def _between_dots(lines: Sequence[str]) -> list[list[str]]:
    parts: list[list[str]] = [[]]
    for line in lines:
        if line.strip() == ANYTHING:
            parts.append([])
        else:
            parts[-1].append(line)
    return parts


def _match(promised: Sequence[str], lines: Sequence[str], at: int) -> bool:
    return all(
        _same(left, right) for left, right in zip(promised, lines[at : at + len(promised)], strict=True)
    )


def _same(promised: str, line: str) -> bool:
    first, *rest = BLANK.split(promised.rstrip())
    line = line.rstrip()
    if not rest:
        return line == first
    *middle, last = rest
    if not line.startswith(first) or not line.endswith(last):
        return False
    at, end = len(first), len(line) - len(last)
    for part in middle:
        found = line.find(part, at + 1, end)
        if found < 0:
            return False
        at = found + len(part)
    return at < end
