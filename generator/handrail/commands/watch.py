"""handrail render --watch: render again whenever policy or templates change."""

from collections.abc import Callable

from handrail.artefacts.memory import Memory
from handrail.commands.outcome import Outcome
from handrail.commands.render import RenderOptions, render
from handrail.ports import Clock, Files, Shipped, Watched

FOLDERS = ("policies", "templates")
INTERVAL = 0.1
"""Seconds between two looks at the files."""


def watch(
    files: Files,
    watched: Watched,
    shipped: Shipped,
    clock: Clock,
    show: Callable[[Outcome], None],
) -> None:
    """Render now and after every change, until interrupted. Only what was written is shown."""
    seen, memory = None, Memory()
    while True:
        stamps = watched.stamps(FOLDERS)
        if stamps != seen:
            seen = stamps
            outcome = render(files, shipped, RenderOptions(), memory)
            lines = [line for line in outcome.text.splitlines(True) if not line.startswith("unchanged")]
            show(Outcome(code=outcome.code, text="".join(lines), findings=outcome.findings))
            seen = watched.stamps(FOLDERS)
        clock.sleep(INTERVAL)
