"""Reads the folders of tests/cases/handbook as the handbook check wants them."""

from pathlib import Path

from handrail.artefacts.handbook import judge_handbook
from handrail.core.finding import Finding

BASE = "https://github.com/org/repo/blob/main"
ROOT = Path(__file__).parents[2] / "cases" / "handbook"
CASES = sorted(path for path in ROOT.iterdir() if path.is_dir())


def check_case(case: Path) -> tuple[Finding, ...]:
    """Return the findings about the little repository in a case."""
    files = {
        path.relative_to(case).as_posix(): path.read_bytes().decode("utf-8")
        for path in case.rglob("*")
        if path.is_file() and path.name != "expected.txt"
    }
    navigation = files.pop("mkdocs.yml", None)
    pages = {path: text for path, text in files.items() if path.endswith(".md")}
    others = frozenset(files.keys() - pages.keys())
    lines = {path: len(files[path].splitlines()) for path in others}
    return judge_handbook(pages, others, navigation, lines, BASE).findings
