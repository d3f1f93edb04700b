"""What a template may say: each filter and function, as a template would use it."""

import pytest

from handrail.artefacts.template import TemplateFailed, spell_for
from tests.world import unrendered

PAGE = "docs/deep/page.md"


def said(template: str, path: str = PAGE) -> str:
    """Return what a template of the team's own says in the file ``path``, its frame left out."""
    world = unrendered({"templates/own.j2": f"BEGIN{template}END\n"})
    world.put(
        "policies/artefacts.yaml",
        f"artefacts:\n  - {{id: own, path: {path}, template: own.j2, title: Own}}\n",
    )
    world.render()
    text = world.text(path)
    return text[text.index("BEGIN") + 5 : text.rindex("END")]


LEVELS = "https://github.com/acme/ledger/blob/main/docs/RISK_LEVELS.md"
SAID: dict[str, str] = {
    "{{ 0 | number }} {{ 1 | number }} {{ 12 | number }} {{ 13 | number }}": "no one twelve 13",
    "{{ policy.risk_matrix.levels | number }}": "four",
    "{{ policy.risk_matrix.levels | counted('level') }}": "four levels",
    "{{ 1 | counted('level') }} {{ 0 | counted('entry', 'entries') }}": "one level no entries",
    "{{ [] | listed }}{{ ['a'] | listed }}": "a",
    "{{ ['a', 'b'] | listed }}; {{ ['a', 'b', 'c'] | listed('or') }}": "a and b; a, b or c",
    "{{ ['a|b', '*c*'] | listed }}": "`a|b` and `*c*`",
    "{{ link('level', 'HIGH') }}": "[HIGH](../RISK_LEVELS.md#high)",
    "{{ link('level', 'HIGH', 'so *high*') }}": "[so `*high*`](../RISK_LEVELS.md#high)",
    "{{ link('runbook', 'restore') }}": "[Restore the database](../runbooks/restore.md)",
    "{{ link('item', 'level-right') }}": "[The level is right](../checklists/review.md#level-right)",
    "{{ link('artefact', 'faq') }}": "[Questions and answers](../FAQ.md)",
    "{{ link('artefact', 'own') }}": "Own",
    "{{ link('artefact', 'codeowners') }}": (
        "[.github/CODEOWNERS](https://github.com/acme/ledger/blob/main/.github/CODEOWNERS)"
    ),
    "{{ link('check', 'code-owners') }}": "[CODEOWNERS](../GAP_ANALYSIS.md#code-owners)",
    "{{ link('option', 'has-migration/yes') }}": "One migration or more",
    "{{ link('level', 'NOWHERE') }}": "[NOWHERE](../RISK_LEVELS.md#nowhere)",
    "{{ link('nonsense', 'x') }}": "x",
    "{{ page('faq') }}": "<https://github.com/acme/ledger/blob/main/docs/FAQ.md>",
    "{{ source(policy.team.team) }}": (
        "[team.yaml:2](https://github.com/acme/ledger/blob/main/policies/team.yaml#L2)"
    ),
    "{{ role_title('tech-lead') }}": "Technical lead",
    "{{ anchor('A.b') }}": '<a id="a.b"></a>',
    "{{ heading(2, 'Low', 'low') }}": "## Low",
    "{{ heading(2, 'Low', 'other') }}": '## <a id="other"></a>Low',
    "{{ heading(3, 'A & b', 'a-b') }}": '### <a id="a-b"></a>A & b',
    "{{ 'a `b` *c*' | code }}": "`a` \\``b`\\` `*c*`",
    "<!-- {{ 'a --> b <!-- -- `c`' | comment }} -->": "<!-- a - -) b (!- - - - c -->",
    "{{ 'x' if false else policy.team.team.name }}": "Platform team",
    "{{ '*' if true }}{{ none or '**' }}": "***",
    "{{ policy.team.team.name ~ ' *' }}": "Platform team `*`",
    "{{ [1, 2] | length }} {{ 3 > 2 }}": "2 True",
    "{{ version | safe }}": "0.1.0",
    "{{ {'a': ['b']} | json }}": '{"a": ["b"]}',
}


@pytest.mark.parametrize("template", SAID)
def test_on_a_page(template: str) -> None:
    assert said(template) == SAID[template]


ELSEWHERE = {
    "{{ link('level', 'HIGH') }}": f"[HIGH]({LEVELS}#high)",
    "{{ link('runbook', 'restore') }}": (
        "[Restore the database](https://github.com/acme/ledger/blob/main/docs/runbooks/restore.md)"
    ),
}


@pytest.mark.parametrize("template", ELSEWHERE)
def test_outside_of_the_site_links_are_absolute(template: str) -> None:
    assert said(template, "ops/page.md") == ELSEWHERE[template]


@pytest.mark.parametrize(
    ("path", "text", "spelled"),
    [
        ("a.yml", 'x: "y"', "'x: \"y\"'"),
        ("a.json", 'x: "y"', '"x: \\"y\\""'),
        (".github/workflows/a.yml", "${{ x }}", "\"${{ '${{' }} x }}\""),
        (".github/CODEOWNERS", "a b", "a\\ b"),
        ("a.sh", "it's", "'it'\"'\"'s'"),
        ("a.html", "<b>", "&lt;b&gt;"),
        ("a.txt", "<b> it's", "<b> it's"),
        ("yml", "x", '"x"'),
    ],
)
def test_text_is_spelled_for_the_kind_of_file(path: str, text: str, spelled: str) -> None:
    assert spell_for(path)(text) == spelled


def test_a_failed_template_carries_its_finding() -> None:
    world = unrendered({"templates/own.j2": "\n\n{{ nothing }}\n"})
    world.put(
        "policies/artefacts.yaml",
        "artefacts:\n  - {id: own, path: own.md, template: own.j2, title: Own}\n",
    )
    (finding,) = world.render().findings
    assert str(finding.location) == "templates/own.j2:3:1"
    assert finding.message == "the template failed: 'nothing' is undefined"
    assert str(TemplateFailed(finding)) == finding.message
