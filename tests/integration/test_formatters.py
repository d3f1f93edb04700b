"""Every Markdown file is left as it is by Prettier and by mdformat."""

import os
import shutil
import subprocess

import mdformat
import pytest

ROOT = os.path.dirname(os.path.dirname(os.path.dirname(os.path.abspath(__file__))))
PRETTIER = os.path.join(ROOT, "tests", "node", "node_modules", ".bin", "prettier")


def pages() -> list[str]:
    """Return the Markdown files that people read, as git lists them."""
    places = ["docs", ".github", ".claude", "README.md", "CHANGELOG.md", "CONTRIBUTING.md"]
    done = subprocess.run(["git", "ls-files", "-z", *places], cwd=ROOT, capture_output=True, check=True)
    return [path for path in done.stdout.decode().split("\0") if path.endswith(".md")]


def test_prettier_changes_nothing() -> None:
    if not (os.path.exists(PRETTIER) and shutil.which("node")):
        pytest.skip("Prettier is not installed: npm ci --prefix tests/node")
    command = [PRETTIER, "--no-config", "--list-different", *pages()]
    done = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=False)
    assert (done.returncode, done.stdout + done.stderr) == (0, "")


@pytest.mark.parametrize("path", pages())
def test_mdformat_changes_nothing(path: str) -> None:
    with open(os.path.join(ROOT, path), encoding="utf-8") as file:
        text = file.read()
    assert mdformat.text(text, extensions={"gfm", "frontmatter"}) == text


def test_both_would_see_a_table_without_padding() -> None:
    """Negative: the formatters that the tests above run do format."""
    assert mdformat.text("| a | long |\n|-|-|\n| b | c |\n", extensions={"gfm"}) != ""
    assert mdformat.text("|a|long|\n|-|-|\n|b|c|\n", extensions={"gfm"}) != "|a|long|\n|-|-|\n|b|c|\n"
