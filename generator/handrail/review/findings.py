"""The gate's answer as findings, for formats that know nothing else."""

from collections.abc import Iterator

from handrail.core.finding import Finding, sorted_findings
from handrail.core.location import Location
from handrail.review.case import Decision, Part, Result, headed
from handrail.risk.verdict import as_findings


def decision_findings(decision: Decision) -> tuple[Finding, ...]:
    """Return an error for each thing that is missing, at the policy's line that asks for it.

    What the migrations do comes along: at their own lines, and as warnings or notes.
    """
    risk = (each for each in as_findings(decision.verdict, decision.lowest) if each.severity != "error")
    return sorted_findings((*risk, *_missing(decision)))


def _missing(decision: Decision) -> Iterator[Finding]:
    for result in decision.missing:
        for part in result.parts:
            if part.state == "missing":
                yield Finding(
                    f"{decision.words.code}.{result.id}",
                    told(result, part),
                    _place(result),
                    "error",
                    _next(part, result),
                )


def told(result: Result, part: Part) -> str:
    """Return in one line what is missing; the line of the body that it is about is quoted."""
    head = part.title if part.title == result.title else headed(result.title, part.title)
    quote = f" Line {part.line} of the body: {part.quote}" if part.quote else ""
    end = "" if head.endswith("?") else "."
    return f"{head}{end} {part.said}{quote}".strip()


def _next(part: Part, result: Result) -> str:
    return f"{part.next} {result.page}".strip()


def _place(result: Result) -> Location:
    return result.policy
