"""make records: run every example on real databases, and write down what happened.

Look at the difference, then commit it. The test that compares never writes.
"""

from pathlib import Path

from handrail.rules.examples import RECORD, Example, render_record
from tests.integration.servers import Server, private_postgresql
from tests.records import postgresql, sqlite
from tests.records.folders import examples

ROOT = Path(__file__).resolve().parents[2]


def play(example: Example, server: Server | None) -> Example:
    """Run one example; ``server`` is needed for PostgreSQL only."""
    if example.dialect == "sqlite":
        return sqlite.play(example)
    assert server is not None
    return postgresql.play(example, server)


def main() -> None:
    """Write the record."""
    with private_postgresql() as server:
        engines = {"sqlite": sqlite.version(), "postgresql": postgresql.version(server)}
        text = render_record(engines, [play(example, server) for example in examples()])
    (ROOT / RECORD).write_text(text, "utf-8")
    print(f"written    {RECORD}")


if __name__ == "__main__":
    main()
