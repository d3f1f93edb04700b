"""A small complete valid policy, and what tests do with it.

The files stand beside this module as a team would write them; every concept
has at least one entry.
"""

import json
import os
import shutil
import subprocess
import sys
from collections.abc import Mapping
from pathlib import Path
from typing import Any, NamedTuple

import yaml

from handrail.artefacts.catalogue import BUILTIN
from handrail.policy.load import Loaded, load_policy
from handrail.policy.model import FILES, Policy

HERE = Path(__file__).resolve().parent
GENERATOR = HERE.parents[1] / "generator"


class Done(NamedTuple):
    """A finished command."""

    code: int
    out: str
    err: str


def minimal_files() -> dict[str, bytes]:
    """Return the whole repository: policy, schema, and the hand-written files that hold blocks."""
    kinds = (
        "policies/*.yaml",
        "docs/*.md",
        "prisma/schema.prisma",
        "mkdocs.yml",
        "migration-evidence/*.json",
    )
    paths = [path for kind in kinds for path in HERE.glob(kind)]
    return {path.relative_to(HERE).as_posix(): path.read_bytes() for path in sorted(paths)}


def minimal_policies() -> dict[str, bytes]:
    """Return the policy files alone."""
    return {path: raw for path, raw in minimal_files().items() if path.startswith("policies/")}


def minimal_data() -> dict[str, Any]:
    """Return the policy as plain data, by stem."""
    return {stem: read_plain(minimal_files()[f"policies/{stem}.yaml"]) for stem in FILES}


def read_plain(raw: bytes) -> Any:
    """Return YAML as plain data, read by PyYAML with strings where Handrail keeps strings."""
    return yaml.load(raw, Loader=_Plain)  # noqa: S506  # a safe loader with fewer types


class _Plain(yaml.SafeLoader):
    """Knows true, false, null and whole numbers; all else is text."""


_Plain.yaml_implicit_resolvers = {}
for _tag, _pattern, _first in (
    ("bool", r"^(?:true|True|TRUE|false|False|FALSE)$", "tTfF"),
    ("null", r"^(?:~|null|Null|NULL|)$", ["~", "n", "N", ""]),
    ("int", r"^[-+]?(?:0|[1-9][0-9]*)$", "-+0123456789"),
):
    import re as _re

    _Plain.add_implicit_resolver(f"tag:yaml.org,2002:{_tag}", _re.compile(_pattern), list(_first))


def dump_policies(data: Mapping[str, Any]) -> dict[str, bytes]:
    """Return policy files that say ``data``. JSON is YAML, and quotes every text."""
    return {
        f"policies/{stem}.yaml": json.dumps(value, ensure_ascii=False).encode()
        for stem, value in data.items()
    }


def load(files: Mapping[str, bytes]) -> Loaded:
    """Return the loaded policy of ``files``."""
    return load_policy({p: raw for p, raw in files.items() if p.endswith(".yaml")}, BUILTIN)


def minimal_policy() -> Policy:
    """Return the minimal policy, loaded."""
    policy = load(minimal_policies()).policy
    assert policy is not None
    return policy


def edited(files: Mapping[str, bytes], path: str, old: str, new: str) -> dict[str, bytes]:
    """Return ``files`` with one text in one file replaced; it must stand there."""
    text = files[path].decode()
    assert old in text, f"{path} does not hold {old!r}"
    return {**files, path: text.replace(old, new, 1).encode()}


def lay_down(root: Path, files: Mapping[str, bytes] | None = None) -> Path:
    """Write a repository below ``root`` and return it."""
    for path, raw in (minimal_files() if files is None else files).items():
        target = root / path
        target.parent.mkdir(parents=True, exist_ok=True)
        target.write_bytes(raw)
    return root


def tree(root: Path) -> dict[str, bytes]:
    """Return the bytes of every file below ``root``, but for the lock and git's own."""
    return {
        path.relative_to(root).as_posix(): path.read_bytes()
        for path in sorted(root.rglob("*"))
        if path.is_file() and ".git" not in path.parts and path.name != "lock"
    }


def command(*words: str) -> list[str]:
    """Return the command line that runs Handrail from this checkout."""
    return [sys.executable, "-m", "handrail", *words]


def environment(**more: str) -> dict[str, str]:
    """Return the environment for it."""
    return {**os.environ, "PYTHONPATH": str(GENERATOR), "NO_COLOR": "1", **more}


def run(root: Path, *words: str, **more: str) -> Done:
    """Run ``handrail`` in ``root``."""
    done = subprocess.run(
        command(*words), cwd=root, env=environment(**more), capture_output=True, check=False, timeout=120
    )
    return Done(done.returncode, done.stdout.decode(), done.stderr.decode())


def git(root: Path, *words: str) -> str:
    """Run git in ``root`` as a person of the tests."""
    who = ["-c", "user.name=Test", "-c", "user.email=test@example.org", "-c", "init.defaultBranch=main"]
    found = shutil.which("git")
    assert found is not None
    done = subprocess.run([found, *who, *words], cwd=root, capture_output=True, check=True)
    return done.stdout.decode()
