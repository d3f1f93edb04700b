"""Repositories to measure on, made by this file: same size for Handrail and for its peers."""

import json
import os
import shutil
import subprocess
import sys

CHECKOUT = os.path.dirname(os.path.dirname(os.path.abspath(__file__)))
MINIMAL = os.path.join(CHECKOUT, "tests", "minimal")
OUTPUTS = 5
"""Artefacts that every generated entry gets."""

LEVELS = ("LOW", "MEDIUM", "HIGH", "CRITICAL")
TEMPLATE = """# {{ entry.title }}

{{ entry.why }}

| what  | value                                   |
| ----- | --------------------------------------- |
| id    | {{ entry.id | code }}                   |
| level | {{ link("level", entry.level) }}        |
| from  | {{ source(entry) }}                     |
"""


def write(path: str, text: str) -> None:
    """Write a file, and the folders above it."""
    os.makedirs(os.path.dirname(path), exist_ok=True)
    with open(path, "w", encoding="utf-8") as file:
        file.write(text)


def handrail(*words: str) -> list[str]:
    """Return the command line of the installed Handrail."""
    return [os.path.join(os.path.dirname(sys.executable), "handrail"), *words]


def operation(number: int, text: str = "It cannot be undone.") -> str:
    """Return one entry of operations.yaml."""
    level = LEVELS[number % len(LEVELS)]
    return (
        f"  - id: made.number_{number}\n    title: Operation number {number}\n"
        f"    dialects: [sqlite]\n    level: {level}\n    why: {text}\n"
    )


def repository(folder: str, files: int, entries: int = 1, outputs: int = OUTPUTS) -> str:
    """Lay down a rendered repository with ``files`` policy files of ``entries`` operations each."""
    shutil.copytree(MINIMAL, folder, ignore=shutil.ignore_patterns("*.py", "__pycache__", ".handrail"))
    for number in range(files):
        made = (operation(number * entries + each) for each in range(entries))
        write(os.path.join(folder, f"policies/operations/n{number}.yaml"), f"operations:\n{''.join(made)}")
    rows = (
        f"  - id: made-{n}\n    path: docs/made{n}/{{id}}.md\n    template: made.md.j2\n"
        f"    title: Made {n}\n    each: operation\n"
        for n in range(outputs)
    )
    write(os.path.join(folder, "templates/made.md.j2"), TEMPLATE)
    listed = "artefacts:\n" + "".join(rows) if outputs else "artefacts: []\n"
    skipped = "skip: [operation]\n"  # the outputs of an entry are those counted above
    write(os.path.join(folder, "policies/artefacts.yaml"), listed + skipped)
    subprocess.run(handrail("render"), cwd=folder, stdout=subprocess.DEVNULL, check=True)
    return folder


def trestle(folder: str, controls: int, tools: str) -> str:
    """Lay down a workspace with a catalogue of ``controls`` controls."""
    tool = os.path.join(tools, "trestle")
    os.makedirs(folder)
    subprocess.run(
        [tool, "init"], cwd=folder, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL, check=True
    )
    catalog = {
        "uuid": "11111111-1111-4111-8111-111111111111",
        "metadata": {
            "title": "Made",
            "last-modified": "2026-11-24T00:00:00+00:00",
            "version": "1",
            "oscal-version": "1.1.3",
        },
        "groups": [{"id": "g", "title": "G", "controls": [_control(number) for number in range(controls)]}],
    }
    write(os.path.join(folder, "catalogs/made/catalog.json"), json.dumps({"catalog": catalog}))
    return folder


def _control(number: int) -> dict[str, object]:
    statement = {"id": f"g-{number}_smt", "name": "statement", "prose": "It cannot be undone."}
    return {"id": f"g-{number}", "title": f"Operation number {number}", "parts": [statement]}


def strictdoc(folder: str, documents: int) -> str:
    """Lay down ``documents`` documents of one requirement each."""
    for number in range(documents):
        write(
            os.path.join(folder, f"n{number}.sdoc"),
            f"[DOCUMENT]\nTITLE: Operation number {number}\n\n[REQUIREMENT]\nUID: N-{number}\n"
            "STATEMENT: It cannot be undone.\n",
        )
    return folder


def cog(folder: str, files: int, tools: str) -> list[str]:
    """Lay down ``files`` files with one generated block each, and return their names."""
    names = [f"n{number}.md" for number in range(files)]
    for number, name in enumerate(names):
        body = f'<!-- [[[cog cog.outl("# Operation number {number}") ]]] -->\n<!-- [[[end]]] -->\n'
        write(os.path.join(folder, name), body)
    subprocess.run([os.path.join(tools, "cog"), "-r", *names], cwd=folder, capture_output=True, check=True)
    return names
