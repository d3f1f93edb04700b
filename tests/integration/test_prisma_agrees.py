"""What is read in schema.prisma is what Prisma's own parser reads in it."""

import glob
import json
import os
import re
import shutil
import subprocess
from collections.abc import Iterator, Mapping
from typing import Any

import pytest

from handrail.migrations.prisma.schema import Schema, read_schema

ROOT = os.path.dirname(os.path.dirname(os.path.dirname(os.path.abspath(__file__))))
NODE = os.path.join(ROOT, "tests", "node")
CASES = os.path.join(ROOT, "tests", "cases", "prisma")
EXAMPLE = os.path.join(ROOT, "examples", "meal-planner", "prisma", "schema.prisma")
ACTIONS = {
    "Cascade": "CASCADE",
    "NoAction": "NO ACTION",
    "Restrict": "RESTRICT",
    "SetDefault": "SET DEFAULT",
    "SetNull": "SET NULL",
}
LEFT_OUT = {"NoKey", "place", "shape", "hidden"}
"""Models and columns that Prisma's parser does not tell: ignored ones, and those of unsupported types."""


def read(path: str) -> str:
    with open(path, encoding="utf-8", newline="") as file:
        return file.read()


def cases() -> Iterator[tuple[str, dict[str, str]]]:
    """Yield (name, files) of every case: a file, or a folder of files that belong together."""
    yield "example", {"schema.prisma": read(EXAMPLE)}
    for name in sorted(os.listdir(CASES)):
        place = os.path.join(CASES, name)
        paths = sorted(glob.glob(os.path.join(place, "*.prisma"))) if os.path.isdir(place) else [place]
        files = {os.path.basename(path): read(path) for path in paths}
        yield name.removesuffix(".prisma"), files
        yield f"{name}, CRLF", {path: text.replace("\n", "\r\n") for path, text in files.items()}


@pytest.fixture(scope="module")
def prisma() -> Iterator["subprocess.Popen[str]"]:
    if not (os.path.isdir(os.path.join(NODE, "node_modules", "prisma-schema-7")) and shutil.which("node")):
        pytest.skip("Prisma's parser is not installed: npm ci --prefix tests/node")
    command = ["node", os.path.join(NODE, "prisma.mjs")]
    with subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True) as node:
        yield node


def asked(node: "subprocess.Popen[str]", files: Mapping[str, str]) -> Any:
    """Return what Prisma says: 6 where the datasource holds a url, which 7 forbids."""
    with_url = any(re.search(r"^\s*url\s*=", text, re.MULTILINE) for text in files.values())
    return ask(node, 6 if with_url else 7, files)


def ask(node: "subprocess.Popen[str]", version: int, files: Mapping[str, str]) -> Any:
    """Return what a version of Prisma makes of a schema."""
    assert node.stdin is not None
    assert node.stdout is not None
    node.stdin.write(json.dumps({"prisma": version, "files": list(files.items())}) + "\n")
    node.stdin.flush()
    return json.loads(node.stdout.readline())


def theirs(model: Any, indexes: list[Any]) -> dict[str, Any]:
    """Return a model of Prisma's as something to compare."""
    table = model["dbName"] or model["name"]
    if model.get("schema") not in (None, "public"):
        table = f"{model['schema']}.{table}"
    columns = [each for each in model["fields"] if each["kind"] != "object" or not each.get("relationName")]
    named = {each["name"]: each.get("dbName") or each["name"] for each in columns}
    key = model["primaryKey"]["fields"] if model["primaryKey"] else [e["name"] for e in columns if e["isId"]]
    unique = [[each["name"]] for each in columns if each["isUnique"]] + model["uniqueFields"]
    return {
        "table": table,
        "columns": {named[e["name"]]: e["isRequired"] and not e["isList"] for e in columns},
        "key": [named[each] for each in key],
        "unique": {tuple(named.get(each, each) for each in fields) for fields in unique},
        "indexes": [
            [named[field["name"]] for field in each["fields"]]
            for each in indexes
            if each["model"] == model["name"] and each["type"] in ("normal", "fulltext")
        ],
        "relations": {
            each["name"]: (
                each["type"],
                [named[name] for name in each["relationFromFields"]],
                each["relationToFields"],
                ACTIONS.get(each.get("relationOnDelete", ""), ""),
                ACTIONS.get(each.get("relationOnUpdate", ""), "CASCADE"),
            )
            for each in model["fields"]
            if each.get("relationFromFields")
        },
    }


def ours(schema: Schema, table: str) -> dict[str, Any]:
    """Return a table of ours in the same form."""
    made = schema.catalog.tables[table]
    model = schema.models[table]
    there = [each for each in schema.relations if each.table == table and not each.implicit]
    return {
        "table": table,
        "columns": {each.name: each.required for each in made.columns if each.name not in LEFT_OUT},
        "key": list(made.primary_key),
        "unique": {
            tuple(name.rpartition(".")[2] for name in each.columns) for each in made.indexes if each.unique
        },
        "indexes": [list(each.columns) for each in made.indexes if not each.unique],
        "relations": {
            each.field: (
                schema.models[each.key.table].name,
                list(each.key.columns),
                [schema.models[each.key.table].fields[name].name for name in each.key.references],
                each.key.on_delete if each.key.stated else "",
                each.key.on_update,
            )
            for each in there
            if each.model == model.name
        },
    }


@pytest.mark.parametrize("files", [pytest.param(files, id=name) for name, files in cases()])
def test_models_agree(files: Mapping[str, str], prisma: "subprocess.Popen[str]") -> None:
    answer = asked(prisma, files)
    assert "error" not in answer, answer["error"]
    schema = read_schema(files)
    assert schema.findings == ()
    models = answer["datamodel"]["models"]
    tables = {model.name: table for table, model in schema.models.items()}
    assert {model["name"] for model in models} == tables.keys() - LEFT_OUT
    for model in models:
        table = tables[model["name"]]
        if schema.models[table].kind == "model":
            assert ours(schema, table) == theirs(model, answer["datamodel"]["indexes"])


@pytest.mark.parametrize("version", [6, 7])
def test_prisma_refuses_the_other_datasource(version: int, prisma: "subprocess.Popen[str]") -> None:
    """Negative: the parser above is the one of that version, and it does say no."""
    url = "" if version == 6 else 'url = "file:x"'
    text = f'datasource db {{\n provider = "sqlite"\n {url}\n}}\n'
    assert "url" in ask(prisma, version, {"schema.prisma": text})["error"]
