"""Any policy that validates renders without a finding, once, and agrees with itself."""

import json
from typing import Any

from hypothesis import example, given
from hypothesis import strategies as st

from handrail.commands.check import check
from handrail.commands.render import RenderOptions, render
from handrail.commands.unchanged import is_unchanged
from handrail.commands.validate import validate
from handrail.policy.load import splits
from tests.minimal.builder import load
from tests.properties.policies import policies, with_value
from tests.properties.project import SHIPPED, examples, policy_files, rendered, repository
from tests.properties.test_yaml import dumped


@examples(15)
@given(policies())
def test_the_strategy_makes_valid_policies(data: dict[str, Any]) -> None:
    outcome = validate(repository(data))
    assert [each for each in outcome.findings if each.severity != "note"] == []
    assert outcome.code == 0


def split(data: dict[str, Any]) -> dict[str, bytes]:
    """Return policy files of which those that may be are folders, with a part for each entry."""
    made = {}
    for stem, root in data.items():
        if splits(stem):
            for name, entries in root.items():
                for number, entry in enumerate(entries):
                    part = {**{key: [] for key in root}, name: [entry]}
                    made[f"policies/{stem}/{name}-{number:03}.yaml"] = json.dumps(
                        part, ensure_ascii=False
                    ).encode()
        else:
            made[f"policies/{stem}.yaml"] = json.dumps(root, ensure_ascii=False).encode()
    return made


@examples(15)
@given(policies(), st.sampled_from((None, "'", '"', "|", ">")))
def test_how_a_policy_is_written_down_does_not_matter(data: dict[str, Any], style: str | None) -> None:
    wanted = load(policy_files(data)).policy
    assert wanted is not None
    styled = {
        f"policies/{stem}.yaml": dumped(root, style, {"default_flow_style": False}).encode()
        for stem, root in data.items()
    }
    for files in (styled, split(data)):
        loaded = load(files)
        assert [each for each in loaded.findings if each.severity != "note"] == []
        assert loaded.policy == wanted


@examples(12)
@given(policies())
@example(with_value("One line.\n", "database", "backup", "where"))
@example(with_value("\U0001f389", "gaps", "gaps", 0, "title"))
@example(with_value("Write `[[role:nobody]]` in the text.", "gaps", "gaps", 0, "fix"))
def test_a_valid_policy_renders_and_checks_clean(data: dict[str, Any]) -> None:
    files, outcome = rendered(data)
    assert (outcome.findings, outcome.code) == ((), 0)
    assert is_unchanged(files, SHIPPED)
    checked = check(files, SHIPPED)
    assert (checked.findings, checked.code) == ((), 0)


@examples(5)
@given(policies())
def test_the_second_render_writes_nothing(data: dict[str, Any]) -> None:
    files, _ = rendered(data)
    before = dict(files.files)
    files.log.clear()
    again = render(files, SHIPPED, RenderOptions())
    assert files.log == ["lock", "unlock"]
    assert (again.code, files.files) == (0, before)
    assert not [line for line in again.text.splitlines() if line.startswith(("written", "removed"))]


def test_one_id_for_two_kinds_on_one_page_is_found_before_anything_is_written() -> None:
    data = with_value("code-reviewer", "team", "channels", 0, "id")
    files, outcome = rendered(data)
    (finding,) = outcome.findings
    assert (finding.code, outcome.code) == ("policy.same-anchor", 1)
    assert finding.location.path == "policies/team.yaml"
    assert finding.source.strip() == '"id": "code-reviewer",'
    assert not [line for line in files.log if line.startswith("write")]
