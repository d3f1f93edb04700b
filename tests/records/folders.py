"""The folders of ``examples/operations`` as examples that were not run yet."""

from pathlib import Path

from handrail.rules.examples import Example

FOLDER = Path(__file__).resolve().parents[2] / "examples" / "operations"
DIALECTS = ("sqlite", "postgresql")


def examples() -> list[Example]:
    """Return every example, by code and dialect."""
    return [_example(place) for place in sorted(FOLDER.glob("*/*")) if place.is_dir()]


def _example(place: Path) -> Example:
    texts = {path.stem: path.read_text("utf-8") for path in place.glob("*.sql")}
    return Example(place.parent.name, place.name, **texts)  # type: ignore[arg-type]  # the names of files are those of fields


def migrations_of(script: str) -> tuple[str, ...]:
    """Return the migrations of a script: it may hold several, parted by a comment."""
    return tuple(part.strip("\n") + "\n" for part in script.split("-- next migration\n"))
