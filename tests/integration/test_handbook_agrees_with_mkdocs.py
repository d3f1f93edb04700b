"""MkDocs builds the cases of the handbook check, and reports the same links and anchors.

Left out are cases about what MkDocs does not look at: HTML, folders, pages
outside of docs/.
"""

import re
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from tests.unit.artefacts.handbook_cases import ROOT, check_case

pytest.importorskip("mkdocs", reason="the site builder is not installed")

CASES = (
    "anchor-good",
    "anchor-missing",
    "anchor-of-markup",
    "anchor-of-repeats",
    "heading-attributes",
    "link-broken",
    "link-by-reference",
    "link-good",
    "link-in-code-is-inert",
    "link-in-table",
    "nav-missing",
    "orphan",
)
STRICTEST = """
validation:
  anchors: warn
  absolute_links: warn
  unrecognized_links: warn
  nav: {omitted_files: warn, not_found: warn, absolute_links: warn}
"""
LINK = r"Doc file '(.+?)' contains a link '.+?', but"
REPORTS = {
    "link.broken": rf"{LINK} the target",
    "link.anchor": rf"{LINK} (?:there is no such|the doc .+ not contain)",
    "nav.missing": r"A reference to '(.+?)' is included in the 'nav' .+ not found",
}


@pytest.mark.parametrize("name", CASES)
def test_mkdocs_says_the_same(name: str, tmp_path: Path) -> None:
    repository = tmp_path / name
    shutil.copytree(ROOT / name, repository)
    configuration = repository / "mkdocs.yml"
    text = configuration.read_text(encoding="utf-8").replace("      - Nothing:\n", "")
    configuration.write_text(text + STRICTEST, encoding="utf-8")
    command = [sys.executable, "-m", "mkdocs", "build", "--strict"]
    built = subprocess.run(command, cwd=repository, capture_output=True, text=True, check=False)
    findings = [f for f in check_case(ROOT / name) if "names no page" not in f.message]
    assert (built.returncode != 0) == bool(findings), built.stderr
    for code, report in REPORTS.items():
        said = sorted(re.findall(report, built.stderr))
        found = [f for f in findings if f.code == code]
        if code == "nav.missing":
            assert said == sorted(re.findall(r"docs/([^']+)'", " ".join(f.message for f in found)))
        elif code == "link.anchor":  # MkDocs names each anchor once
            assert len(said) == len({(f.location.path, f.message) for f in found})
        else:
            assert said == sorted(f.location.path.removeprefix("docs/") for f in found)
