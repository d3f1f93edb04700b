"""handrail render --watch: render again whenever policy, templates or the schema change."""

from collections.abc import Callable, Sequence

from handrail.artefacts.memory import Memory
from handrail.commands.outcome import UNUSABLE, Outcome
from handrail.commands.project import read_ledger
from handrail.commands.render import RenderOptions, render
from handrail.commands.schema_files import SUFFIX
from handrail.core.errors import HandrailError
from handrail.ports import Clock, Files, Scratch, Shipped, Watched

FOLDERS = ("policies", "templates")
OURS = "policies/schemas/"
"""What a render writes below these folders: no reason to render again."""

INTERVAL = 0.1
"""Seconds between two looks at the files."""


def watch(
    files: Files,
    watched: Watched,
    shipped: Shipped,
    clock: Clock,
    show: Callable[[Outcome], None],
    scratch: Callable[[], Scratch] | None = None,
) -> None:
    """Render now and after every change, until interrupted. Only what was written is shown.

    A change that comes while a render is under way is rendered next. What
    makes a render impossible is shown too: the next change may mend it.
    """
    seen: dict[str, tuple[int, int]] | None = None
    memory = Memory()
    schema = _schema_folder(files)
    while True:
        stamps = _stamps(watched) | _schema_stamps(watched, schema)
        if stamps != seen:
            show(_rendered(files, shipped, memory, scratch))
            schema = _schema_folder(files)
            seen = stamps | (_schema_stamps(watched, schema) if seen is None else {})
        clock.sleep(INTERVAL)


def _stamps(watched: Watched) -> dict[str, tuple[int, int]]:
    return {path: stamp for path, stamp in watched.stamps(FOLDERS).items() if not path.startswith(OURS)}


def _schema_stamps(watched: Watched, folders: Sequence[str]) -> dict[str, tuple[int, int]]:
    return {path: stamp for path, stamp in watched.stamps(folders).items() if path.endswith(SUFFIX)}


def _schema_folder(files: Files) -> tuple[str, ...]:
    """Return the folder of the schema that the last render read; none where that is the whole repository."""
    paths = [path for kind, path in read_ledger(files).inputs if kind == "schema"]
    folders = [path.rpartition("/")[0] if path.endswith(SUFFIX) else path for path in paths]
    return tuple(folder for folder in folders if folder)


def _rendered(
    files: Files, shipped: Shipped, memory: Memory, scratch: Callable[[], Scratch] | None
) -> Outcome:
    try:
        outcome = render(files, shipped, RenderOptions(), memory, scratch)
    except HandrailError as error:
        hint = f"    hint: {error.hint}\n" if error.hint else ""
        return Outcome(code=UNUSABLE, text=f"{error}\n{hint}")
    lines = [line for line in outcome.text.splitlines(True) if not line.startswith("unchanged")]
    return Outcome(code=outcome.code, text="".join(lines), findings=outcome.findings)
