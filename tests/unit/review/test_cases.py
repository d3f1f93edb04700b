"""What the gate says of pull requests: a new case is a new folder in tests/cases/review."""

from pathlib import Path

import pytest

from tests.pull_requests.cases import CASES, said


@pytest.mark.parametrize("folder", CASES, ids=lambda folder: folder.name)
def test_case(folder: Path) -> None:
    files = [folder / "expected.txt", folder / "expected.json"]
    expected = {path.name: path.read_bytes().decode() for path in files if path.exists()}
    assert said(folder) == expected


def test_there_are_cases() -> None:
    assert len(CASES) >= 64
