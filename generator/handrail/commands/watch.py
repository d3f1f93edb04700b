"""handrail render --watch: render again whenever policy or templates change."""

from collections.abc import Callable, Mapping

from handrail.artefacts.memory import Memory
from handrail.commands.outcome import UNUSABLE, Outcome
from handrail.commands.render import RenderOptions, render
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
    seen, memory = None, Memory()
    while True:
        stamps = _stamps(watched)
        if stamps != seen:
            seen = stamps
            show(_rendered(files, shipped, memory, scratch))
        clock.sleep(INTERVAL)


def _stamps(watched: Watched) -> Mapping[str, tuple[int, int]]:
    return {path: stamp for path, stamp in watched.stamps(FOLDERS).items() if not path.startswith(OURS)}


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
