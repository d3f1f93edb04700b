"""What ``handrail validate`` says about a bad policy: a new case is a new folder in tests/cases/policy."""

from pathlib import Path

import pytest

from handrail.cli import run
from tests.minimal.builder import lay_down
from tests.unit.policy.policy_cases import CASES, files_of


@pytest.mark.parametrize("case", CASES, ids=lambda case: case.name)
def test_case(case: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    code = run(["validate", "--root", str(lay_down(tmp_path, files_of(case)))])
    said = capsys.readouterr().out
    assert said == (case / "expected.txt").read_text(encoding="utf-8")
    assert code == int("error" in said.splitlines()[-1] or "warning" in said.splitlines()[-1])
