"""A gate's answer for people, at 79 columns: that on a pull request, and that on a deploy."""

from collections.abc import Iterator, Sequence
from textwrap import wrap

from handrail.core.shown import clean
from handrail.review.case import Decision, Part, Result, State, headed
from handrail.risk.verdict import MigrationRisk, describe

WIDE = 79
_MARKS: dict[State, str] = {"met": "met", "missing": "MISSING", "waived": "waived", "person": "person"}
_COLOURS: dict[State, str] = {"met": "32", "missing": "1;31", "waived": "33", "person": "36"}
_COLUMN = 9


def render_review_text(decision: Decision, *, colour: bool = False) -> str:
    """Return the answer, what raised the level, and each requirement with what to do next."""
    lines = [*_head(decision), *_risks(decision)]
    for result in decision.results:
        lines += _result(result, colour)
    lines += ["", *_notes(decision.notes), *_end(decision)]
    return "".join(f"{line}\n" for line in lines)


def _head(decision: Decision) -> Iterator[str]:
    if not decision.level:
        yield decision.words.untouched
    elif not decision.words.declared:
        yield f"Risk level: {decision.level}"
    else:
        said = f", declared {decision.declared}" if decision.declared else ", not declared"
        said = "" if decision.declared == decision.computed else said
        yield f"Risk level: {decision.level} (computed {decision.computed or 'none'}{said})"
    yield ""


def _risks(decision: Decision) -> Iterator[str]:
    for risk in decision.verdict.migrations:
        yield from _risk(risk)
    if decision.verdict.migrations:
        yield ""


def _risk(risk: MigrationRisk) -> Iterator[str]:
    yield f"  {risk.level}  {clean(risk.path)}"
    for judged in risk.raising:
        operation = judged.operation
        what = f"line {operation.line}: {operation.kind}  {describe(operation)}"
        yield from _wrapped(what, 4)


def _result(result: Result, colour: bool) -> Iterator[str]:
    mark = _MARKS[result.state].ljust(_COLUMN)
    if colour:
        mark = f"\x1b[{_COLOURS[result.state]}m{mark}\x1b[0m"
    rows = _rows(result.title, WIDE - _COLUMN)
    yield f"{mark}{rows[0]}"
    yield from (" " * _COLUMN + row for row in rows[1:])
    for part in result.parts:
        if part.state == "missing":
            yield from _part(part, result)
    if result.state == "missing":
        yield from _wrapped(f"policy  {result.policy.path}:{result.policy.line}", _COLUMN)


def _part(part: Part, result: Result) -> Iterator[str]:
    if part.id.startswith("item:"):
        where = f"body:{part.line}" if part.line else "not in the body"
        yield from _wrapped(f"[ ] {part.title} ({where})", _COLUMN, hang=4)
        return
    head = part.said if part.title == result.title else headed(part.title, part.said)
    yield from _wrapped(f"- {head}", _COLUMN, hang=2)
    if part.quote:
        yield from _wrapped(f"body:{part.line}  {part.quote}", _COLUMN + 2)
    if part.next:
        yield from _wrapped(f"-> {part.next}", _COLUMN + 2, hang=3)


def _notes(notes: Sequence[str]) -> Iterator[str]:
    for note in notes:
        yield from _wrapped(f"note: {note}", 0, hang=6)


def _end(decision: Decision) -> Iterator[str]:
    total, gone, words = len(decision.results), len(decision.missing), decision.words
    if decision.passed:
        yield f"Nothing is missing. {words.ready}"
    else:
        yield f"{gone} of {total} {words.one}s {'is' if gone == 1 else 'are'} missing. {words.not_ready}"


def _wrapped(text: str, indent: int, hang: int = 0) -> Iterator[str]:
    for number, row in enumerate(_rows(text, WIDE - indent - hang)):
        yield " " * (indent + (hang if number else 0)) + row


def _rows(text: str, wide: int) -> list[str]:
    return wrap(clean(" ".join(text.split())), wide, break_on_hyphens=False, break_long_words=False) or [""]
