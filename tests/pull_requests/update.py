"""make golden: write what the gate says of each pull request of tests/cases/review.

Look at the difference, and judge it, before you commit it.
"""

from collections.abc import Callable, Iterable, Mapping
from pathlib import Path

from tests.pull_requests.cases import CASES, said

EXPECTED = ("expected.txt", "expected.json")


def update(folders: Iterable[Path], say: Callable[[Path], Mapping[str, str]]) -> None:
    """Write what is expected of each case, and name what changed."""
    for folder in folders:
        texts = say(folder)
        for name in EXPECTED:
            path = folder / name
            before = path.read_bytes().decode() if path.exists() else None
            if before == texts.get(name):
                continue
            if name in texts:
                path.write_bytes(texts[name].encode())
            else:
                path.unlink()
            print(f"changed    {folder.name}/{name}")


if __name__ == "__main__":
    update(CASES, said)
