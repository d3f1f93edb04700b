"""README shows what make bench measured last."""

from tests.house.test_catalogue import read


def table(text: str) -> list[str]:
    """Return the lines of the table of benchmarks, none where there is none."""
    lines = text.splitlines()
    heads = [number for number, line in enumerate(lines) if line.startswith("|") and "| Goal" in line]
    return [line for line in lines[heads[0] :] if line.startswith("|")] if len(heads) == 1 else []


def test_readme_shows_the_results() -> None:
    measured = table(read("benchmarks/RESULTS.md"))
    assert len(measured) > 10
    shown = table(read("README.md"))
    assert shown[: len(measured)] == measured
