"""README, CONTRIBUTING, Makefile and the handbook name only what exists, and all of it."""

import os
import re
import shlex
from collections.abc import Iterator

import pytest

from handrail.arguments import COMMANDS, build_parser
from handrail.options import FORMATS, Command
from handrail.reporters import FORMATS as REPORTED
from tests.house.test_catalogue import ROOT, read, tracked

PAGES = tracked("*.md", "docs/*.md", "policies/*.yaml", "templates", ".github", ".claude")
TARGET = re.compile(r"^([a-z]+):.*## (.+)$", re.MULTILINE)
ROW = re.compile(r"^\| `(make|handrail) ([a-z-]+(?: [a-z]+)?)` +\| (.+?) +\|$", re.MULTILINE)


def rows(program: str) -> dict[str, str]:
    """Return the tables of README: command -> what it does."""
    return {name: text for found, name, text in ROW.findall(read("README.md")) if found == program}


def first_clause(text: str) -> str:
    return re.split(r"[,:;(.]", text)[0].strip()


def test_readme_lists_exactly_the_commands_there_are() -> None:
    assert list(rows("handrail")) == [command.name for command in COMMANDS]


@pytest.mark.parametrize("command", COMMANDS, ids=lambda command: command.name)
def test_readme_and_help_say_the_same_of_a_command(command: Command) -> None:
    said, helped = rows("handrail")[command.name], command.summary
    assert first_clause(said) == first_clause(helped)


def test_readme_names_targets_that_make_has() -> None:
    targets = dict(TARGET.findall(read("Makefile")))
    assert rows("make").keys() <= targets.keys()
    assert set(re.findall(r"(?:^|`)make ([a-z]+)", read("README.md"), re.MULTILINE)) <= targets.keys()
    assert set(re.findall(r"`make ([a-z]+)`", read("CONTRIBUTING.md"))) <= targets.keys()


def test_every_target_that_make_has_is_phony_and_explained() -> None:
    phony = re.search(r"^\.PHONY: (.+)$", read("Makefile"), re.MULTILINE)
    assert phony is not None
    assert set(phony[1].split()) == dict(TARGET.findall(read("Makefile"))).keys()


def test_readme_names_the_formats_and_the_exit_codes() -> None:
    text = read("README.md")
    assert all(f"`{form}`" in text for form in FORMATS)
    codes = re.search(r"Exit codes: (0 .+?)\.", text)
    assert codes is not None
    assert codes[1] in " ".join(build_parser().format_help().split())


def test_the_command_line_offers_every_reporter() -> None:
    assert FORMATS == REPORTED


INLINE = re.compile(r"`(handrail [^`\n]+)`")
FENCED = re.compile(r"^(?:\$ )?(handrail [^\n]+)$", re.MULTILINE)
RUN = re.compile(r"^ *(?:run:|command:|- run:) (handrail [^\n]+)$", re.MULTILINE)


def spoken() -> Iterator[tuple[str, str]]:
    """Yield (path, command line) for every ``handrail ...`` that a document names."""
    for path in PAGES:
        text = read(path)
        for form in (INLINE, FENCED, RUN):
            for line in form.findall(text):
                yield path, re.split(r" (?:\||>|&&|;|#)", line)[0].rstrip(".,")


def named(words: list[str]) -> str:
    """Return the command that words name, '' for none; some have two words."""
    names = (" ".join(words[:count]) for count in (2, 1))
    return next((name for name in names if name in {command.name for command in COMMANDS}), "")


@pytest.mark.parametrize(("path", "line"), sorted(set(spoken())), ids=" ".join)
def test_every_command_that_a_document_names_can_be_typed(path: str, line: str) -> None:
    program, *words = shlex.split(line)
    assert program == "handrail"
    name = named(words)
    assert name, path
    if len(words) > len(name.split()) and "{" not in line:  # a name alone is enough
        assert build_parser().parse_args(words).command == name, path


def test_some_commands_are_named() -> None:
    assert {command.name for command in COMMANDS} <= {named(line.split()[1:]) for _, line in spoken()}


CODE = re.compile(r"`([^`\n]+)`")


def contributing() -> list[str]:
    return sorted(set(CODE.findall(read("CONTRIBUTING.md"))))


@pytest.mark.parametrize("word", contributing())
def test_contributing_names_only_what_exists(word: str) -> None:
    if re.fullmatch(r"[\w.-]+(?:/[\w.-]+)*/?", word) and ("/" in word or "." in word):
        places = ("", "generator/handrail", "tests/cases/policy/*")
        assert any(_exists(os.path.join(place, word)) for place in places), word
    elif re.fullmatch(r"\w+", word):
        where = [
            path for path in tracked("generator", "tests", "Makefile") if path.endswith((".py", "Makefile"))
        ]
        assert any(re.search(rf"\b{word}\b", read(path)) for path in where), word


def _exists(path: str) -> bool:
    """Tell whether a tracked file or folder is called so; a star is a folder, ``.x`` an ending."""
    form = re.escape(path.rstrip("/")).replace(r"\*", "[^/]+")
    ending = path.startswith(".") and "/" not in path
    return any(re.match(rf"{'.*' if ending else ''}{form}(/|$)", each) for each in tracked("."))


def test_contributing_has_the_layers_of_the_house() -> None:
    sentence = re.search(r"The layers, from the top: (.+?)\. Everything", read("CONTRIBUTING.md"))
    assert sentence is not None
    said = CODE.findall(sentence[1])
    kept = re.search(r"^layers =\n((?:    .+\n)+)", read(".importlinter"), re.MULTILINE)
    assert kept is not None
    order = [name for name in re.findall(r"[\w]+", kept[1]) if name in said]
    assert said == order
    below = said[said.index("commands") :]
    pure = set(re.findall(r"^    handrail\.(\w+)$", read(".importlinter"), re.MULTILINE))
    assert set(below) - {"adapters"} <= pure


def test_every_package_is_a_layer() -> None:
    there = {path.split("/")[2].removesuffix(".py") for path in tracked("generator/handrail")}
    kept = re.search(r"^layers =\n((?:    .+\n)+)", read(".importlinter"), re.MULTILINE)
    assert kept is not None
    assert there - {"__init__"} <= set(re.findall(r"\w+", kept[1]))


def test_paths_that_pyproject_names_exist() -> None:
    shipped = re.findall(r'^"([\w./]+)" = "handrail/shipped', read("pyproject.toml"), re.MULTILINE)
    assert shipped
    assert [path for path in shipped if not os.path.exists(os.path.join(ROOT, path))] == []


def test_the_changelog_has_the_version() -> None:
    from handrail import __version__

    assert f"## {__version__}" in read("CHANGELOG.md") or f"[{__version__}]" in read("CHANGELOG.md")
