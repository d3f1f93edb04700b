"""The check of the handbook itself: links, anchors, images, ids, navigation."""

from collections.abc import Callable, Mapping
from typing import NamedTuple

from handrail.artefacts.links import Links, find_link_problems
from handrail.artefacts.navigation import find_navigation_problems
from handrail.artefacts.pages import Pages, find_page_problems
from handrail.core.finding import Finding, sorted_findings
from handrail.source.page import Page


class Judgement(NamedTuple):
    """What is wrong with the handbook, sorted by place, and the paths that its links lead to."""

    findings: tuple[Finding, ...]
    reached: frozenset[str]


def judge_handbook(
    pages: Mapping[str, str],
    others: frozenset[str],
    navigation: str | None,
    lines: Mapping[str, int],
    base: str,
    parse: Callable[[str], Page] | None = None,
) -> Judgement:
    """Return what is wrong with the handbook, and where its links lead.

    All paths count from the repository root. ``pages`` maps the path of every
    Markdown file to its text: those below ``docs/`` make the site, the others
    (README.md and its like) are read on GitHub and follow its anchors.
    ``others`` are all other files that a link may point at; ``navigation`` is
    the text of mkdocs.yml, or None; ``lines`` maps a file to its number of
    lines, for links such as ``{base}/policies/roles.yaml#L14``; ``base`` is
    the address of the repository's files on GitHub, or ''; ``parse`` stands in
    for the Markdown parser where its answer is known already.

    Findings: ``link.broken``, ``link.anchor``, ``link.outside``,
    ``link.image``, ``link.source-line``, ``link.reference``,
    ``page.duplicate-id``, ``page.orphan``, ``page.no-title``, ``nav.missing``,
    ``nav.duplicate``, and those of ``parse_yaml`` about the navigation.
    Addresses outside of the repository are not followed.
    """
    if parse is None:
        from handrail.source import markdown  # needs the Markdown parser

        parse = markdown.parse_page
    parsed = Pages(pages, parse)
    links = Links(parsed, others, lines, base)
    findings = [*find_page_problems(parsed), *find_link_problems(parsed, links)]
    if navigation is not None:
        findings.extend(find_navigation_problems(navigation, parsed, others))
    return Judgement(sorted_findings(findings), frozenset(links.reached))
