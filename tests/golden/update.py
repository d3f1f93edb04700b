"""make golden: render the minimal policy into tests/golden/minimal. Look at the difference, then commit it.

The test that compares never writes, so a change of what is generated is seen
by whoever makes it and by whoever reviews it.
"""

from collections.abc import Mapping
from pathlib import Path

from tests.minimal.builder import tree
from tests.world import unrendered

GOLDEN = Path(__file__).resolve().parent / "minimal"
ELSEWHERE = ("policies/", "prisma/", "migration-evidence/", ".handrail/")
"""What a render reads; the schemas, which are those of this repository; the ledger, which holds digests."""


def wanted() -> dict[str, bytes]:
    """Return the files that a render of the minimal policy makes or fills."""
    world = unrendered()
    outcome = world.render()
    assert outcome.code == 0, outcome.findings
    return {path: raw for path, raw in world.files.items() if not path.startswith(ELSEWHERE)}


def update(folder: Path, files: Mapping[str, bytes]) -> list[str]:
    """Make ``folder`` hold exactly ``files``, and return what changed."""
    before = tree(folder) if folder.is_dir() else {}
    changed = sorted(path for path in {*before, *files} if before.get(path) != files.get(path))
    for path in changed:
        target = folder / path
        if path in files:
            target.parent.mkdir(parents=True, exist_ok=True)
            target.write_bytes(files[path])
        else:
            target.unlink()
    return changed


if __name__ == "__main__":
    for name in update(GOLDEN, wanted()) or ["nothing"]:
        print(f"changed    {name}")
