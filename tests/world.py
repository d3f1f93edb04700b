"""A repository in memory, and the commands on it: what a test changes, and what is then said."""

import re
import shlex
from collections.abc import Callable, Mapping
from functools import cache

from handrail import __version__
from handrail.arguments import build_parser
from handrail.artefacts.ledger import PATH, Ledger, digest, parse_ledger, render_ledger
from handrail.artefacts.memory import Memory
from handrail.commands.check import check
from handrail.commands.outcome import Outcome
from handrail.commands.render import RenderOptions, render
from handrail.commands.unchanged import is_unchanged
from handrail.core.errors import HandrailError
from handrail.core.finding import Finding
from tests.fakes import MemoryFiles, ShippedTemplates
from tests.minimal.builder import minimal_files

MEMORY = Memory()
"""What the tests of one process have worked out already: compiled templates, parsed pages."""


class Shipped(ShippedTemplates):
    """The shipped files with changes on top: path -> text, or None for a file that is gone."""

    def __init__(self, changes: Mapping[str, str | None] | None = None) -> None:
        self.changes = dict(changes or {})

    def find(self, folder: str) -> tuple[str, ...]:
        """Return the shipped files below ``folder``, sorted."""
        paths = {path for path in self.changes if path.startswith(folder + "/")} | {*super().find(folder)}
        return tuple(sorted(path for path in paths if self.changes.get(path, "") is not None))

    def read(self, path: str) -> bytes:
        """Return the bytes of a shipped file."""
        text = self.changes.get(path, "")
        if text is None:
            raise HandrailError(f"the installation of Handrail is damaged: {path} cannot be read")
        return text.encode() if path in self.changes else _shipped(path)


@cache
def _shipped(path: str) -> bytes:
    return ShippedTemplates().read(path)


class World:
    """A repository with a policy. ``files`` maps paths to bytes."""

    def __init__(self, files: Mapping[str, bytes], shipped: Mapping[str, str | None] | None = None) -> None:
        self.disk, self.shipped = MemoryFiles(files), Shipped(shipped)

    @property
    def files(self) -> dict[str, bytes]:
        """The files as they are now."""
        return self.disk.files

    @property
    def ledger(self) -> Ledger:
        """The ledger as it is now."""
        return parse_ledger(self.text(PATH))

    def text(self, path: str) -> str:
        """Return the text of a file."""
        return self.files[path].decode()

    def put(self, path: str, text: str) -> None:
        """Write a file, as a person would."""
        self.files[path] = text.encode()

    def edit(self, path: str, old: str, new: str) -> None:
        """Replace a text that stands in a file, as a person would."""
        assert old in self.text(path), f"{path} does not hold {old!r}"
        self.put(path, self.text(path).replace(old, new, 1))

    def delete(self, path: str) -> None:
        """Delete a file, as a person would."""
        del self.files[path]

    def put_ledger(self, ledger: Ledger) -> None:
        """Replace the ledger."""
        self.put(PATH, render_ledger(ledger))

    def wrote(self, path: str, text: str) -> None:
        """Put a file so that it counts as written by Handrail, which would now write another."""
        self.put(path, text)
        ledger = self.ledger
        outputs = {**ledger.outputs, path: (digest(text.encode()),)}
        self.put_ledger(Ledger(ledger.version, ledger.clean, ledger.inputs, outputs))

    def by_version(self, version: str) -> None:
        """Let the ledger say that another version of Handrail wrote everything."""
        ledger = self.ledger
        self.put_ledger(Ledger(version, ledger.clean, ledger.inputs, ledger.outputs))

    def render(self, only: str = "", *, dry_run: bool = False, overwrite: tuple[str, ...] = ()) -> Outcome:
        """Run ``handrail render``."""
        options = RenderOptions(only=only, dry_run=dry_run, overwrite=overwrite)
        return render(self.disk, self.shipped, options, MEMORY)

    def check(self, *, diff: bool = False) -> Outcome:
        """Run ``handrail check --full``."""
        return check(self.disk, self.shipped, whole_diff=diff, memory=MEMORY)

    def unchanged(self) -> bool:
        """Ask the fast path of ``handrail check``."""
        return is_unchanged(self.disk, self.shipped)

    def run(self, command: str) -> Outcome:
        """Run a ``handrail render`` command line, as the real parser understands it."""
        program, *words = shlex.split(command)
        assert program == "handrail"
        options = build_parser().parse_args(words)
        assert options.command == "render"
        return self.render(options.only, dry_run=options.dry_run, overwrite=tuple(options.overwrite))

    def written(self, act: Callable[[], object]) -> list[str]:
        """Return the paths, the ledger aside, that ``act`` wrote or removed."""
        self.disk.log.clear()
        act()
        touched = [line.split(" ", 1)[1] for line in self.disk.log if " " in line]
        return [path for path in touched if path != PATH]


@cache
def _rendered() -> Mapping[str, bytes]:
    world = World(minimal_files())
    outcome = world.render()
    assert outcome.code == 0, outcome.findings
    assert world.ledger.version == __version__
    return dict(world.files)


def rendered(shipped: Mapping[str, str | None] | None = None) -> World:
    """Return the minimal repository after a clean render."""
    return World(_rendered(), shipped)


def unrendered(files: Mapping[str, str] | None = None) -> World:
    """Return the minimal repository before any render, ``files`` added or replaced."""
    return World({**minimal_files(), **{path: text.encode() for path, text in (files or {}).items()}})


def commands_in(finding: Finding) -> list[str]:
    """Return the command lines that the hint of a finding names."""
    return re.findall(r"handrail (?:render|check|init|validate|explain)[^;,]*$", finding.hint)


Act = Callable[[World], object]
"""What somebody does to a repository."""


def put(path: str, text: str) -> Act:
    """Return the act of writing a file."""
    return lambda world: world.put(path, text)


def edit(path: str, old: str, new: str) -> Act:
    """Return the act of replacing a text in a file."""
    return lambda world: world.edit(path, old, new)


def delete(*paths: str) -> Act:
    """Return the act of deleting files."""

    def act(world: World) -> None:
        for path in paths:
            world.delete(path)

    return act


def ship(path: str, text: str | None) -> Act:
    """Return the act of installing a Handrail that ships another text, or None for no such file."""
    return lambda world: world.shipped.changes.update({path: text})


def several(*acts: Act) -> Act:
    """Return acts as one."""

    def act(world: World) -> None:
        for each in acts:
            each(world)

    return act


def nothing(_: World) -> None:
    """Do nothing."""
